// Every page and every state of it, in both languages, on a phone, a tablet and a desk: looked at as look.mjs says. In the end the HTML of all goes to the checker.
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import { html } from './eyes.mjs'
import { documents, look, prepare, widest, widths } from './look.mjs'
import { add, agree, buyer, choose, fillIn, numberOf, order, pay, payFor, until } from './steps.mjs'
import { closeBrowser, goods, openBrowser, setPrice, setStatus, soldOut, Visitor } from './visitor.mjs'

// Every page and state on the narrowest and the widest screen in both languages; between them, a tablet in Korean is enough.
const visits = ['ko', 'en'].flatMap((lang) => widths.map((width) => ({ lang, width }))).filter(({ lang, width }) => lang === 'ko' || width === widths[0] || width === widest)

before(openBrowser)
after(closeBrowser)

describe('the shop', { concurrency: 2 }, () => {
  before(prepare)
  for (const [n, { lang, width }] of visits.entries()) {
    test(`every page in ${lang} on ${width} px`, async () => {
      const v = await Visitor.arrive({ lang, width, height: width < 700 ? 780 : 900, mobile: width < 900 })
      for (const refusal of [400, 404, 405, 409]) v.expected.add(refusal)
      const see = (name, how) => look(v, name, how)
      await browsing(v, see)
      await listings(v, see)
      const shirt = await goods(v.say('셔츠', 'shirt'), { lang, skip: n, fits: (p) => !p.sold_out && p.price === p.list_price }) // one for each visitor: its price moves
      await productPages(v, see, shirt)
      await buyingPages(v, see, shirt)
      await orderPages(v, see)
      await otherPages(v, see)
      if (width === (lang === 'ko' ? widths[0] : widest)) await accountPages(v, see)
      await v.leave()
    })
  }
})

test('the HTML of all of them is HTML', async () => {
  const kept = readdirSync(documents)
  for (const { lang, width } of visits) assert.ok(kept.filter((name) => name.includes(`-${lang}-${width}.`)).length > (width === widest ? 80 : 40), `documents in ${lang} on ${width} px`)
  const { errors, warnings } = await html(documents)
  for (const kind of new Set(warnings.map((w) => w.replace(/^\S+ /, '')))) console.log('warning:', kind)
  assert.deepEqual(errors, [])
})

async function browsing(v, see) {
  await v.go('/'); await see('home')
  await v.page.locator('[data-menu] summary').click(); await see('menu', { part: true })
  await v.go('/')
  await v.page.getByRole('combobox').pressSequentially(v.say('셔츠', 'shirt'))
  await v.page.getByRole('option').first().waitFor(); await see('suggestions', { part: true, still: true })
  await v.page.keyboard.press('ArrowDown'); await see('suggestion-marked', { part: true })
  await v.go('/search?q=' + encodeURIComponent(v.say('니트', 'knit'))); await see('search')
  await v.go('/search?q=' + encodeURIComponent(v.say('셔츠', 'shirt') + ' qqqq')); await see('search-dropped')
  await v.go('/search?q=tufcm'); await see('search-instead')
  await v.go('/search?q=zzzz'); await see('search-nothing')
  await v.go('/search'); await see('search-empty')
  await v.go('/cart'); await see('cart-empty')
}

async function listings(v, see) {
  await v.go('/c/clothing'); await see('department')
  await v.go('/b/damgyeol'); await see('brand')
  await v.go('/c/shirts'); await see('category')
  const sheet = v.page.viewportSize().width < 960, filters = v.page.locator('#filters')
  if (sheet) {
    await v.page.locator('a[href="#filters"]').click()
    await filters.waitFor(); await see('filters', { part: true })
  }
  await filters.locator('label').filter({ hasText: v.say('네이비', 'Navy') }).click()
  if (sheet) { await see('filters-ticked', { part: true }); await filters.getByRole('button').click() }
  await v.arrivesAt(/color=/); await see('filters-chosen')
  await v.go('/c/shirts?color=red&sale=1&size=2XL'); await see('filters-nothing')
}

