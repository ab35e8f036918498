// Every page, in both languages, on a phone and on a desk: what must be true of all of them, and a picture of each in OUT.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { closeBrowser, goods, openBrowser, out, Visitor } from './visitor.mjs'
import { agree, buyer, choose, fillIn, numberOf, order, pay, payFor, until } from './steps.mjs'

before(openBrowser)
after(closeBrowser)

const devices = {
  phone: { width: 390, height: 844, mobile: true },
  desk: { width: 1440, height: 900 },
}

for (const lang of ['ko', 'en']) {
  for (const [device, screen] of Object.entries(devices)) {
    test(`every page in ${lang} on a ${device}`, async () => {
      const v = await Visitor.arrive({ lang, ...screen })
      const look = (name) => seen(v, screen, `${name}-${lang}-${device}`)
      await browsing(v, look)
      await buyingPages(v, look)
      await otherPages(v, look)
      await v.leave()
    })
  }
}

async function browsing(v, look) {
  await v.go('/'); await look('home')
  await v.go('/c/shirts'); await look('category')
  await v.go('/b/damgyeol'); await look('brand')
  await v.go('/search?q=' + encodeURIComponent(v.say('니트', 'knit'))); await look('search')
  await v.go('/search?q=zzzz'); await look('search-nothing')
  await v.go('/cart'); await look('cart-empty')
}

async function buyingPages(v, look) {
  v.expected.add(400)
  const shirt = await goods(v.say('셔츠', 'shirt'), v.lang)
  await v.go('/products/' + shirt.product.id); await look('product')
  await choose(v, shirt.variant)
  await v.send(`/products/${shirt.product.id}/cart`)
  await v.arrivesAt(/added/); await look('product-added')
  await v.go('/cart'); await look('cart')
  await v.go('/checkout'); await look('checkout')
  await v.form('/checkout/review').evaluate((f) => { f.noValidate = true; f.requestSubmit() })
  await v.page.getByRole('alert').first().waitFor(); await look('checkout-wrong')
  await v.go('/cart')
  await fillIn(v, '제주특별자치도 제주시 문연로 6'); await look('review-island')
  await agree(v)
  await order(v); await look('payment')
  await pay(v, 'decline'); await look('order-declined')
  const number = numberOf(v)
  await payFor(v, number)
  await pay(v, 'timeout_after'); await look('order-checking')
  await v.page.getByText(v.say('다시 결제하지 마세요', 'do not pay again')).waitFor({ state: 'detached', timeout: 40_000 })
  await v.page.goto(v.path(`/orders/${number}?complete`)); await look('order-thanks')
  await v.go(`/orders/${number}`); await look('order')
  await v.send(`/orders/${number}/cancel`)
  await until(v, v.say('모두 환불했어요', 'has been refunded')); await look('order-cancelled')
}

async function otherPages(v, look) {
  v.expected.add(404)
  await v.go('/orders/lookup'); await look('lookup')
  await v.page.locator('[name=number]').fill('20260101-00000000')
  await v.page.locator('[name=phone]').fill(buyer.phone)
  await v.send('/orders/lookup')
  await v.page.getByRole('alert').first().waitFor(); await look('lookup-nothing')
  for (const text of ['terms', 'privacy', 'guide']) { await v.go('/legal/' + text); await look('legal-' + text) }
  await v.go('/demo/mail'); await look('mail')
  await v.go('/no-such-page'); await look('not-found')
}

// seen checks the page and takes its picture. A phone's is also held against the narrowest screen in use.
async function seen(v, screen, name) {
  await v.page.evaluate(async () => {
    for (const i of document.images) i.loading = 'eager'
    await Promise.all([...document.images].map((i) => i.decode().catch(() => {})))
  })
  if (screen.mobile) {
    await v.page.setViewportSize({ width: 360, height: screen.height })
    await v.noSideways()
    await v.page.setViewportSize({ width: screen.width, height: screen.height })
  }
  await v.noSideways()
  const page = await v.page.evaluate(() => ({
    lang: document.documentElement.lang, title: document.title, h1: document.querySelectorAll('h1').length,
    nameless: [...document.images].filter((i) => !i.hasAttribute('alt')).map((i) => i.src),
    broken: [...document.images].filter((i) => i.naturalWidth === 0).map((i) => i.src),
    unlabelled: [...document.querySelectorAll('input:not([type=hidden])')].filter((i) => i.labels.length === 0).map((i) => i.name),
    repeated: [...document.querySelectorAll('[id]')].map((e) => e.id).filter((id, n, all) => all.indexOf(id) !== n),
  }))
  assert.equal(page.lang, v.lang, `${name}: the page's language`)
  assert.notEqual(page.title, '', `${name}: a title`)
  assert.equal(page.h1, 1, `${name}: one heading of the first level`)
  assert.deepEqual([page.nameless, page.broken, page.unlabelled, page.repeated], [[], [], [], []], `${name}: pictures, labels, ids`)
  await v.page.screenshot({ path: join(out, name + '.png'), fullPage: true })
}
