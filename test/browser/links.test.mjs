// What the front page, a category and a product lead to is there: every link, picture, style and script of the shop's own, in both languages.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { goods, shop } from './visitor.mjs'

const most = 600 // of addresses; that there are more is no fault, but then something multiplies that should not

test('every address that the main pages name answers', async () => {
  const { product } = await goods('셔츠')
  const pages = ['', '/en'].flatMap((lang) => ['/', '/c/shirts', '/products/' + product.id].map((path) => shop + (lang + path).replace(/(.)\/$/, '$1')))
  const named = new Map() // address → the page that names it
  for (const page of pages) {
    const answer = await fetch(page)
    assert.equal(answer.status, 200, page)
    for (const address of addresses(await answer.text(), answer.url)) if (!named.has(address)) named.set(address, page)
  }
  assert.ok(named.size > 150 && named.size < most, `${named.size} addresses`)
  assert.deepEqual(await unanswered(named), [])
})

// addresses returns those of the shop's own that a page names; what is posted to is no page. Names within the page are looked up on the spot.
function addresses(html, page) {
  const named = html.replace(/<form[^>]* method="post"[^>]*>/g, '').matchAll(/\s(?:href|src|action|data-suggest)="([^"]*)"/g)
  const sets = [...html.matchAll(/\ssrcset="([^"]*)"/g)].flatMap((m) => m[1].split(',').map((s) => s.trim().split(/\s+/)[0]))
  const all = [...[...named].map((m) => m[1]), ...sets].map((a) => a.replaceAll('&amp;', '&').replaceAll('&#43;', '+'))
  for (const a of all) if (a.startsWith('#')) assert.ok(html.includes(` id="${a.slice(1)}"`), `${page} leads to ${a}, which it has not`)
  return all.map((a) => new URL(a, page)).filter((u) => u.origin === shop).map((u) => u.origin + u.pathname + u.search)
}

// unanswered asks for every address, eight at a time, and returns those that answer anything but 200, also with the way to another.
async function unanswered(named) {
  const left = [...named], wrong = []
  await Promise.all(Array.from({ length: 8 }, async () => {
    for (let next; next = left.pop();) {
      const [address, page] = next
      // A guest who asks for their account is led to where one signs in.
      const { status, body } = await fetch(address, { redirect: address.endsWith('/account') ? 'follow' : 'manual' })
      await body?.cancel()
      if (status !== 200) wrong.push(`${address}, named by ${page}: ${status}`)
    }
  }))
  return wrong
}
