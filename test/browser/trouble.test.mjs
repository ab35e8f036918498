// Payments that end in every way, impatient people, and a price that moves: one order, paid once, and the page always says how it stands.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { available, captures, closeBrowser, goods, openBrowser, setPrice, shop, simulator, Visitor } from './visitor.mjs'
import { agree, fillIn, findAndAdd, numberOf, order, pay, payFor, until } from './steps.mjs'

before(openBrowser)
after(closeBrowser)

const thanks = /주문해 주셔서 고마워요|Thank you for your order/

// readyToPay puts a visitor before the provider's page with one sweater ordered.
async function readyToPay(options) {
  const knit = await goods('니트')
  const v = await Visitor.arrive(options)
  await findAndAdd(v, '니트', knit)
  await fillIn(v)
  await agree(v)
  await order(v)
  return v
}

for (const js of [true, false]) {
  test(`declined, cancelled, declined again, then paid ${js ? 'with' : 'without'} JavaScript`, async () => {
    const v = await readyToPay({ js })
    await pay(v, 'decline')
    const number = numberOf(v)
    await v.page.getByRole('alert').getByText('승인되지 않았어요').waitFor()
    await payFor(v, number)
    await pay(v, 'cancel')
    await v.page.getByRole('alert').waitFor()
    await payFor(v, number)
    await pay(v, 'decline_at_confirm')
    await v.page.getByRole('alert').getByText('승인되지 않았어요').waitFor()
    assert.equal((await captures(number)).times, 0)
    await payFor(v, number)
    await pay(v, 'approve')
    await v.shows(thanks)
    assert.equal(numberOf(v), number)
    assert.equal((await captures(number)).times, 1)
    await v.leave()
  })
}

for (const [result, js] of [['timeout_before', true], ['timeout_after', true], ['timeout_after', false], ['error', true], ['error_after', true]]) {
  test(`no clear answer (${result}): the shop checks, says so, and finds out ${js ? 'with' : 'without'} JavaScript`, async () => {
    const v = await readyToPay({ js })
    await pay(v, result)
    const number = numberOf(v)
    const page = await v.page.textContent('main')
    assert.match(page, /다시 결제하지 마세요/)
    assert.doesNotMatch(page, /실패|승인되지 않았어요/)
    assert.equal(await v.page.locator(`form[action*="${number}/payment"]`).count(), 0, 'nothing to pay with meanwhile')
    await v.page.getByText('다시 결제하지 마세요').waitFor({ state: 'detached', timeout: 40_000 }) // the page looks again by itself
    assert.equal((await captures(number)).times, 1)
    assert.doesNotMatch(await v.page.textContent('main'), /승인되지 않았어요/)
    await v.leave()
  })
}

for (const js of [true, false]) {
  test(`a double click on the order's button is one order ${js ? 'with' : 'without'} JavaScript`, async () => {
    const coat = await goods('코트')
    const left = await available(coat)
    const v = await Visitor.arrive({ js })
    await findAndAdd(v, '코트', coat)
    await fillIn(v)
    await agree(v)
    await order(v, { clickCount: 2 })
    await pay(v, 'approve')
    await v.shows(thanks)
    assert.equal(await available(coat), left - 1)
    assert.equal((await captures(numberOf(v))).times, 1)
    await v.leave()
  })
}

test('the back button after paying orders and charges nothing again', async () => {
  const shoes = await goods('스니커즈')
  const left = await available(shoes)
  const v = await Visitor.arrive()
  await findAndAdd(v, '스니커즈', shoes)
  await fillIn(v)
  await agree(v)
  const page = v.page
  // What a person who kept the page open in another tab would send once more.
  const again = await v.form('/orders').evaluate((f) => new URLSearchParams(new FormData(f)).toString())
  await order(v)
  await pay(v, 'approve')
  await v.shows(thanks)
  const number = numberOf(v)
  await page.goBack()
  if (page.url().startsWith(simulator)) { // the provider says that it is done
    await page.getByRole('link').first().click()
    await v.arrivesAt(new RegExp(number))
  }
  const answer = await v.context.request.post(shop + '/orders', {
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', Origin: shop }, data: again, maxRedirects: 0,
  })
  assert.equal(answer.status(), 303)
  assert.match(answer.headers().location, new RegExp(`/orders/${number}$`))
  assert.equal(await available(shoes), left - 1)
  assert.equal((await captures(number)).times, 1)
  await v.leave()
})

test('the back button before paying loses no order and makes no other', async () => {
  const v = await readyToPay()
  const number = /[0-9]{8}-[0-9A-Z]{8}/.exec(await v.page.textContent('main'))[0]
  await v.page.goBack().catch(() => {}) // the review came by POST and is not kept: the browser asks before it would send it again
  await v.anotherTab()
  await v.go('/orders/' + number)
  await payFor(v, number)
  await pay(v, 'approve')
  await v.shows(thanks)
  assert.equal(numberOf(v), number)
  assert.equal((await captures(number)).times, 1)
  v.troubles = v.troubles.filter((t) => !t.includes('ERR_CACHE_MISS'))
  await v.leave()
})

test('a price that moved is shown before it is charged', async () => {
  const belt = await goods('벨트', { fits: (p) => !p.sold_out && p.price === p.list_price }) // a sale's price would not follow
  const was = belt.variant.price
  const v = await Visitor.arrive()
  v.expected.add(409)
  await findAndAdd(v, '벨트', belt)
  await fillIn(v)
  await agree(v)
  await setPrice(belt.variant.sku, was + 5000)
  await v.send('/orders')
  await v.shows('금액이 바뀌었어요')
  await v.shows(v.won(was))
  await v.shows(v.won(was + 5000))
  await agree(v) // asked for anew
  await order(v)
  await v.shows(v.won(was + 5000))
  await pay(v, 'approve')
  await v.shows(thanks)
  const { kept } = await captures(numberOf(v))
  assert.ok(kept >= was + 5000 && kept <= was + 8000)
  await setPrice(belt.variant.sku, was)
  await v.leave()
})

test('a cancelled order gives everything back', async () => {
  const v = await readyToPay()
  await pay(v, 'approve')
  const number = numberOf(v)
  await v.send(`/orders/${number}/cancel`)
  await until(v, '모두 환불했어요')
  assert.equal((await captures(number)).kept, 0)
  await v.leave()
})
