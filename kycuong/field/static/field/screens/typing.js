// Typing in Vietnamese is never disturbed: the page reads a box and does not write into it while somebody composes. What is
// typed is kept a moment after the last key, when the box is left, and before the page is hidden.

import { h, unique } from "./dom.js";
import * as status from "./status.js";
import { language, vi } from "../speaking.js";

const PAUSE = 700
const waiting = new Set()
const underWay = new Set()
const refused = new Map() // boxes whose text could not be kept, each with how to give it up
const waysOut = () => ({
  StorageFull: vi`Máy đã đầy. Hãy xóa bớt ảnh, video khác trên máy, rồi bấm «Lưu lại».`,
  Signed: vi`Biên bản đã ký nên không ghi thêm được. Hãy chép ra nơi khác nếu cần, rồi lập biên bản bổ sung.`,
  Outdated: vi`Ứng dụng vừa có bản mới ở thẻ khác. Hãy chép ra nơi khác, rồi tải lại trang.`,
})
const tryAgain = () => vi`Đừng đóng trang này. Hãy bấm «Lưu lại»; nếu vẫn không được, hãy chép ra nơi khác.`

/** Something that was typed is not on this phone: whatever would replace its box must not go on. */
export class Unkept extends Error {
  name = "Unkept"
}

/**
 * Everything that is still being typed, kept now: before the camera opens, a screen changes or the page is hidden.
 * @returns {Promise<void>} fails with Unkept
 */
export async function flush() {
  for (const keep of [...waiting]) void keep()
  await Promise.all([...underWay]) // those that a box has begun by being left, too
  if (refused.size) throw new Unkept([...refused.values()][0].told)
}

/** Whether something that was typed could not be kept: the page must not go now. */
export const unkept = () => refused.size > 0

/** Give up what could not be kept: somebody has read that and agrees. */
export function abandon() {
  for (const { drop } of [...refused.values()]) drop()
  refused.clear()
  settled()
}

/** The phone is locked: boxes of this screen are nobody's any more. */
export function forget() {
  waiting.clear()
  abandon()
}

const quietly = () => void flush().catch(() => null) // it is told where it is typed
document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && quietly())
addEventListener("pagehide", quietly)
addEventListener("beforeunload", (leaving) => { if (unkept()) leaving.preventDefault() })
addEventListener("field:locked", forget)

function settled() {
  if (refused.size) return
  status.settled()
  dispatchEvent(new Event("field:kept"))
}

/** Calls `save(text)` with what stands in the box, composed (NFC), whenever it changed. */
export function keeping(box, save) {
  let timer = 0
  let composing = false
  let last = box.value
  let saving = 0
  let going = Promise.resolve()
  const keep = () => {
    clearTimeout(timer)
    waiting.delete(keep)
    going = going.then(async () => {
      const text = box.value.normalize("NFC")
      if (text === last) return
      last = text
      saving += 1
      try {
        await save(text)
        if (refused.delete(box)) settled()
        if (waiting.size) status.typed() // another box is not kept yet, and the line must not say that all is
      } catch (fault) {
        last = null // not kept: the next key, leaving the box or the page tries again
        waiting.add(keep)
        refuse(fault)
      } finally {
        saving -= 1
      }
    })
    const mine = going
    underWay.add(mine)
    return mine.finally(() => underWay.delete(mine))
  }
  const refuse = (fault) => {
    const known = waysOut()
    const told = known[fault?.name] ?? tryAgain()
    refused.set(box, { told, drop: () => { last = box.value.normalize("NFC"); waiting.delete(keep) } })
    status.unkept()
    dispatchEvent(new CustomEvent("field:unkept", { detail: { text: told } }))
    if (!(fault?.name in known)) console.info(fault)
  }
  const soon = () => {
    status.typed()
    waiting.add(keep)
    clearTimeout(timer)
    if (!composing) timer = setTimeout(keep, PAUSE)
  }
  box.addEventListener("compositionstart", () => { composing = true; clearTimeout(timer) })
  box.addEventListener("compositionend", () => { composing = false; soon() })
  box.addEventListener("input", soon)
  box.addEventListener("blur", () => { composing = false; if (waiting.has(keep)) void keep() })
  /** The program writes into the box what stands already: it is not typed, and not said once more. Never over what is typed. */
  keep.show = (text) => {
    if (saving || composing || waiting.has(keep)) return
    box.value = text
    last = text.normalize("NFC")
  }
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
  place.show = (text) => place.keep.show(text)
  place.wrong = (text) => {
    fault.textContent = text
    fault.hidden = !text
    box.setAttribute("aria-invalid", text ? "true" : "false")
  }
  return place
}

/** What people write here is recorded as they write it: in Vietnamese, whatever the screen speaks. */
const recorded = () => language() === "en" && "vi"

export function line(label, { value = "", save = null, help = "", ...more } = {}) {
  return held(label, h("input", { type: "text", value, autocomplete: "off", lang: more.maxlength && recorded(), ...more }), { help, save })
}

export function area(label, { value = "", save = null, help = "", rows = 3, ...more } = {}) {
  const box = h("textarea", { rows, lang: recorded(), ...more })
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
    place.wrong(text.trim() && number === null ? vi`Hãy viết một số nguyên, ví dụ 12.` : "")
    await save(number)
  })
  const step = (by) => {
    box.value = String(Math.max(0, (read() ?? (by > 0 ? 0 : 1)) + by))
    status.typed()
    return keep()
  }
  const less = h("button", { type: "button", class: "step", "aria-label": vi`Bớt một: ${label}`, text: "−", on: { click: () => step(-1) } })
  const more = h("button", { type: "button", class: "step", "aria-label": vi`Thêm một: ${label}`, text: "+", on: { click: () => step(1) } })
  const row = h("div", { class: "count" })
  box.replaceWith(row)
  row.append(less, box, more)
  place.read = read
  place.show = (number) => keep.show(number === null || number === undefined ? "" : String(number))
  place.set = (number) => { box.value = number === null ? "" : String(number); return keep() }
  return place
}
