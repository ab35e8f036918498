// A shirt is bought from the front page to the mail, in both languages, with and without JavaScript.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { available, captures, closeBrowser, goods, openBrowser, Visitor } from './visitor.mjs'
import { agree, buyer, fillIn, findAndAdd, numberOf, order, pay } from './steps.mjs'

before(openBrowser)
after(closeBrowser)

for (const lang of ['ko', 'en']) {
  for (const js of [true, false]) {
    test(`a shirt is bought in ${lang} ${js ? 'with' : 'without'} JavaScript`, async () => {
      const words = lang === 'en' ? 'shirt' : '셔츠'
      const shirt = await goods(words, { lang })
      const left = await available(shirt)
      const v = await Visitor.arrive({ lang, js })
      await findAndAdd(v, words, shirt)
      await v.shows(shirt.product.name)
      await v.shows(v.won(shirt.variant.price))
      await fillIn(v)
      await v.shows('010-1234-5678')
      await agree(v)
      await order(v)
      assert.equal(await available(shirt), left - 1, 'the unit is held')
      await pay(v, 'approve')
      await v.shows(v.say('주문해 주셔서 고마워요', 'Thank you for your order'))
      const number = numberOf(v)
      await v.shows(number)
      assert.equal((await captures(number)).times, 1)

      await v.go('/cart')
      assert.equal(await v.page.locator('form[action*="/cart/lines"]').count(), 0, 'the cart is empty')
      await mailed(v, number)
      await v.leave()
      await lookedUp(lang, js, number)
    })
  }
}

// mailed finds the mail that the order's buyer would have got.
async function mailed(v, number) {
  for (const end = Date.now() + 20_000; ;) {
    await v.go('/demo/mail')
    if ((await v.page.textContent('main')).includes(number)) return
    assert.ok(Date.now() < end, `no mail about ${number}`)
  }
}

// lookedUp finds the order by its number and phone, as somebody who has never been here.
async function lookedUp(lang, js, number) {
  const v = await Visitor.arrive({ lang, js })
  v.expected.add(404)
  await v.go('/orders/' + number)
  await v.arrivesAt(/\/orders\/lookup/)
  assert.equal((await v.page.textContent('main')).includes(buyer.name), false)
  await v.page.locator('[name=phone]').fill('010-9999-9999')
  await v.send('/orders/lookup')
  await v.page.getByRole('alert').waitFor()
  await v.page.locator('[name=number]').fill(number)
  await v.page.locator('[name=phone]').fill(buyer.phone)
  await v.send('/orders/lookup')
  await v.arrivesAt(new RegExp(`/orders/${number}$`))
  await v.shows(buyer.name)
  await v.leave()
}
