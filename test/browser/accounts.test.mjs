// An account from joining to leaving, and a company from applying to its tax invoice, through the pages, in both languages.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { violations } from './eyes.mjs'
import { agree, buyer, choose, add, order, pay, numberOf } from './steps.mjs'
import { closeBrowser, goods, merchant, openBrowser, Visitor } from './visitor.mjs'

before(openBrowser)
after(closeBrowser)

const password = 'lorry-anvil-7'

// sees asserts that a page is as axe wants it and fits its screen.
async function sees(v, text) {
  if (text) await v.shows(text)
  assert.deepEqual(await violations(v.page), [], v.page.url())
  await v.noSideways()
}

// linkTo returns the link in the latest mail to an address whose path begins so.
async function linkTo(v, email, path) {
  for (const end = Date.now() + 20_000; ;) {
    await v.go('/demo/mail')
    const mails = await v.page.locator('.mails li').filter({ hasText: email }).allTextContents()
    const found = mails.map((m) => new RegExp(`http\\S+${path}[\\w-]+`).exec(m)).find(Boolean)
    if (found) return found[0]
    assert.ok(Date.now() < end, `no mail to ${email}`)
  }
}

async function fill(v, action, values) {
  const form = v.form(action)
  for (const [name, value] of Object.entries(values)) await form.locator(`[name="${name}"]`).fill(value)
}

async function join(v, email, name) {
  await v.go('/account/sign-up')
  await sees(v, v.say('회원가입', 'Create an account'))
  await fill(v, '/account/sign-up', { email, password, name })
  for (const document of ['over14', 'terms', 'privacy']) await v.form('/account/sign-up').locator(`[value=${document}]`).check()
  await v.send('/account/sign-up')
  await sees(v, v.say('메일함을 확인해 주세요', 'Please check your mail'))
  await v.page.goto(await linkTo(v, email, '/account/confirm/'))
  await v.send('/account/confirm/')
  await sees(v, v.say('가입이 끝났어요', 'You have joined'))
  await v.go('/account/sign-in')
  await sees(v)
  await fill(v, '/account/sign-in', { email, password })
  await v.send('/account/sign-in')
  await v.arrivesAt(/\/account$/)
}

const address = { 'delivery.recipient': buyer.name, 'delivery.phone': buyer.phone, 'delivery.postcode': '04524', 'delivery.road_address': buyer.address }

