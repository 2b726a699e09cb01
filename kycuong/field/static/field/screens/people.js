// Whom a finding concerns: typed without accents, chosen with one tap; a name only where somebody must answer.

import { button, h, notice, para, put, unique } from "./dom.js";
import { body } from "./frame.js";
import { phone } from "./phone.js";
import { flush, line } from "./typing.js";
import { offer } from "./undo.js";
import { gone, locked } from "./visit.js";
import { visitOf } from "./visit_model.js";
import { categories, folded, listed } from "./words.js";
import { theirs, vi } from "../speaking.js";

const SHOWN = 8

export async function people(uid, key) {
  const visit = await visitOf(uid)
  if (!visit) return gone()
  if (visit.locked) return locked(visit)
  const found = visit.finding(key)
  const back = visit.criterion(key) ? `#/visit/${uid}/group/${visit.groupOf(key)}?${key}` : `#/visit/${uid}/findings`
  if (!found) return gone(back)
  const list = h("div", { class: "stack" })
  const draw = () => put(list, visit.people(key).map(([id, value]) => row(visit, id, value, draw)))
  draw()
  return {
    title: vi`Ai liên quan`, lead: [key.length < 12 && `${key}. `, theirs(found.description)], back,
    body: body(list, form(visit, key, draw)),
    foot: h("a", { class: "tap tap-primary", href: back, text: vi`Xong` }),
  }
}

function row(visit, id, value, draw) {
  const take = async () => {
    await visit.unsay(`v/${id}`)
    draw()
    offer(vi`Đã bỏ người này`, async () => { await visit.say(`v/${id}`, value); draw() })
  }
  const [who, gone] = [unique("who"), unique("gone")]
  const name = { class: "strong", ...(value.name ? { id: who } : {}) }
  return h("div", { class: "panel beside" },
    h("div", {}, para(theirs(value.name) || vi`Không ghi tên`, name), para(listed(categories()[value.category], theirs(value.position)), value.name ? {} : { id: who })),
    button(vi`Bỏ`, take, { kind: "quiet", sign: "trash", id: gone, "aria-labelledby": `${gone} ${who}` }))
}

function form(visit, key, draw) {
  const known = (visit.pack.people ?? []).map((one) => ({ ...one, key: folded(`${one.name} ${one.position}`) }))
  const chosen = { category: "civil_servant" }
  const hits = h("ul", { class: "hits", "aria-label": vi`Người của đơn vị` })
  const told = h("p", { class: "help", role: "status" })
  const position = line(vi`Chức vụ, vị trí việc làm`, { maxlength: "200" })
  const name = line(vi`Họ tên (chỉ ghi khi phải làm rõ trách nhiệm)`, { maxlength: "100" })
  const search = line(vi`Tìm người của đơn vị`, { type: "search", placeholder: vi`Gõ tên hoặc chức vụ, không cần dấu`, enterkeyhint: "search" })
  const find = () => {
    const words = folded(search.box.value).split(" ").filter(Boolean)
    const fit = words.length ? known.filter((one) => words.every((word) => one.key.includes(word))) : []
    told.textContent = !words.length ? vi`Có ${known.length} người trong danh sách của đơn vị.` : fit.length ? vi`${fit.length} người` : vi`Không thấy: hãy ghi chức vụ bên dưới.`
    put(hits, fit.slice(0, SHOWN).map((one) => h("li", {}, button(theirs(`${one.name}, ${one.position}`), () => {
      position.box.value = one.position
      name.box.value = one.name
      put(hits)
      told.textContent = vi`Đã điền bên dưới.`
    }, { kind: "plain", sign: "person" }))))
  }
  search.box.addEventListener("input", find) // reading only: what is being composed stays as it is
  find()
  const kinds = h("div", { class: "choices", role: "group", "aria-label": vi`Đối tượng` })
  const drawKinds = () => put(kinds, Object.entries(categories()).map(([code, label]) =>
    button(label, () => { chosen.category = code; drawKinds() }, { kind: "answer answer-none", "aria-pressed": String(chosen.category === code) })))
  drawKinds()
  const keep = async () => {
    const value = { finding: key, category: chosen.category, position: position.box.value.normalize("NFC").trim(), name: name.box.value.normalize("NFC").trim() }
    position.wrong(value.position ? "" : vi`Hãy ghi chức vụ hoặc vị trí việc làm.`)
    if (!value.position) { position.box.focus(); return }
    await flush()
    await visit.say(`v/${phone.uuid()}`, value)
    for (const box of [search.box, position.box, name.box]) box.value = ""
    find()
    draw()
  }
  return h("div", { class: "stack" }, known.length ? [search, told, hits] : notice("info", "", para(vi`Danh sách người của đơn vị chưa có trên máy. Vẫn ghi tay được.`)),
    h("h2", { text: vi`Đối tượng` }), kinds, position, name, button(vi`Thêm người này`, keep, { sign: "plus" }))
}
