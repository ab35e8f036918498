// Everything is done without a pointer, and wherever the keyboard is can be seen: hands.mjs looks at every stop.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { has, here, jumps, missed, pick, stops, to } from './hands.mjs'
import { add, choose, fillIn, filled, findAndAdd } from './steps.mjs'
import { closeBrowser, goods, openBrowser, Visitor } from './visitor.mjs'

before(openBrowser)
after(closeBrowser)

const sizes = { phone: { width: 360, height: 780, mobile: true }, desk: { width: 1440, height: 900 } }

for (const [size, screen] of Object.entries(sizes)) {
  test(`Tab passes over nothing, and goes as a reader's eye does, on a ${size}`, async () => {
    const shirt = await goods('셔츠')
    const v = await Visitor.arrive(screen)
    v.expected.add(404)
    const walk = async (path) => {
      if (path) await v.go(path)
      const all = await stops(v)
      assert.deepEqual([await missed(v), jumps(all)], [[], []], v.page.url())
    }
    for (const path of ['/', '/c/shirts', '/search?q=zzzz', '/products/' + shirt.product.id, '/orders/lookup', '/no-such-page']) await walk(path)
    await findAndAdd(v, '셔츠', shirt)
    await walk('/cart')
    await walk('/checkout')
    await v.go('/cart')
    await fillIn(v)
    await walk()
    await v.leave()
  })
}

for (const [lang, size] of [['ko', 'desk'], ['en', 'phone']]) {
  test(`a shirt is bought with the keyboard alone, in ${lang} on a ${size}`, async () => {
    const { product, variant } = await goods(lang === 'en' ? 'shirt' : '셔츠', { lang })
    const v = await Visitor.arrive({ lang, ...sizes[size] })
    const { page } = v, keys = page.keyboard
    await v.go('/')
    await keys.press('Tab')
    assert.match((await here(v)).name, /본문으로 건너뛰기|Skip to content/)
    await to(v, page.getByRole('combobox'))
    await keys.type(product.name)
    await suggested(v, product.name)
    await keys.press('Enter')
    await v.arrivesAt(new RegExp(`/products/${product.id}-`))

    await pick(v, 'color', await page.locator('label:has([name=color])').filter({ hasText: variant.options.color }).first().locator('input').inputValue())
    await pick(v, 'size', variant.options.size)
    await to(v, page.getByRole('button', { name: v.say('장바구니 담기', 'Add to cart') }))
    await keys.press('Enter')
    const mini = page.getByRole('dialog')
    await mini.waitFor()
    assert.ok(await mini.evaluate((d) => d.contains(document.activeElement)), 'the small cart has the keyboard')
    await to(v, mini.getByRole('link'))
    await keys.press('Enter')
    await v.arrivesAt(/\/cart$/)

    await to(v, v.form('/checkout').getByRole('button'))
    await keys.press('Enter')
    await v.arrivesAt(/\/checkout/)
    for (const [name, value] of Object.entries(filled)) {
      await to(v, page.locator(`[name="${name}"]`))
      await keys.type(value)
    }
    await to(v, v.form('/checkout/review').getByRole('button', { name: v.say('확인하기', 'Review') }))
    await keys.press('Enter')
    await v.arrivesAt(/\/checkout\/review$/)

    await pick(v, 'payment_method', await page.locator('main [name=payment_method]').last().inputValue())
    for (const box of await page.locator('main [name=agreements]').all()) {
      await to(v, box)
      await keys.press('Space')
    }
    await to(v, v.form('/orders').getByRole('button'))
    await keys.press('Enter')
    await page.getByText(v.say('테스트 결제창', 'Test payment')).first().waitFor()
    await to(v, page.getByRole('button'))
    await keys.press('Enter')
    await page.getByRole('status').getByRole('heading', { name: v.say('주문해 주셔서 고마워요', 'Thank you for your order') }).waitFor()
    await v.leave()
  })
}

// suggested goes down the suggestions to the one of that name.
async function suggested(v, name) {
  const box = v.page.getByRole('combobox'), options = v.page.getByRole('option')
  await options.first().waitFor()
  assert.equal(await box.getAttribute('aria-expanded'), 'true')
  for (let n = await options.count(); n > 0; n--) {
    await v.page.keyboard.press('ArrowDown')
    await here(v)
    const marked = v.page.locator('#' + await box.getAttribute('aria-activedescendant'))
    assert.equal(await marked.getAttribute('aria-selected'), 'true')
    assert.notEqual(await marked.evaluate((e) => getComputedStyle(e).backgroundColor), 'rgba(0, 0, 0, 0)', 'the marked suggestion is seen')
    if ((await marked.textContent()).startsWith(name)) return
  }
  assert.fail(`${name} is not suggested`)
}

