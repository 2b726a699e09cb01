// Whatever was taken away can be had back for ten seconds, by one large button; no question is asked before.

import { button, h, put } from "./dom.js";
import { vi } from "../speaking.js";

const SECONDS = 10
export const place = h("div", { class: "undo", role: "status" })
let timer = 0

export function offer(text, back) {
  clearTimeout(timer)
  put(place, h("span", { text }), button(vi`Hoàn tác`, async () => { put(place); await back() }, { kind: "undo" }))
  timer = setTimeout(() => put(place), SECONDS * 1000)
}

export function say(text) {
  clearTimeout(timer)
  put(place, h("span", { text }))
  timer = setTimeout(() => put(place), 5000)
}

addEventListener("field:locked", clear) // an offer holds what was taken away

export function clear() {
  clearTimeout(timer)
  put(place)
}
