// Typing in Vietnamese is never disturbed: the page reads a box and does not write into it while somebody composes. What is
// typed is kept a moment after the last key, when the box is left, and before the page is hidden.

import { h, unique } from "./dom.js";
import { typed } from "./status.js";

const PAUSE = 700
const waiting = new Set()
const refused = new Set()

/** Everything that is still being typed, kept now: before the camera opens, a screen changes or the page is hidden. */
export async function flush() {
  await Promise.all([...waiting].map((keep) => keep()))
}

/** Whether something that was typed and can be seen could not be kept: the page must not go now. */
export const unkept = () => [...refused].some((box) => box.isConnected)

document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && void flush())
addEventListener("pagehide", () => void flush())

/** Calls `save(text)` with what stands in the box, composed (NFC), whenever it changed. */
export function keeping(box, save) {
  let timer = 0
  let composing = false
  let last = box.value
  let going = Promise.resolve()
  const keep = () => {
    clearTimeout(timer)
    waiting.delete(keep)
    going = going.then(async () => {
      const text = box.value.normalize("NFC")
      if (text === last) return
      last = text
      try {
        await save(text)
        refused.delete(box)
        if (waiting.size) typed() // another box is not kept yet, and the line must not say that all is
      } catch (fault) {
        refused.add(box)
        last = null // not kept: the next key, leaving the box or the page tries again
        waiting.add(keep)
        dispatchEvent(new CustomEvent("field:fault", { detail: fault }))
      }
    })
    return going
  }
  const soon = () => {
    typed()
    waiting.add(keep)
    clearTimeout(timer)
    if (!composing) timer = setTimeout(keep, PAUSE)
  }
  box.addEventListener("compositionstart", () => { composing = true; clearTimeout(timer) })
  box.addEventListener("compositionend", () => { composing = false; soon() })
  box.addEventListener("input", soon)
  box.addEventListener("blur", () => { composing = false; if (waiting.has(keep)) void keep() })
  return keep
}

function held(label, box, { help = "", save = null, wrong = "" }) {
  const id = unique("box")
  box.id = id
  const told = [help && `${id}-help`, `${id}-wrong`].filter(Boolean).join(" ")
  box.setAttribute("aria-describedby", told)
  const fault = h("p", { id: `${id}-wrong`, class: "wrong", text: wrong, hidden: !wrong })
  const place = h("div", { class: "box" },
    h("label", { for: id, text: label }), help && h("p", { id: `${id}-help`, class: "help", text: help }), box, fault)
  place.box = box
  place.keep = save ? keeping(box, save) : null
  place.wrong = (text) => {
    fault.textContent = text
    fault.hidden = !text
    box.setAttribute("aria-invalid", text ? "true" : "false")
  }
  return place
}

export function line(label, { value = "", save = null, help = "", ...more } = {}) {
  return held(label, h("input", { type: "text", value, autocomplete: "off", ...more }), { help, save })
}

export function area(label, { value = "", save = null, help = "", rows = 3, ...more } = {}) {
  const box = h("textarea", { rows, ...more })
  box.value = value ?? ""
  return held(label, box, { help, save })
}

/** A count: typed on the numeric keys, or one more and one less with the thumb. `save` gets a number or null. */
export function count(label, { value = null, save, most = 1_000_000 } = {}) {
  const box = h("input", { type: "text", inputmode: "numeric", autocomplete: "off", maxlength: "7", class: "count-box",
    value: value === null || value === undefined ? "" : String(value) })
  const place = held(label, box, {})
  const read = () => (/^\d{1,7}$/.test(box.value.trim()) ? Math.min(Number(box.value), most) : null)
  const keep = keeping(box, async (text) => {
    const number = read()
    place.wrong(text.trim() && number === null ? "Hãy viết một số nguyên, ví dụ 12." : "")
    await save(number)
  })
  const step = (by) => {
    box.value = String(Math.max(0, (read() ?? (by > 0 ? 0 : 1)) + by))
    typed()
    return keep()
  }
  const less = h("button", { type: "button", class: "step", "aria-label": `Bớt một: ${label}`, text: "−", on: { click: () => step(-1) } })
  const more = h("button", { type: "button", class: "step", "aria-label": `Thêm một: ${label}`, text: "+", on: { click: () => step(1) } })
  const row = h("div", { class: "count" })
  box.replaceWith(row)
  row.append(less, box, more)
  place.read = read
  place.set = (number) => { box.value = number === null ? "" : String(number); return keep() }
  return place
}
