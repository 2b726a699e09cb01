// Vietnamese or English on this phone, as at the foot of the office's pages: at the gate and on the screen of the phone itself.

import { button, h, put } from "./dom.js";
import { choose, language, verbatim, vi } from "../speaking.js";

const NAMES = { vi: verbatim`Tiếng Việt`, en: "English" }

/** The choice; what is being typed on the screen stays (app.js). */
export function languages() {
  const told = h("p", { class: "help", role: "status", hidden: true })
  const take = async (code) => {
    told.hidden = await choose(code)
    if (!told.hidden) put(told, vi`Chưa tải được tiếng Anh: cần mạng một lần.`, " ", h("span", { lang: "en", text: "English could not be fetched: it takes a network once." }))
  }
  const all = Object.entries(NAMES).map(([code, name]) =>
    button(name, () => take(code), { kind: "chip", lang: code, "data-language": code, "aria-pressed": String(code === language()) }))
  return h("div", { class: "stack" }, h("div", { class: "chips", role: "group", "aria-label": vi`Ngôn ngữ` }, all), told)
}