// closes presses Escape, after which a thing must be gone and something else have the keyboard.
async function closes(v, thing, back) {
  await v.page.keyboard.press('Escape')
  await thing.waitFor({ state: 'hidden' })
  assert.ok(await has(back), 'the keyboard is back where it came from')
  await here(v)
}

test('Escape closes the menu, the suggestions, the small cart and the filters, and gives the keyboard back', async () => {
  const shirt = await goods('셔츠')
  const v = await Visitor.arrive(sizes.phone)
  const { page } = v, keys = page.keyboard
  await v.go('/')
  const summary = page.locator('[data-menu] summary'), menu = page.getByRole('navigation', { name: '전체 카테고리' })
  await to(v, summary)
  await keys.press('Enter')
  await menu.waitFor()
  await to(v, menu.getByRole('link').nth(3))
  await closes(v, menu, summary)

  const find = page.getByRole('combobox'), options = page.getByRole('listbox')
  await to(v, find)
  await keys.type('니트')
  await options.waitFor()
  await keys.press('ArrowDown')
  await closes(v, options, find)
  assert.equal(await find.inputValue(), '니트', 'what was typed stays')
  assert.deepEqual(await find.evaluate((e) => [e.ariaExpanded, e.hasAttribute('aria-activedescendant')]), ['false', false])
  await keys.press('ArrowDown')
  await options.waitFor() // and opens again

  await v.go('/products/' + shirt.product.id)
  await choose(v, shirt.variant)
  const press = page.getByRole('button', { name: '장바구니 담기' })
  await to(v, press)
  await keys.press('Enter')
  await page.getByRole('dialog').waitFor()
  await closes(v, page.getByRole('dialog'), press)

  await v.go('/c/shirts')
  const open = page.locator('a[href="#filters"]'), filters = page.locator('#filters')
  await to(v, open)
  await keys.press('Enter')
  await filters.waitFor()
  assert.deepEqual((await stops(v)).filter((s) => !s.within), [], 'Tab stays in the sheet')
  await closes(v, filters, open)
  await v.leave()
})

test('what changes on a page is told to those who cannot see it', async () => {
  const shirt = await goods('셔츠')
  const v = await Visitor.arrive()
  const { page } = v
  for (const refusal of [400, 404, 409]) v.expected.add(refusal)
  const told = (role, text) => page.getByRole(role).filter({ hasText: text }).waitFor()

  await v.go('/')
  await page.getByRole('combobox').pressSequentially('셔츠')
  await told('status', /^추천 [1-9]\d*개$/)

  const scarce = await goods('셔츠', { left: (n) => n > 0 && n <= 5 })
  await v.go('/products/' + scarce.product.id)
  await choose(v, scarce.variant)
  await page.locator('[aria-live=polite]').filter({ hasText: `남은 수량 ${scarce.variant.available}개` }).waitFor()

  await v.go('/products/' + shirt.product.id)
  await choose(v, shirt.variant)
  await page.locator('[name=quantity]').fill('99')
  await v.send(`/products/${shirt.product.id}/cart`)
  await told('alert', /\S/)
  await page.locator('[name=quantity]').fill('1')
  await add(v, shirt.product)
  assert.equal(await page.getByRole('alert').count(), 0, 'what was wrong is taken back')
  await page.getByRole('dialog', { name: '장바구니에 담은 상품' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: /장바구니.*1개 담김/ }).waitFor()

  await v.go('/checkout')
  await v.form('/checkout/review').evaluate((f) => { f.noValidate = true; f.requestSubmit() })
  await told('alert', /\S/)
  const wrong = page.locator('[aria-invalid=true]')
  assert.ok(await has(wrong.first()), 'it begins where something is wrong')
  for (const field of await wrong.all()) {
    const by = (await field.getAttribute('aria-describedby')).split(' ')
    assert.match(await page.locator('#' + by[0].replaceAll('.', '\\.')).textContent(), /\S/, 'what is wrong is said with the field')
  }

  await v.go('/orders/lookup')
  await page.locator('[name=number]').fill('20260101-00000000')
  await page.locator('[name=phone]').fill('010-1234-5678')
  await v.send('/orders/lookup')
  await told('alert', /\S/)
  await v.go('/search?q=tufcm')
  await told('status', '셔츠')
  await v.leave()
})
