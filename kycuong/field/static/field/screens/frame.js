// What stands around every screen: where one is, the way back, the status line, one large step forward at the thumb.

import { add, h, icon, put } from "./dom.js";
import { line as statusLine } from "./status.js";
import { clear, place as undoPlace } from "./undo.js";
import { flush } from "./typing.js";
import { verbatim, vi } from "../speaking.js";

const back = h("a", { class: "head-back", href: "#/" }, icon("back"))
const title = h("h1", { class: "head-title", tabindex: "-1" })
const lead = h("p", { class: "head-lead" })
const banners = h("section", { class: "banners" })
const skip = h("a", { class: "skip", href: "#main", on: { click: (press) => { press.preventDefault(); title.focus() } } })
const standing = new Map() // what makes each banner
const main = h("main", { id: "main", class: "main" })
const foot = h("footer", { class: "foot" })
const head = h("header", { class: "head" }, h("div", { class: "head-row" }, back, h("div", { class: "head-words" }, title, lead)), statusLine)

const PRODUCT = verbatim`Kỷ Cương`
let arrived = null
let turn = 0

/** Puts the frame into the page, once. */
export function build(root) {
  put(root, skip, head, banners, main, undoPlace, foot)
  name()
  addEventListener("field:language", () => {
    name()
    for (const [key, make] of standing) banner(key, make)
  })
}

/** What is not drawn anew with every screen. */
function name() {
  back.setAttribute("aria-label", vi`Quay lại`)
  banners.setAttribute("aria-label", vi`Cần biết`)
  put(skip, vi`Tới nội dung`)
}

/** Shows a screen: {title, lead, back, body, foot, status, keep}; title and lead are texts, or lists of texts and nodes. `keep`: the same screen drawn anew, scrolled as it was. */
export function show(screen, { keep = false } = {}) {
  const top = scrollY
  put(title, screen.title)
  document.title = `${title.textContent} · ${PRODUCT}`
  put(lead, screen.lead)
  lead.hidden = !screen.lead
  back.hidden = !screen.back
  if (screen.back) back.href = screen.back
  statusLine.hidden = screen.status === false
  put(main, screen.body)
  put(foot, screen.foot ?? [])
  foot.hidden = !foot.childElementCount
  if (keep) { scrollTo(0, top); return }
  scrollTo(0, 0)
  title.focus({ preventScroll: true })
}

/** The line under the title, as it changes while one works. */
export function leadWith(text) {
  put(lead, text)
}

/** What must be seen on every screen: a new version, another person's waiting items, a phone that was revoked. `make` makes it, in the language spoken. */
export function banner(key, make) {
  banners.querySelector(`[data-key="${key}"]`)?.remove()
  if (!make) { standing.delete(key); return }
  standing.set(key, make)
  banners.append(h("div", { "data-key": key }, make()))
}

/** Another person works here: what was told to the one before is taken away; what concerns the app itself stays. */
export function sweep(...stay) {
  for (const one of [...banners.children]) if (!stay.includes(one.dataset.key)) banner(one.dataset.key, null)
}

/** Places by pattern: `routes` are [RegExp, async (…groups) → screen]. */
export function router(routes, ready) {
  const draw = async (keep = false) => {
    const mine = ++turn
    const path = location.hash.replace(/^#/, "") || "/"
    if (!(await mayGo(path, keep))) return
    if (!keep) clear()
    const gate = await ready(path)
    const found = gate ? [gate, []] : match(routes, path)
    const screen = await found[0](...found[1])
    if (mine !== turn || !screen) return // somebody has gone on meanwhile
    arrived = path
    show(screen, { keep })
  }
  addEventListener("hashchange", () => draw().catch(told))
  return (keep = false) => draw(keep).catch(told)
}

/** No screen takes the place of a box whose text is not kept: one stays where one was, and is told. */
async function mayGo(path, keep) {
  try {
    await flush()
    return true
  } catch (fault) {
    if (fault.name !== "Unkept") throw fault
    if (keep) return false
    if (arrived !== null && arrived !== path) history.replaceState(null, "", `#${arrived}`)
    dispatchEvent(new CustomEvent("field:unkept", { detail: { text: fault.message, to: path } }))
    return false
  }
}

function match(routes, path) {
  for (const [pattern, make] of routes) {
    const found = pattern.exec(path)
    if (found) return [make, found.slice(1).map((part) => (part === undefined ? part : decodeURIComponent(part)))]
  }
  return [routes[0][1], []]
}

function told(fault) {
  dispatchEvent(new CustomEvent("field:fault", { detail: fault }))
}

export function go(path) {
  if (location.hash === `#${path}`) dispatchEvent(new HashChangeEvent("hashchange"))
  else location.hash = path
}

export function at() {
  return arrived
}

/** Whether somebody is writing just now, so that nothing may be drawn anew under the fingers. */
export function busy() {
  return Boolean(document.activeElement?.matches("input:not([type=file], [type=checkbox]), textarea")) || Boolean(document.querySelector("dialog[open]"))
}

export function body(...children) {
  const made = h("div", { class: "stack" })
  add(made, children)
  return made
}

/** Draws the screen anew in another language: what is being typed in a box that has a name, and the place, stay. */
export async function retold(draw) {
  const typed = [...main.querySelectorAll("input[name]")].map((box) => [box.name, box.value])
  const held = document.activeElement?.dataset.language
  await draw(true)
  for (const [name, text] of typed) {
    const box = main.querySelector(`input[name="${name}"]`)
    if (box) box.value = text
  }
  if (held) main.querySelector(`[data-language="${held}"]`)?.focus()
}
