// What a page is looked at for: faults of accessibility, things that move by themselves, a focus that nobody can see, HTML that is none.
// eyes.test.mjs holds each of these against a page that has the fault.
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { promisify } from 'node:util'

const find = createRequire(import.meta.url).resolve
const axe = readFileSync(find('axe-core/axe.min.js'), 'utf8')

// violations returns what axe finds wrong, one line for each element. What it cannot decide is not among it.
export async function violations(page) {
  await page.evaluate(axe)
  const found = await page.evaluate(() => window.axe.run(document, {
    runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }, resultTypes: ['violations'],
  }))
  return found.violations.flatMap(({ id, nodes }) => nodes.map((n) =>
    `${id}: ${n.target.join(' ')}: ${[...n.any, ...n.all, ...n.none].map((c) => c.message).join('; ')}`))
}

// noteShifts runs before a page's own scripts and notes whatever moves on it. What moved within half a second of a key or a press is marked as recent.
export function noteShifts() {
  const seen = []
  const describe = ({ node, previousRect: was, currentRect: is }) => {
    const name = node?.nodeType === Node.TEXT_NODE ? node.parentElement : node
    return `${name ? name.localName + (name.id && '#' + name.id) + [...name.classList].map((c) => '.' + c).join('') : '?'} from ${was.x},${was.y} ${was.width}×${was.height} to ${is.x},${is.y} ${is.width}×${is.height}`
  }
  const note = (entries) => seen.push(...entries.map((e) => ({ value: e.value, recent: e.hadRecentInput, what: e.sources.map(describe) })))
  const observer = new PerformanceObserver((list) => note(list.getEntries()))
  observer.observe({ type: 'layout-shift', buffered: true })
  window.shiftsSoFar = async () => {
    for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame) // what is laid out now is told with the next
    note(observer.takeRecords())
    return seen
  }
  window.forgetShifts = async () => { (await window.shiftsSoFar()).length = 0 }
}

// shifts returns what has moved since the page began to load, or since all that was forgotten, and how far in all (CLS). What answers the visitor's own key or press is among it only if asked for.
export async function shifts(page, { answers = false } = {}) {
  const seen = (await page.evaluate(() => window.shiftsSoFar())).filter((s) => answers || !s.recent)
  return { sum: seen.reduce((n, s) => n + s.value, 0), what: seen.map((s) => `${s.value.toFixed(4)}: ${s.what.join(', ')}`) }
}

// focus describes what has the focus: its name, where it stands on the page, and what is wrong with how it shows itself ('' if nothing). It is null where nothing
// has the focus.
export function focus(page) {
  return page.evaluate(() => {
    const at = document.activeElement
    if (!at || at === document.body || at === document.documentElement) return null
    const own = at.labels?.length ? [...at.labels] : []
    const near = [at, ...own, ...own.flatMap((l) => [...l.querySelectorAll('*')])]

    const hex = (c) => { const [r, g, b, a = 1] = c.match(/[\d.]+/g).map(Number); return { r, g, b, a } }
    const light = ({ r, g, b }) => [r, g, b].map((v) => v / 255).map((v) => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4).reduce((n, v, i) => n + v * [.2126, .7152, .0722][i], 0)
    const contrast = (a, b) => { const [x, y] = [light(a), light(b)].sort((m, n) => n - m); return (x + .05) / (y + .05) }
    const ground = (e) => { for (; e; e = e.parentElement) { const c = hex(getComputedStyle(e).backgroundColor); if (c.a > .5) return c } return { r: 255, g: 255, b: 255 } }
    const shown = (e) => { const b = e.getBoundingClientRect(); return b.width > 8 && b.height > 8 && e.checkVisibility({ opacityProperty: true, visibilityProperty: true }) }
    const ringed = near.some((e) => {
      const s = getComputedStyle(e)
      const behind = ground(parseFloat(s.outlineOffset) < 0 ? e : e.parentElement)
      return shown(e) && s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2 && contrast(hex(s.outlineColor), behind) >= 3
    })

    const mark = near.find(shown) ?? at
        const bare = [...mark.getClientRects()].some((r) => [[.5, .5], [.1, .5], [.9, .5], [.5, .1], [.5, .9]].some(([x, y]) => {
      const top = document.elementFromPoint(r.left + r.width * x, r.top + r.height * y)
      return near.some((e) => e.contains(top))
    }))

    // Where it stands on the page, whatever is scrolled or sticks to the screen.
    const stuck = []
    for (let e = mark; e; e = e.parentElement) if (getComputedStyle(e).position === 'sticky') { stuck.push(e); e.style.position = 'relative' }
    const place = mark.getBoundingClientRect()
    let [left, top] = [place.left, place.top]
    for (let e = mark.parentElement; e; e = e.parentElement) { left += e.scrollLeft; top += e.scrollTop }
    for (const e of stuck) e.style.position = ''
    const name = (at.getAttribute('aria-label') || own.map((l) => l.textContent).join(' ') || at.textContent || at.name || '').replace(/\s+/g, ' ').trim()
    return {
      name: `${at.localName}${at.type ? '[' + at.type + ']' : ''} ${name.slice(0, 60)}`,
      box: { left: Math.round(left), top: Math.round(top), right: Math.round(left + place.width), bottom: Math.round(top + place.height) },
      within: at.closest('dialog, #filters')?.id ?? null,
      wrong: !ringed ? 'nothing shows that it has the focus' : !bare ? 'it is hidden behind something' : '',
    }
  })
}

// What the Nu HTML checker says of rel="expect", which HTML has had since 2024 and the checker has not yet.
const outdated = 'A “link” element with a “blocking” attribute must have a “rel” attribute whose value is “stylesheet”.'

// html returns what the Nu HTML checker has against the files in a folder: errors, and warnings apart.
export async function html(folder) {
  const { stdout } = await promisify(execFile)('java', ['-jar', find('vnu-jar/build/dist/vnu.jar'), '--format', 'json', '--stdout', '--exit-zero-always', folder],
    { maxBuffer: 1 << 28 })
  const messages = JSON.parse(stdout).messages.filter((m) => m.message !== outdated || !m.extract.includes('rel="expect"'))
  const lines = (kind) => messages.filter(kind).map((m) => `${m.url.split('/').at(-1)}:${m.lastLine}: ${m.message} ${(m.extract || '').replace(/\s+/g, ' ')}`)
  const error = (m) => m.type === 'error' || m.type === 'non-document-error'
  return { errors: lines(error), warnings: lines((m) => !error(m)) }
}
