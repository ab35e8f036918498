// Hands on a keyboard: no pointer, and at every step it must be seen where they are.
import assert from 'node:assert/strict'
import { focus } from './eyes.mjs'

const most = 150 // stops on one page

// here returns what has the focus, and fails if that cannot be seen.
export async function here(v) {
  const at = await focus(v.page)
  assert.ok(at, `nothing has the focus on ${v.page.url()}`)
  assert.equal(at.wrong, '', `${at.name} on ${v.page.url()}`)
  return at
}

// to presses Tab until that element has the focus; it must come further on, not behind.
export async function to(v, target) {
  const passed = []
  while (passed.length < most) {
    await v.page.keyboard.press('Tab')
    if (await focus(v.page) === null) break // the page's end
    passed.push((await here(v)).name)
    if (await has(target)) return
  }
  assert.fail(`${target} is not reached on ${v.page.url()}, only: ${passed.join(' · ')}`)
}

export const has = (target) => target.evaluate((e) => e === document.activeElement)

// pick chooses one of a group of radio buttons: Space takes the first, arrows go on.
export async function pick(v, name, value) {
  const group = v.page.locator(`main [name="${name}"]`), wanted = v.page.locator(`main [name="${name}"][value="${value}"]`)
  await to(v, group.and(v.page.locator(':focus')).or(group.first()).first())
  await v.page.keyboard.press('Space')
  for (let n = await group.count(); n > 0 && !await wanted.isChecked(); n--) {
    await v.page.keyboard.press('ArrowRight')
    await here(v)
  }
  assert.ok(await wanted.isChecked(), `${name} ${value} is chosen`)
}

// stops presses Tab from where the keyboard is to the page's end and returns every stop. A page is walked once.
export async function stops(v) {
  const all = []
  while (all.length < most) {
    await v.page.keyboard.press('Tab')
    if (await focus(v.page) === null) return all
    const before = await v.page.evaluate(() => (window.stoppedAt ??= new Set()).size === window.stoppedAt.add(document.activeElement).size)
    if (before) return all // it begins again
    all.push(await here(v))
  }
  assert.fail(`${v.page.url()} has no end: ${all.map((s) => s.name).join(' · ')}`)
}

// missed returns what stops passed over: everything that can be pressed or filled in, but of a group of radio buttons only one.
export function missed(v) {
  return v.page.evaluate(() => {
    const groups = new Set([...window.stoppedAt].filter((e) => e.type === 'radio').map((e) => e.name))
    return [...document.querySelectorAll('a[href], button, input, summary, [tabindex="0"]')]
      .filter((e) => e.checkVisibility({ visibilityProperty: true }) && !e.disabled && e.type !== 'hidden' && e.tabIndex >= 0)
      .filter((e) => !window.stoppedAt.has(e) && !(e.type === 'radio' && groups.has(e.name))).map((e) => e.outerHTML.slice(0, 120))
  })
}

// jumps returns the steps that go back, up or to the left, where a reader goes on to the right or down.
export function jumps(all) {
  const slack = 8
  return all.slice(1).flatMap((next, i) => {
    const [a, b] = [all[i].box, next.box]
    const on = b.top >= a.bottom - slack || b.left >= a.right - slack || (b.top >= a.top - slack && b.left >= a.left - slack)
    return on ? [] : [`from ${all[i].name} (${a.left},${a.top}) back to ${next.name} (${b.left},${b.top})`]
  })
}
