// Two people wrote differently: both are shown, with who and when; a person chooses, or writes it anew. Neither is lost.

import { button, h, linkButton, notice, para, unique } from "./dom.js";
import { body } from "./frame.js";
import { phone } from "./phone.js";
import { area } from "./typing.js";
import { gone } from "./visit.js";
import { placeOf } from "./missing.js";
import { rewriting, visitOf } from "./visit_model.js";
import { categories, severities, day, fieldWord, detailOf, headcountInWords, listed, moment, outcomeOf } from "./words.js";
import { theirs, vi } from "../speaking.js";

const NAMES = ["A", "B", "C", "D"]

export async function conflicts(uid) {
  const visit = await visitOf(uid)
  if (!visit) return gone()
  const fields = visit.state.conflicts
  return {
    title: vi`Hai người ghi khác nhau`, lead: theirs(visit.name), back: `#/visit/${uid}`,
    body: body(fields.length ? para(vi`Chọn một bên hoặc ghi lại. Bên không chọn vẫn được giữ trong lịch sử.`) : notice("good", vi`Không còn chỗ nào khác nhau.`),
      fields.map((field) => conflict(visit, field))),
    foot: fields.length ? null : linkButton(`#/visit/${uid}`, vi`Về lượt kiểm tra`, { kind: "primary" }),
  }
}

function conflict(visit, field) {
  const heads = visit.heads[field] ?? []
  const label = labelOf(visit, field)
  const decide = async (value, deleted) => {
    await visit.say(field, value, { deleted, base: heads.map((one) => one.op_id) })
    dispatchEvent(new Event("field:redraw"))
  }
  const id = unique("differ") // labels may be in another language than the button: each keeps its own
  const beside = (name) => ({ id: `${id}-${name}`, "aria-labelledby": `${id}-${name} ${id}` })
  return h("section", { class: "stack", "aria-labelledby": id }, h("h2", { id, text: label }),
    heads.map((head, place) => h("div", { class: "panel stack version" },
      para([`${NAMES[place] ?? place + 1}. `, head.own ? vi`Bạn (${theirs(phone.person.name)})` : theirs(head.author_name) || vi`Không rõ người ghi`, `, ${moment(head.wall)}`], { class: "strong" }),
      h("div", {}, head.damaged ? para(vi`Bản này hỏng trên máy, không đọc được.`) : head.deleted ? para(vi`Đã bỏ mục này.`) : inWords(visit, field, head.value).map((text) => para(text))),
      head.damaged ? null : button(vi`Chọn ${NAMES[place] ?? place + 1}`, () => decide(head.value, head.deleted), { kind: "primary", sign: "check", ...beside(place) }))),
    other(visit, field, decide, beside("other")))
}

/** Writing it anew: text here, everything else on its own screen after one side was chosen. */
function other(visit, field, decide, beside) {
  if (/^(v|m|st|s|d)\//.test(field)) return null
  if (!/^(t|e)\//.test(field)) return linkButton(again(visit, field), vi`Ghi lại khác`, { sign: "pencil" })
  const box = area(vi`Ghi lại khác`, { rows: 3, maxlength: "5000", save: () => {} })
  return h("details", { class: "panel" }, h("summary", { text: vi`Ghi lại khác` }), h("div", { class: "stack" }, box,
    button(vi`Dùng nội dung này`, () => decide(box.box.value.normalize("NFC").trim(), false), { sign: "check", ...beside })))
}

function again(visit, field) {
  return `#/visit/${visit.uid}/conflict/${encodeURIComponent(field)}`
}

/** Opens the screen where it is written, with an empty answer: the first thing said there takes the place of both. */
export async function rewrite(uid, field) {
  rewriting.add(`${uid} ${field}`)
  const visit = await visitOf(uid)
  if (!visit) return gone()
  location.replace(placeOf(visit, field))
  return null
}

function labelOf(visit, field) {
  const [kind, key] = field.split("/")
  if (kind === "a") return [`${key}. `, theirs(visit.criterion(key)?.content)]
  if (kind === "e") return [fieldWord(field), ": ", theirs(visit.finding(key)?.description) ?? key]
  return [fieldWord(field)]
}

function inWords(visit, field, value) {
  const [kind, key] = field.split("/")
  if (kind === "a") {
    const criterion = visit.criterion(key)
    const weighed = value?.outcome ?? ""
    const [said, more] = [outcomeOf(criterion?.answer_type, weighed), detailOf(criterion ?? {}, value, visit.state.headcount)]
    return [said || more ? [said, said && more && ": ", theirs(more)] : vi`Chưa chọn`, theirs(value?.finding), theirs(value?.note)].filter(Boolean)
  }
  if (kind === "h") return [headcountInWords(value)]
  if (kind === "f") return [theirs(value.description), [severities()[value.severity] ?? "", value.due_on && [", ", vi`hạn ${day(value.due_on)}`]]]
  if (kind === "v") return [listed(theirs(value.name), categories()[value.category], theirs(value.position))]
  if (kind === "m") return [theirs(value.caption) || vi`Không chú thích`]
  if (kind === "st") return [moment(value.at)]
  return [typeof value === "string" ? theirs(value) || vi`(để trống)` : vi`Nội dung khác nhau`]
}
