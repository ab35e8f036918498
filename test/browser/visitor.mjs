// A visitor: one browser context with cookies of its own, and eyes for what must never happen on a page.
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { noteShifts } from './eyes.mjs'

export const { SHOP: shop, SIMULATOR: simulator, MERCHANT: merchant, OUT: out } = process.env

// The system's Chromium, where scripts/deps.sh looks for it as well.
const executablePath = process.env.CHROMIUM || ['chromium', 'chromium-browser', 'google-chrome']
  .flatMap((name) => process.env.PATH.split(':').map((folder) => join(folder, name))).find(existsSync)
const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync']

let browser
export async function openBrowser(...more) { browser = await chromium.launch({ executablePath, args: [...args, ...more.filter((m) => typeof m === 'string')] }) }
export async function closeBrowser() { await browser?.close() }

export class Visitor {
  // js: whether scripts run; lang: ko or en; width and height of the screen.
  static async arrive({ js = true, lang = 'ko', width = 1280, height = 900, mobile = false } = {}) {
    const context = await browser.newContext({
      javaScriptEnabled: js, locale: lang === 'ko' ? 'ko-KR' : 'en-GB', timezoneId: 'Asia/Seoul', viewport: { width, height },
      isMobile: mobile, hasTouch: mobile, reducedMotion: 'reduce',
    })
    context.setDefaultTimeout(15_000)
    if (js) await context.addInitScript(noteShifts)
    const v = new Visitor()
    Object.assign(v, { context, lang, js, troubles: [], expected: new Set() })
    await v.anotherTab()
    return v
  }

  // anotherTab goes on in a new tab.
  async anotherTab() {
    this.page = await this.context.newPage()
    this.watch(this.page)
  }

  // watch notes errors, failed requests, refusals that nobody expects, and requests to anybody else.
  watch(page) {
    page.on('pageerror', (e) => this.troubles.push(`script error on ${page.url()}: ${e.message}`))
    page.on('console', (m) => {
      const refusal = /the server responded with a status of (\d+)/.exec(m.text())
      if (m.type() === 'error' && !(refusal && this.expected.has(Number(refusal[1])))) this.troubles.push(`console on ${page.url()}: ${m.text()}`)
    })
    page.on('requestfailed', (r) => {
      // A page that is left cancels the pictures it was still waiting for.
      if (r.failure()?.errorText !== 'net::ERR_ABORTED') this.troubles.push(`${r.method()} ${r.url()}: ${r.failure()?.errorText}`)
    })
    page.on('request', (r) => {
      const ours = [shop, simulator].some((u) => r.url().startsWith(u + '/') || r.url() === u)
      if (!ours && !r.url().startsWith('data:')) this.troubles.push(`a third party was asked: ${r.url()}`)
    })
    page.on('response', (r) => {
      if (r.status() >= 400 && !this.expected.has(r.status())) this.troubles.push(`${r.request().method()} ${r.url()}: ${r.status()}`)
      if (r.request().isNavigationRequest() && r.frame() === page.mainFrame()) this.document = r
    })
  }

  async leave() {
    await this.context.close()
    assert.deepEqual(this.troubles, [], 'nothing may go wrong unseen')
  }

  // path writes an address in the visitor's language.
  path(p) { return shop + (this.lang === 'en' ? '/en' + (p === '/' ? '' : p) : p) }
  go(p) { return this.page.goto(this.path(p)) }

  say(ko, en) { return this.lang === 'en' ? en : ko }
  won(n) { return new RegExp(n.toLocaleString('en-US')) }

  // form finds the form that leads to an address; send presses its button.
  form(action) { return this.page.locator(`form[action^="${this.path(action).slice(shop.length)}"]`).first() }
  async send(action, options) { await this.form(action).locator('button[type=submit]').first().click(options) }

  async arrivesAt(pattern) { await this.page.waitForURL(pattern) }
  async shows(text) { await this.page.getByText(text).first().waitFor() }

  // noSideways asserts that nothing is wider than the screen.
  async noSideways() {
    const [wide, has] = await this.page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth])
    assert.ok(wide <= has, `${this.page.url()} is ${wide} px wide on a screen of ${has} px`)
  }
}

// api asks the shop by JSON, as a stranger.
export async function api(path, lang = 'ko') {
  const answer = await fetch(shop + '/api/v1' + path, { headers: { 'Accept-Language': lang } })
  assert.equal(answer.status, 200, path)
  return answer.json()
}

// goods finds a product that a search for words shows and that fits, and a variant of it of which enough is left; skip passes over as many.
export async function goods(words, { lang = 'ko', skip = 0, fits = (p) => !p.sold_out, left = (n) => n > 10 } = {}) {
  const { products } = await api('/products?q=' + encodeURIComponent(words), lang)
  for (const { id } of products.filter(fits)) {
    const product = await api('/products/' + id, lang)
    const variant = product.variants.find((v) => left(v.available))
    if (variant && skip-- === 0) return { product, variant }
  }
  assert.fail(`nothing that fits is found for ${words}`)
}

// soldOut finds a product of which nothing is left.
export async function soldOut() {
  for (let next = ''; ;) {
    const { products, next_cursor } = await api('/products?limit=100&cursor=' + encodeURIComponent(next))
    const gone = products.find((p) => p.sold_out)
    if (gone) return gone.id
    assert.ok(next = next_cursor, 'the demo has something that is sold out')
  }
}

export async function available({ product, variant }) {
  const now = await api('/products/' + product.id)
  return now.variants.find((v) => v.sku === variant.sku).available
}

export const setPrice = (sku, won) => tell('price', { sku, won })
export const setStatus = (id, status) => tell('status', { id, status })
// setCompany approves a company, with prices of its own for one SKU and credit.
export const setCompany = (id, sku) => tell('company', { id, sku })

// tell does what the shop's owner may do.
async function tell(what, how) {
  const answer = await fetch(`${merchant}/${what}?${new URLSearchParams(how)}`, { method: 'POST' })
  assert.equal(answer.status, 200, await answer.text())
}

// captures returns how often the provider took money for an order, and what it kept.
export async function captures(number) {
  const { orders } = await (await fetch(simulator + '/ledger')).json()
  const mine = orders.filter((o) => o.order_id.startsWith(number + '-'))
  return {
    times: mine.reduce((n, o) => n + o.captures, 0),
    kept: mine.reduce((n, o) => n + o.captured - o.refunded, 0),
  }
}
