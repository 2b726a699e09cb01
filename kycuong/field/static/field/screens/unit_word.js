// What was good, and what the unit itself says: to each finding, and on the whole.

import { h, linkButton, notice, para } from "./dom.js";
import { body } from "./frame.js";
import { area } from "./typing.js";
import { gone, locked } from "./visit.js";
import { visitOf } from "./visit_model.js";
import { severities } from "./words.js";
import { theirs, vi } from "../speaking.js";

export async function unitWord(uid, key = "") {
  const visit = await visitOf(uid)
  if (!visit) return gone()
  if (visit.locked) return locked(visit)
  if (key) return oneFinding(visit, key)
  const whole = (field, label, value, help) => (visit.disputed(field)
    ? notice("late", [label, ": ", vi`hai người ghi khác nhau.`], linkButton(`#/visit/${uid}/conflicts`, vi`Xem và chọn`))
    : area(label, { value, rows: 4, maxlength: "5000", help, save: (text) => visit.say(field, text) }))
  return {
    title: vi`Ưu điểm và ý kiến đơn vị`, lead: theirs(visit.name), back: `#/visit/${uid}`,
    body: body(
      whole("t/strengths", vi`Ưu điểm`, visit.state.strengths ?? "", ""),
      visit.findings.length ? h("h2", { text: vi`Ý kiến của đơn vị với từng tồn tại` }) : null,
      visit.findings.length ? para(vi`Đọc từng tồn tại cho đơn vị nghe, rồi ghi đúng lời giải trình; để trống nếu không có ý kiến.`) : null,
      visit.findings.map((one) => said(visit, one)),
      whole("t/explanation", vi`Ý kiến chung của đơn vị`, visit.state.explanation ?? "", vi`Lời của đơn vị, không phải của đoàn.`)),
    foot: h("div", { class: "foot-steps" }, linkButton(`#/visit/${uid}`, vi`Về lượt`),
      linkButton(`#/visit/${uid}/${visit.missing.length ? "missing" : "read"}`, visit.missing.length ? vi`Còn thiếu gì` : vi`Đọc lại`, { kind: "primary", sign: "next" })),
  }
}

function said(visit, one) {
  const field = `e/${one.key}`
  const label = [one.code || vi`Khác`, ": ", theirs(one.description) || vi`chưa mô tả`]
  if (visit.disputed(field)) return notice("late", [label, ": ", vi`hai người ghi khác nhau.`], linkButton(`#/visit/${visit.uid}/conflicts`, vi`Xem và chọn`))
  return area(label, { value: visit.state.explanations[one.key] ?? "", rows: 2, maxlength: "1000", help: severities()[one.severity] ?? "", save: (text) => visit.say(field, text) })
}

function oneFinding(visit, key) {
  const one = visit.finding(key)
  const back = visit.criterion(key) ? `#/visit/${visit.uid}/group/${visit.groupOf(key)}?${key}` : `#/visit/${visit.uid}/findings`
  if (!one) return gone(back)
  return { title: vi`Đơn vị nói gì`, lead: theirs(visit.name), back, body: body(said(visit, one)), foot: linkButton(back, vi`Xong`, { kind: "primary", sign: "check" }) }
}
