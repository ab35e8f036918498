// The tests' own eyes, each held against a page that has the fault it is there for and one that has not: what sees nothing would find every page in order.
import assert from 'node:assert/strict'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { focus, html, shifts, violations } from './eyes.mjs'
import { jumps, missed, stops } from './hands.mjs'
import { closeBrowser, openBrowser, shop, Visitor } from './visitor.mjs'

before(openBrowser)
after(closeBrowser)

const page = (body, head = '') => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title>${head}</head><body><main><h1>A page</h1>${body}</main></body></html>`

// before brings a visitor before a page that the shop does not have.
async function visiting(body, head) {
  const v = await Visitor.arrive({ lang: 'en' })
  await v.page.route(shop + '/fault', (route) => route.fulfill({ contentType: 'text/html', body: page(body, head) }))
  await v.page.goto(shop + '/fault')
  return v
}

test('axe is asked for everything that is promised', async () => {
  const names = async (v) => new Set((await violations(v.page)).map((line) => line.split(':')[0]))
  const bad = await visiting(`<img src="data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA="><p style="color:#bbb">pale</p><input>
    <button style="width:12px;height:12px;padding:0;border:0">+</button><button style="width:12px;height:12px;padding:0;border:0">-</button><h4>skipped</h4>`)
  const found = await names(bad)
  for (const rule of ['image-alt', 'color-contrast', 'label', 'target-size', 'heading-order']) assert.ok(found.has(rule), `${rule} is not among ${[...found]}`)
  await bad.leave()
  const good = await visiting('<p>plain</p>')
  assert.deepEqual(await names(good), new Set())
  await good.leave()
})

test('what moves by itself is seen, and what a press moves is not held against the page', async () => {
  const moving = await visiting('<p id="moved">text</p>', `<script>requestAnimationFrame(() => requestAnimationFrame(() => { document.querySelector('h1').style.marginTop = '300px' }))</script>`)
  await moving.page.waitForFunction(() => document.querySelector('h1').style.marginTop)
  const { sum, what } = await shifts(moving.page)
  assert.ok(sum > 0.01, `${sum}`)
  assert.match(what.join(), /body|h1/)
  await moving.leave()
  const pressed = await visiting(`<button onclick="this.style.marginTop = '300px'">press</button><p>text</p>`)
  await pressed.page.getByRole('button').click()
  assert.equal((await shifts(pressed.page)).sum, 0)
  await pressed.leave()
})

test('a focus that nobody can see is seen', async () => {
  for (const [style, wrong] of [['', ''], ['outline:0', 'shows'], ['outline:1px dotted', 'shows'], ['outline:3px solid #eee', 'shows'], ['opacity:0', 'shows']]) {
    const v = await visiting(`<button style="outline:3px solid #000;${style}">press</button>`)
    await v.page.keyboard.press('Tab')
    assert.match((await focus(v.page)).wrong, new RegExp(wrong || '^$'), style)
    await v.leave()
  }
  const hidden = await visiting('<button style="outline:3px solid #000">press</button><div style="position:fixed;inset:0;background:#fff"></div>')
  await hidden.page.keyboard.press('Tab')
  assert.match((await focus(hidden.page)).wrong, /hidden/)
  await hidden.leave()
})

test('a jump and what Tab passes over are seen', async () => {
  const ring = '<style>:focus { outline: 3px solid #000 }</style>'
  const v = await visiting('<p><button>1</button></p><p><button tabindex="2">2</button></p><p><button tabindex="1">3</button></p><p inert><button>4</button></p>', ring)
  assert.equal(jumps(await stops(v)).length, 2)
  assert.match((await missed(v)).join(), /^<button>4/)
  await v.leave()
  const plain = await visiting('<p><button>1</button> <button>2</button></p><p><label><input type="radio" name="a"> 3</label><label><input type="radio" name="a"> 4</label></p>', ring)
  assert.deepEqual([jumps(await stops(plain)), await missed(plain)], [[], []])
  await plain.leave()
})

test('HTML that is none is seen', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'html-'))
  writeFileSync(join(folder, 'bad.html'), page('<p><div></p><a href="/" href="/">twice</a><input role="heading">'))
  writeFileSync(join(folder, 'good.html'), page('<p>plain</p>'))
  const { errors } = await html(folder)
  assert.ok(errors.length >= 3, errors.join('\n'))
  assert.ok(errors.every((line) => line.startsWith('bad.html:')), errors.join('\n'))
})

test('errors, refusals and strangers are noticed', async () => {
  const v = await visiting(`<img alt="" src="/no-such-picture"><script>fetch('http://localhost:9/').catch(() => {}); console.error('shouted')</script><script>nothing.there</script>`)
  const noticed = v.troubles.join('\n')
  for (const what of [/no-such-picture: 404/, /third party was asked: http:\/\/localhost:9\//, /console on .*shouted/, /script error on .*nothing/]) assert.match(noticed, what)
  await assert.rejects(v.leave(), /unseen/)
})
