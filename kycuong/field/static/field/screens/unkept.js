// What was typed and could not be kept is told until it is: the box stays on the screen, and the way out is in words.

import { abandon, flush } from "./typing.js";
import { banner, go } from "./frame.js";
import { button, notice, para } from "./dom.js";
import { vi } from "../speaking.js";

let towards = null
let shown = null

function told({ detail: { text, to } }) {
  towards = to ?? towards
  if (text === shown && document.querySelector("[data-key=unkept]")) return // a button that is replaced under a finger loses the tap
  shown = text
  banner("unkept", () => notice("late", vi`Chữ vừa gõ chưa lưu được.`, para(text),
    button(vi`Lưu lại`, () => flush(), { kind: "primary" }),
    button(vi`Bỏ phần chưa lưu`, leave, { kind: "quiet" })))
}

function leave() {
  const to = towards
  abandon()
  if (to !== null) go(to)
  else dispatchEvent(new Event("field:redraw")) // what stands on the disk is shown again
}

addEventListener("field:unkept", told)
addEventListener("field:kept", () => { towards = shown = null; banner("unkept", null) })