async function productPages(v, see, { product, variant }) {
  const address = '/products/' + product.id, field = v.page.locator('[name=quantity]')
  await v.go(address); await see('product')
  await choose(v, variant); await see('product-chosen', { still: true })
  await field.fill('99')
  await v.send(address + '/cart')
  await v.page.getByRole('alert').waitFor(); await see('product-refused')
  await v.form(address + '/cart').evaluate((form) => form.submit()) // as without scripts
  await v.page.waitForLoadState()
  await v.arrivesAt(/\/cart(#|$)/); await see('product-refused-page')
  await v.go(address)
  await choose(v, variant)
  await add(v, product); await see('mini-cart', { part: true, still: true })
  await v.page.goto(v.page.url() + '?added'); await see('product-added')
  await v.go('/products/' + await soldOut()); await see('product-sold-out')
}

async function buyingPages(v, see, { product, variant }) {
  await v.go('/cart'); await see('cart')
  await setStatus(product.id, 'stopped')
  await v.go('/cart'); await see('cart-stopped')
  await v.go('/products/' + product.id); await see('product-stopped')
  await setStatus(product.id, 'on_sale')
  await v.go('/checkout'); await see('checkout')
  await unasked(v.form('/checkout/review'))
  await v.page.locator('[aria-invalid=true]').first().waitFor(); await see('checkout-wrong')
  await v.go('/cart')
  await fillIn(v, '제주특별자치도 제주시 문연로 6'); await see('review-island')
  await unasked(v.form('/orders'))
  await v.page.locator('[aria-invalid=true]').first().waitFor(); await see('review-unticked')
  await setPrice(variant.sku, variant.price + 5000)
  await agree(v)
  await v.send('/orders')
  await v.shows(v.say('금액이 바뀌었어요', 'Prices changed')); await see('review-changed')
  await agree(v)
  await order(v); await see('payment')
  await setPrice(variant.sku, variant.price)
}

async function orderPages(v, see) {
  await pay(v, 'decline'); await see('order-declined')
  const number = numberOf(v)
  await payFor(v, number)
  await pay(v, 'timeout_after'); await see('order-checking')
  await v.page.getByText(v.say('다시 결제하지 마세요', 'do not pay again')).waitFor({ state: 'detached', timeout: 40_000 })
  await v.page.goto(v.path(`/orders/${number}?complete`)); await see('order-thanks')
  await v.go(`/orders/${number}`); await see('order')
  await v.send(`/orders/${number}/cancel`)
  await until(v, v.say('모두 환불했어요', 'has been refunded')); await see('order-cancelled')
}

async function otherPages(v, see) {
  await v.go('/orders/lookup'); await see('lookup')
  await v.page.locator('[name=number]').fill('20260101-00000000')
  await v.page.locator('[name=phone]').fill(buyer.phone)
  await v.send('/orders/lookup')
  await v.page.getByRole('alert').first().waitFor(); await see('lookup-nothing')
  for (const text of ['terms', 'privacy', 'guide']) { await v.go('/legal/' + text); await see('legal-' + text) }
  await v.go('/demo/mail'); await see('mail')
  await v.page.locator('main summary').first().click(); await see('mail-open', { part: true })
  await v.go('/no-such-page'); await see('not-found')
  await v.go('/checkout/review'); await see('not-allowed')
}

// accountPages joins, signs in and looks round, on a phone in Korean and on a desk in English.
async function accountPages(v, see) {
  v.expected.add(401)
  const email = `haru-${v.page.viewportSize().width}@example.com`, password = 'lorry anvil 7'
  const field = (name) => v.page.locator(`[name="${name}"]`)
  await v.go('/account/sign-up'); await see('sign-up')
  await unasked(v.form('/account/sign-up'))
  await v.page.locator('[aria-invalid=true]').first().waitFor(); await see('sign-up-wrong')
  for (const [name, value] of Object.entries({ email, password, name: '김하루' })) await field(name).fill(value)
  for (const box of ['over14', 'terms', 'privacy']) await v.page.locator(`[value=${box}]`).check()
  await v.send('/account/sign-up'); await see('sign-up-sent')
  const link = await mailed(v, email, 'account/confirm/')
  await v.page.goto(new URL(link, v.page.url()).href); await see('confirm')
  await v.form(link.replace(/^.*(?=\/account)/, '')).evaluate((f) => f.requestSubmit())
  await v.page.getByRole('status').first().waitFor(); await see('confirmed')
  await field('email').fill(email); await field('password').fill('something else')
  await v.send('/account/sign-in')
  await v.page.getByRole('alert').first().waitFor(); await see('sign-in-wrong')
  await field('password').fill(password)
  await v.send('/account/sign-in')
  await v.arrivesAt(/\/account$/); await see('account')
  await v.go('/account/addresses'); await see('addresses-none')
  await v.go('/account/addresses/new'); await see('address')
  for (const [name, value] of Object.entries({ recipient: '김하루', phone: '01012345678', postcode: '04524', road_address: '서울특별시 중구 세종대로 110' })) await field('delivery.' + name).fill(value)
  await v.send('/account/addresses/new')
  await v.arrivesAt(/\/account\/addresses$/); await see('addresses')
  await v.go('/account/wishlist'); await see('wishlist-none')
  for (const { product } of [await goods(v.say('셔츠', 'shirt'), { lang: v.lang }), await goods(v.say('니트', 'knit'), { lang: v.lang })]) {
    await v.go('/products/' + product.id)
    await v.send(`/products/${product.id}/wish`)
    await v.arrivesAt(/wished/)
  }
  await v.page.locator('[data-wished]').waitFor(); await see('product-wished')
  await v.go('/account/wishlist'); await see('wishlist')
  await v.go('/seen'); await see('seen')
  await v.go('/cart'); await see('cart-seen')
  for (const page of ['orders', 'profile', 'keys', 'devices', 'consents', 'password', 'leave', 'forgot', 'prove']) { await v.go('/account/' + page); await see('account-' + page) }
}

// mailed returns the link that was mailed to somebody.
async function mailed(v, to, path) {
  for (let tries = 0; tries < 100; tries++) {
    const page = await (await v.page.request.get(new URL('/demo/mail', v.page.url()).href)).text()
    const mail = page.slice(page.indexOf(to)), found = mail.match(new RegExp('(/en)?/' + path + '[A-Za-z0-9_-]+'))
    if (page.includes(to) && found) return found[0]
    await v.page.waitForTimeout(100)
  }
  assert.fail(`no mail to ${to}`)
}

// unasked sends a form without the browser's own questions.
const unasked = (form) => form.evaluate((f) => { f.noValidate = true; f.requestSubmit() })
