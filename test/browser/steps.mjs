// The steps of buying, each from the page on which it begins to the one on which it ends.
import assert from 'node:assert/strict'
import { simulator } from './visitor.mjs'

export const buyer = { name: '김하루', phone: '010-1234-5678', email: 'haru@example.com', address: '서울특별시 중구 세종대로 110' }

// What the checkout asks for, by the names of its fields.
export const filled = {
  'contact.name': buyer.name, 'contact.phone': buyer.phone, 'contact.email': buyer.email, 'delivery.recipient': buyer.name,
  'delivery.phone': buyer.phone, 'delivery.postcode': '04524', 'delivery.road_address': buyer.address, 'delivery.detail_address': '3층',
}

// findAndAdd goes from the front page to a product, puts it into the cart and goes there.
export async function findAndAdd(v, words, { product, variant }) {
  await v.go('/')
  await v.page.locator('input[name=q]').first().fill(words)
  await v.page.keyboard.press('Enter')
  await v.arrivesAt(/\/search\?/)
  await v.page.locator(`main a[href*="/products/${product.id}-"]`).first().click()
  await v.arrivesAt(new RegExp(`/products/${product.id}-`))
  await choose(v, variant)
  const said = await add(v, product)
  await said.getByRole('link').click()
  await v.arrivesAt(/\/cart$/)
}

// choose picks a colour and a size on a product's page.
export async function choose(v, variant) {
  await v.page.locator('label:has(input[name=color])').filter({ hasText: variant.options.color }).first().click()
  await v.page.locator(`label:has(input[name=size][value="${variant.options.size}"])`).click()
}

// add presses the button that puts what was chosen into the cart, and returns what tells so: the small cart, which a script opens on the page where one is, or
// without scripts the words on the page that comes instead.
export async function add(v, product) {
  const page = v.page.url()
  await v.send(`/products/${product.id}/cart`)
  const said = v.js ? v.page.getByRole('dialog') : v.page.getByRole('main').getByRole('status')
  await said.waitFor()
  if (v.js) assert.equal(v.page.url(), page, 'with scripts one stays on the page')
  else await v.arrivesAt(/added/)
  return said
}

// fillIn goes from the cart to the review.
export async function fillIn(v, address = buyer.address) {
  await v.send('/checkout')
  await v.arrivesAt(/\/checkout/)
  for (const [name, value] of Object.entries({ ...filled, 'delivery.road_address': address })) await v.page.locator(`[name="${name}"]`).fill(value)
  await v.send('/checkout/review')
  await v.arrivesAt(/\/checkout\/review$/)
}

// agree ticks every consent on the review; none may be ticked before.
export async function agree(v) {
  const boxes = v.form('/orders').locator('input[name=agreements]')
  assert.equal(await boxes.count(), 3)
  for (const box of await boxes.all()) {
    assert.equal(await box.isChecked(), false, 'a consent was ticked beforehand')
    await box.check()
  }
}

// order presses the button that names the payment and arrives at the provider's page.
export async function order(v, options) {
  await v.send('/orders', options)
  await v.arrivesAt(simulator + '/checkout/**')
}

// pay plays the provider's page and comes back to the order.
export async function pay(v, result) {
  await v.page.locator(`input[name=result][value=${result}]`).check()
  await v.page.getByRole('button').click()
  await v.arrivesAt(/\/orders\/[0-9]{8}-[0-9A-Z]{8}(\?|$)/)
}

// payFor starts from an order that awaits payment.
export async function payFor(v, number) {
  await v.send(`/orders/${number}/payment`)
  await v.arrivesAt(simulator + '/checkout/**')
}

export const numberOf = (v) => /\/orders\/([0-9]{8}-[0-9A-Z]{8})/.exec(v.page.url())[1]

// until reloads the page until it shows a text.
export async function until(v, text, within = 40_000) {
  for (const end = Date.now() + within; Date.now() < end;) {
    if (await v.page.getByText(text).first().isVisible()) return
    await v.page.reload()
  }
  assert.fail(`${v.page.url()} never showed ${text}`)
}
