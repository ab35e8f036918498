// A company's pages, and what a company sees of everybody's, looked at as look.mjs says: in Korean on a phone and in English on a desk.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { html } from './eyes.mjs'
import { documents, look, prepare, widest, widths } from './look.mjs'
import { fillIn } from './steps.mjs'
import { closeBrowser, goods, openBrowser, setCompany, Visitor } from './visitor.mjs'

before(openBrowser)
after(closeBrowser)
before(prepare)

for (const { lang, width, number } of [{ lang: 'ko', width: widths[0], number: '220-81-62517' }, { lang: 'en', width: widest, number: '314-81-57323' }]) {
  test(`a company in ${lang} on ${width} px`, async () => {
    const v = await Visitor.arrive({ lang, width, mobile: width < 900 })
    for (const refusal of [400, 409]) v.expected.add(refusal)
    const see = (name) => look(v, 'business-' + name), field = (name) => v.page.locator(`main [name="${name}"]`)
    await join(v, `boss-${width}@example.com`)
    await v.go('/business'); await v.arrivesAt(/\/business\/apply$/); await see('apply')
    for (const [name, value] of Object.entries({ registration: '123-45-67890', company: 'Haru', representative: 'Kim', email: 'tax@example.com' })) await field(name).fill(value)
    await v.send('/business/apply'); await v.page.locator('[aria-invalid=true]').first().waitFor(); await see('apply-wrong')
    await field('registration').fill(number); await v.send('/business/apply'); await v.arrivesAt(/\/business$/); await see('applied')

    const { product, variant } = await goods(v.say('셔츠', 'shirt'), { lang, skip: width === widest ? 1 : 0 })
    const { id } = await (await v.page.request.get(new URL('/api/v1/business', v.page.url()).href)).json()
    await setCompany(id, variant.sku)
    await v.go('/business'); await see('home')
    await v.go(`/products/${product.id}`); await v.page.locator('.deals').waitFor(); await see('product')
    await v.go('/business/buyers'); await see('buyers')
    await field('email').fill('clerk@example.com'); await v.page.locator('#rb-new').check(); await v.page.locator('form[action$="/business/buyers"] button').click(); await v.shows('clerk@example.com'); await see('buyers-invited')
    await v.go('/business/order'); await see('quick-order')
    await field('list').fill(`${variant.sku} 12\nNOTHING 1`); await v.send('/business/order'); await v.page.locator('.wrong-lines').waitFor(); await see('quick-order-wrong')
    await field('list').fill(`${variant.sku} 2`); await v.send('/business/order'); await v.page.locator('.wrong-lines').waitFor() // fewer than the least
    await field('list').fill(`${variant.sku} 12`); await v.send('/business/order'); await v.arrivesAt(/\/cart$/); await see('cart')
    await v.send('/business/quotes'); await v.arrivesAt(/\/business\/quotes\/Q/); await see('quote')
    await v.go('/business/quotes'); await see('quotes')
    await v.go('/cart'); await fillIn(v); await see('review')
    await v.page.locator('[value=invoice]').check({ force: true })
    for (const box of await v.form('/orders').locator('input[name=agreements]').all()) await box.check()
    await v.send('/orders'); await v.arrivesAt(/\/orders\/.*complete/); await see('order')
    await v.go('/business/orders'); await see('orders')
    await v.page.locator('form[action$="/tax-invoice"] button').click(); await v.page.locator('form[action$="/tax-invoice"]').waitFor({ state: 'detached' }); await see('tax-invoice')
    await v.go('/business/requests'); await see('requests')
    await v.leave()
  })
}

test('the HTML of all of them is HTML', async () => assert.deepEqual((await html(documents)).errors, []))

// join makes an account of that mail and signs in.
async function join(v, email) {
  const password = 'lorry anvil 7'
  await v.go('/account/sign-up')
  for (const [name, value] of Object.entries({ email, password, name: 'Kim' })) await v.page.locator(`[name="${name}"]`).fill(value)
  for (const box of ['over14', 'terms', 'privacy']) await v.page.locator(`[value=${box}]`).check()
  await v.send('/account/sign-up')
  let link
  for (let tries = 0; !link && tries < 100; tries++) {
    const page = await (await v.page.request.get(new URL('/demo/mail', v.page.url()).href)).text()
    link = page.includes(email) && page.slice(page.indexOf(email)).match(/(\/en)?\/account\/confirm\/[\w-]+/)?.[0]
    await v.page.waitForTimeout(100)
  }
  await v.page.goto(new URL(link, v.page.url()).href)
  await v.form(link.replace(/^.*(?=\/account)/, '')).evaluate((f) => f.requestSubmit())
  await v.page.getByRole('status').first().waitFor()
  await v.page.locator('[name=email]').fill(email); await v.page.locator('[name=password]').fill(password)
  await v.send('/account/sign-in'); await v.arrivesAt(/\/account$/)
}
