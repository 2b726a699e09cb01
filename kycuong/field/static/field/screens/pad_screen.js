// The pad over the whole screen: wide when the phone is turned, with clear and redo, and the screen stays awake.

import { button, h } from "./dom.js";
import { HEIGHT, WIDTH, drawn, pad as padOn } from "../pad.js";
import { vi } from "../speaking.js";

/** Strokes that somebody wrote, or null when they went back without signing. */
export function openPad(label) {
  return new Promise((done) => {
    const place = h("div", { class: "pad-place" })
    const sheet = h("dialog", { class: "pad-sheet", "aria-label": label })
    let awake = null
    let pad = null
    const locked = () => {
      pad?.clear()
      close(null)
    }
    const close = (strokes) => {
      removeEventListener("field:locked", locked)
      void awake?.release().catch(() => {})
      if (document.fullscreenElement) void document.exitFullscreen().catch(() => {})
      pad?.stop()
      sheet.close()
      sheet.remove()
      done(strokes)
    }
    const keep = button(vi`Dùng chữ ký này`, () => { if (!pad.empty()) close(pad.strokes()) }, { kind: "primary", sign: "check" })
    const clear = button(vi`Xóa, ký lại`, () => pad.clear(), { kind: "plain", sign: "trash" })
    const leave = button(vi`Quay lại`, () => close(null), { kind: "plain", sign: "back" })
    sheet.append(h("p", { class: "pad-told", text: vi`${label}. Xoay ngang máy để ký rộng hơn.` }), place, h("div", { class: "pad-tools" }, leave, clear, keep))
    sheet.addEventListener("cancel", (press) => { press.preventDefault(); close(null) })
    addEventListener("field:locked", locked) // no hand stays to be seen over the lock
    document.body.append(sheet)
    sheet.showModal()
    void turn(sheet)
    void navigator.wakeLock?.request("screen").then((lock) => { awake = lock }).catch(() => {})
    pad = padOn(place)
  })
}

async function turn(sheet) {
  try {
    await sheet.requestFullscreen()
    await screen.orientation.lock("landscape")
  } catch {
    // a phone that does not turn by itself is turned by hand; the pad works either way
  }
}

/** A signature as it was written. */
export function drawing(strokes, label) {
  const svg = drawn(strokes)
  const [xs, ys] = [strokes.flat().map((one) => one.x), strokes.flat().map((one) => one.y)]
  const [left, top] = [Math.min(0, ...xs) - 8, Math.min(0, ...ys) - 8] // a hand goes beyond the frame where there is room
  svg.setAttribute("viewBox", `${left} ${top} ${Math.max(WIDTH, ...xs) - left + 8} ${Math.max(HEIGHT, ...ys) - top + 8}`)
  svg.setAttribute("class", "signature")
  svg.setAttribute("role", "img")
  svg.setAttribute("aria-label", label)
  return svg
}