for (const lang of ['ko', 'en']) {
  const screen = lang === 'ko' ? { width: 360, height: 780, mobile: true } : { width: 1440, height: 900 }
  test(`somebody joins, buys with their address book, and leaves, in ${lang}`, async () => {
    const v = await Visitor.arrive({ lang, ...screen })
    await join(v, `haru-${lang}@example.com`, buyer.name)
    await v.go('/account/addresses/new')
    await sees(v)
    await fill(v, '/account/addresses/new', address)
    await v.send('/account/addresses/new')
    await v.arrivesAt(/\/account\/addresses$/)
    await sees(v, buyer.address)

    const shirt = await goods(v.say('셔츠', 'shirt'), { lang })
    await v.go(`/products/${shirt.product.id}`)
    await choose(v, shirt.variant)
    await (await add(v, shirt.product)).getByRole('link').click()
    await v.arrivesAt(/\/cart$/)
    await v.send('/checkout')
    await v.arrivesAt(/\/checkout/)
    assert.equal(await v.page.locator('[name="delivery.road_address"]').inputValue(), buyer.address, 'the address book fills it in')
    assert.equal(await v.page.locator('[name="contact.email"]').inputValue(), `haru-${lang}@example.com`)
    await v.page.locator('[name="contact.phone"]').fill(buyer.phone)
    await v.send('/checkout/review')
    await agree(v)
    await order(v)
    await pay(v, 'approve')
    const number = numberOf(v)
    await v.go('/account/orders')
    await sees(v, number)

    await v.go('/account/profile')
    await sees(v)
    await fill(v, '/account/profile', { name: '김온다', phone: '010-9876-5432' })
    await v.send('/account/profile')
    await v.shows(v.say('저장했어요', 'Saved'))
    await v.go('/account')
    await sees(v, v.say('김온다님, 반가워요', 'Hello 김온다'))

    await v.go('/account/leave')
    await sees(v)
    await v.send('/account/leave')
    await sees(v, v.say('탈퇴했어요', 'left'))
    await v.go('/account')
    await v.arrivesAt(/\/account\/sign-in/)
    await v.leave()
  })

  test(`a company applies, buys by list, on request and on account, in ${lang}`, async () => {
    const registration = lang === 'ko' ? '220-81-62517' : '314-81-57323'
    const boss = await Visitor.arrive({ lang, ...screen }), clerk = await Visitor.arrive({ lang, ...screen })
    await join(boss, `boss-${lang}@example.com`, '김대표')
    await boss.go('/business/apply')
    await sees(boss)
    await fill(boss, '/business/apply', { registration, company: '하루상사', representative: '김대표', email: `tax-${lang}@example.com` })
    await boss.send('/business/apply')
    await sees(boss, registration)

    const shirt = await goods(boss.say('셔츠', 'shirt'), { lang, skip: 1 })
    const staff = await fetch(`${merchant}/approve?${new URLSearchParams({ registration, sku: shirt.variant.sku, won: '12300' })}`, { method: 'POST' })
    assert.equal(staff.status, 200, await staff.text())
    await boss.go('/business')
    await sees(boss, boss.say('승인됨', 'Approved'))
    await boss.go(`/products/${shirt.product.id}`)
    await sees(boss, '12,300')

    await join(clerk, `clerk-${lang}@example.com`, '이사원')
    await boss.go('/business/buyers')
    await sees(boss)
    const invite = boss.page.locator('form').filter({ has: boss.page.locator('[name=email]') })
    await invite.locator('[name=email]').fill(`clerk-${lang}@example.com`)
    await invite.locator('[value=buys]').check()
    await invite.locator('button').click()
    await boss.shows(`clerk-${lang}@example.com`)
    await clerk.page.goto(await linkTo(clerk, `clerk-${lang}@example.com`, '/business/join/'))
    await sees(clerk, '하루상사')
    await clerk.send('/business/join/')
    await clerk.arrivesAt(/\/business/)

    await clerk.go('/business/order')
    await sees(clerk)
    await clerk.page.locator('#list').fill(`${shirt.variant.sku} 3`)
    await clerk.send('/business/order')
    await clerk.arrivesAt(/\/cart$/)
    await sees(clerk, '36,900')
    await clerk.send('/business/quotes')
    await clerk.arrivesAt(/\/business\/quotes\/Q/)
    await sees(clerk, '하루상사')
    await clerk.go('/cart')
    await clerk.send('/checkout')
    await clerk.arrivesAt(/\/checkout/)
    for (const [name, value] of Object.entries({ ...address, 'contact.name': '이사원', 'contact.phone': buyer.phone, 'contact.email': `clerk-${lang}@example.com` })) await clerk.page.locator(`[name="${name}"]`).fill(value)
    await clerk.send('/checkout/review')
    await sees(clerk, clerk.say('주문 요청하기', 'Ask for this order'))
    for (const box of await clerk.form('/business/requests').locator('input[name=agreements]').all()) await box.check()
    await clerk.form('/business/requests').locator('[name=payment_method][value=invoice]').check()
    await clerk.send('/business/requests')
    await clerk.arrivesAt(/\/business\/requests\/[A-Z2-7]+$/)
    const request = new URL(clerk.page.url()).pathname.replace(/^\/en/, '')
    await sees(clerk)

    await boss.go(request)
    await sees(boss, '이사원')
    const approve = boss.page.locator('form[action$="/approve"]')
    for (const box of await approve.locator('input[name=agreements]').all()) await box.check()
    await approve.locator('button[type=submit]').click()
    await boss.arrivesAt(/\/orders\/[0-9]{8}-[0-9A-Z]{8}/)
    await sees(boss, boss.say('계산서 후불', 'On account'))
    const number = numberOf(boss)
    await boss.go('/business/orders')
    await sees(boss, number)
    await boss.page.locator(`form[action$="/business/orders/${number}/tax-invoice"] button`).click()
    await boss.arrivesAt(/\/business\/orders$/)
    await boss.page.locator(`form[action$="/tax-invoice"]`).waitFor({ state: 'detached' })
    await boss.leave()
    await clerk.leave()
  })
}
