// Looks at a page of a visitor: whether what must be true of all pages is true of it, its picture, and its HTML for the checker.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { shifts, violations } from './eyes.mjs'
import { out } from './visitor.mjs'

export const pictures = join(out, 'screenshots'), documents = join(out, 'html')

export const widths = [360, 768, 1440], widest = 1440

// Pictures of former runs stay until they are taken again; documents of former runs would be checked, and go.
export function prepare() {
  rmSync(documents, { recursive: true, force: true })
  for (const folder of [pictures, documents]) mkdirSync(folder, { recursive: true })
}

// look notes everything that is wrong with the page among the visitor's troubles, so that one run tells all. Its picture is of the whole page, or with part of
// what the screen shows. With still, not even what the visitor has done may have moved anything.
export async function look(v, name, { part = false, still = false } = {}) {
  const page = v.page, file = `${name}-${v.lang}-${page.viewportSize().width}`
  const wrong = (...what) => v.troubles.push(...what.map((w) => `${file}: ${w}`))
  if (page.viewportSize().width === widest) writeFileSync(join(documents, file + '.html'), await v.document.text()) // the same for all
  writeFileSync(join(documents, file + '.live.html'), await page.content())
  await loaded(page)

  const { sum, what } = await shifts(page, { answers: still })
  if (sum >= 0.001) wrong(`moved by itself by ${sum.toFixed(4)}: ${what.join(' | ')}`)
  wrong(...(await violations(page)).map((t) => `axe: ${t}`), ...await plain(page, v.lang))
  await page.screenshot({ path: join(pictures, file + '.png'), fullPage: !part })
  await page.evaluate(() => window.forgetShifts()) // a picture of the whole page moves it
}

// loaded waits for all pictures, also those far below.
function loaded(page) {
  return page.evaluate(async () => {
    for (const i of document.images) i.loading = 'eager'
    await Promise.all([...document.images].map((i) => i.decode().catch(() => {})))
  })
}

// plain returns what anybody can see to be wrong.
async function plain(page, lang) {
  const found = await page.evaluate(() => ({
    lang: document.documentElement.lang, title: document.title, h1: document.querySelectorAll('h1').length,
    wide: document.documentElement.scrollWidth, screen: window.innerWidth,
    nameless: [...document.images].filter((i) => !i.hasAttribute('alt')).map((i) => i.src),
    broken: [...document.images].filter((i) => i.naturalWidth === 0).map((i) => i.src),
    unlabelled: [...document.querySelectorAll('input:not([type=hidden])')].filter((i) => i.labels.length === 0).map((i) => i.name),
    repeated: [...document.querySelectorAll('[id]')].map((e) => e.id).filter((id, n, all) => all.indexOf(id) !== n),
  }))
  const wrong = []
  if (found.lang !== lang) wrong.push(`the page's language is ${found.lang}`)
  if (found.title === '') wrong.push('no title')
  if (found.h1 !== 1) wrong.push(`${found.h1} headings of the first level`)
  if (found.wide > found.screen) wrong.push(`${found.wide} px wide on a screen of ${found.screen} px`)
  for (const kind of ['nameless', 'broken', 'unlabelled', 'repeated']) if (found[kind].length) wrong.push(`${kind}: ${found[kind]}`)
  return wrong
}
