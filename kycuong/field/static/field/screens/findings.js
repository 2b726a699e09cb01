// Shortcomings beyond the checklist: what, how grave, until when to be mended, whom they concern.

import { button, h, linkButton, notice, para, put } from "./dom.js";
import { body, go } from "./frame.js";
import { phone } from "./phone.js";
import { area, line } from "./typing.js";
import { offer } from "./undo.js";
import { gone, locked, steps } from "./visit.js";
import { visitOf } from "./visit_model.js";
import { severities, day, daysAfter, isoDay } from "./words.js";
import { theirs, vi } from "../speaking.js";

/** The usual term: half a month for what is serious, a month for the rest. */
function usualTerm(visit, severity) {
  return daysAfter(visit.pack.visited_on, severity >= 3 ? 15 : 30)
}

export async function findings(uid) {
  const visit = await visitOf(uid)
  if (!visit) return gone()
  if (visit.locked) return locked(visit)
  const fresh = phone.uuid()
  const next = steps(visit).at(-1)
  const short = visit.findings.filter((one) => one.answered)
  const more = visit.findings.filter((one) => !one.answered)
  return {
    title: vi`Tồn tại khác`, lead: theirs(visit.name), back: `#/visit/${uid}`,
    body: body(para(vi`Tồn tại ngoài các tiêu chí của phiếu, nếu có.`),
      more.map((one) => item(visit, one)),
      linkButton(`#/visit/${uid}/finding/${fresh}`, vi`Thêm tồn tại`, { sign: "plus" }),
      short.length ? h("h2", { text: vi`Từ các câu chưa đạt` }) : null,
      short.map((one) => item(visit, one))),
    foot: h("div", { class: "foot-steps" }, linkButton(`#/visit/${uid}`, vi`Về lượt`), linkButton(next.href, vi`Tiếp`, { kind: "primary", sign: "next" })),
  }
}

function item(visit, one) {
  const people = visit.people(one.key).length
  const edit = one.answered ? `#/visit/${visit.uid}/group/${visit.groupOf(one.code)}?${one.code}` : `#/visit/${visit.uid}/finding/${one.key}`
  return h("section", { class: "panel stack" },
    h("p", { class: "finding-head" }, one.code && h("span", { class: "ask-code", text: one.code }), h("span", { class: "mark mark-late", text: severities()[one.severity] ?? "" }),
      one.due_on && h("span", { text: vi`hạn ${day(one.due_on)}` })),
    para(theirs(one.description) || vi`Chưa mô tả.`, { class: one.description ? "" : "wrong" }),
    h("div", { class: "tools" }, linkButton(edit, vi`Sửa`, { kind: "quiet", sign: "pencil" }),
      linkButton(`#/visit/${visit.uid}/people/${one.key}`, people ? vi`Liên quan ${people} người` : vi`Ai liên quan`, { kind: "quiet", sign: "person" }),
      one.answered ? null : button(vi`Bỏ`, () => remove(visit, one), { kind: "quiet", sign: "trash" })))
}

async function remove(visit, one) {
  const value = visit.state.findings[one.key]
  await visit.unsay(`f/${one.key}`, null)
  dispatchEvent(new Event("field:redraw"))
  offer(vi`Đã bỏ tồn tại`, async () => { await visit.say(`f/${one.key}`, value); dispatchEvent(new Event("field:redraw")) })
}

export async function finding(uid, key) {
  const visit = await visitOf(uid)
  if (!visit) return gone()
  if (visit.locked) return locked(visit)
  const field = `f/${key}`
  if (visit.disputed(field)) return { title: vi`Tồn tại`, back: `#/visit/${uid}/findings`, body: notice("late", vi`Hai người ghi khác nhau.`, linkButton(`#/visit/${uid}/conflicts`, vi`Xem và chọn`)) }
  const plain = { criterion_code: "", description: "", severity: 1, due_on: null }
  const value = () => ({ ...plain, ...(visit.valueOf(field) ?? {}) })
  const write = (given) => visit.change(field, (old) => ({ ...plain, ...old, ...given }))
  const text = area(vi`Tồn tại: mô tả để đơn vị sửa được`, { value: value().description, rows: 4, maxlength: "1000", save: (said) => write({ description: said }) })
  const grades = h("div", { class: "choices", role: "group", "aria-label": vi`Mức độ` })
  const term = line(vi`Hạn khắc phục`, { value: day(value().due_on ?? usualTerm(visit, value().severity)), inputmode: "numeric", save: async (said) => {
    const iso = isoDay(said)
    const late = iso && iso < visit.pack.visited_on
    term.wrong(!iso && said.trim() ? vi`Ngày viết như 31/12/2025.` : late ? vi`Hạn sớm hơn ngày kiểm tra.` : "")
    if (!said.trim() || (iso && !late)) await write({ due_on: iso })
  } })
  const draw = () => put(grades, Object.entries(severities()).map(([grade, label]) => button(label, async () => {
    const asUsual = !value().due_on || value().due_on === usualTerm(visit, value().severity)
    await write({ severity: Number(grade), ...(asUsual ? { due_on: null } : {}) })
    if (asUsual) term.show(day(usualTerm(visit, Number(grade))))
    draw()
  }, { kind: "answer answer-none", "aria-pressed": String(value().severity === Number(grade)) })))
  draw()
  const done = async () => { await text.keep(); await term.keep(); go(`/visit/${uid}/findings`) }
  return {
    title: vi`Tồn tại ngoài phiếu`, lead: theirs(visit.name), back: `#/visit/${uid}/findings`,
    body: body(text, h("h2", { text: vi`Mức độ` }), grades, term,
      linkButton(`#/visit/${uid}/people/${key}`, vi`Ai liên quan`, { sign: "person" })),
    foot: button(vi`Xong`, done, { kind: "primary", sign: "check" }),
  }
}
