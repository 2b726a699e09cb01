// One criterion: the question, answers as large as a thumb, and only the boxes that the answer needs.

import { add, button, h, icon, notice, para, put, linkButton } from "./dom.js";
import { photoStrip } from "./photos.js";
import { area, count, line } from "./typing.js";
import { described } from "./visit_model.js";
import { severities, SIGNS, TONES, day, detailOf, isoDay, outcomeOf, outcomes } from "./words.js";
import { theirs, verbatim, vi } from "../speaking.js";

const GRADES = ["pass", "partial", "fail", "not_applicable"]
const CHOICES = {
  yes_no: ["pass", "fail", "not_applicable"], document: ["fail", "not_applicable"], ratio: ["not_applicable"],
  number: ["not_applicable"], headcount: ["not_applicable"],
}
const typedKinds = ["ratio", "number", "document", "headcount"]
const REASONS = { not_applicable: [verbatim`Đơn vị không có nội dung này.`], not_asked: [verbatim`Chưa đủ thời gian kiểm tra.`, verbatim`Người phụ trách vắng mặt.`] }

/** `changed()` is called after every answer that changes what is asked or done. */
export function card(visit, criterion, changed) {
  const place = h("section", { class: "ask", id: `c-${criterion.code}`, "aria-labelledby": `t-${criterion.code}` })
  const draw = (open = false) => {
    place.dataset.outcome = visit.outcome(criterion)
    put(place, ...inside(visit, criterion, place, draw, changed, open))
  }
  draw()
  return place
}

function inside(visit, criterion, place, draw, changed, open) {
  const answer = visit.state.answers[criterion.code] ?? {}
  const outcome = visit.outcome(criterion)
  const field = `a/${criterion.code}`
  const question = h("h2", { class: "ask-text", id: `t-${criterion.code}` },
    h("span", { class: "ask-code", text: criterion.code }), h("span", { text: theirs(criterion.content) }))
  if (visit.disputed(field)) {
    return [question, notice("late", vi`Hai người ghi khác nhau.`, linkButton(`#/visit/${visit.uid}/conflicts`, vi`Xem và chọn`))]
  }
  const say = (make) => visit.change(field, make)
  const answered = async (outcome) => { await say((old) => ({ ...old, outcome })); draw(); changed(place) }
  const closed = outcome && !open && !needsMore(visit, criterion, outcome)
  const rest = h("div", { class: "ask-rest" })
  const below = () => put(rest, ...after(visit, criterion, say, draw, changed, open))
  below()
  return [
    question,
    hint(criterion, Boolean(outcome)),
    closed ? chosen(visit, criterion, answer, outcome, () => draw(true)) : choices(visit, criterion, answer, { answered, say, place, changed, below }),
    rest,
  ]
}

/** What stands below the answer: it depends on what the answer comes to, and changes while numbers are typed. */
function after(visit, criterion, say, draw, changed, open) {
  const answer = visit.state.answers[criterion.code] ?? {}
  const outcome = visit.outcome(criterion)
  return [
    more(visit, criterion, answer, outcome, say, draw, changed, open),
    before(visit, criterion, outcome),
    outcome ? photoStrip(visit, criterion.code, () => {}, noteButton(criterion, answer, outcome, draw, open)) : null,
  ]
}

function hint(criterion, answered) {
  if (answered || !(criterion.evidence_wanted || criterion.guidance)) return null
  return para(theirs(criterion.guidance) || vi`Minh chứng: ${theirs(criterion.evidence_wanted)}`, { class: "help" })
}

/** Whether the boxes of the type still stand open: counts and documents are typed, not tapped. */
function needsMore(visit, criterion, outcome) {
  return outcome !== "not_applicable" && outcome !== "not_asked" && typedKinds.includes(criterion.answer_type)
}

function chosen(visit, criterion, answer, outcome, change) {
  const told = detailOf(criterion, answer, visit.state.headcount)
  return h("div", { class: "chosen" },
    h("p", { class: `chosen-mark mark-${TONES[outcome]}` }, icon(SIGNS[outcome]),
      h("span", { text: [outcomeOf(criterion.answer_type, outcome), told && [": ", theirs(told)]] })),
    button(vi`Đổi`, change, { kind: "quiet", "aria-label": vi`Đổi câu trả lời ${criterion.code}` }))
}

function choices(visit, criterion, answer, acts) {
  const { answered } = acts
  const kinds = CHOICES[criterion.answer_type] ?? GRADES
  if (typedKinds.includes(criterion.answer_type)) acts.place.dataset.typed = ""
  const made = h("div", { class: "choices", role: "group", "aria-label": vi`Trả lời ${criterion.code}` })
  add(made, typedAnswer(visit, criterion, answer, acts))
  for (const outcome of kinds) add(made, choice(criterion, outcome, answer.outcome === outcome, answered))
  add(made, button(vi`Chưa kiểm tra được`, () => answered("not_asked"), { kind: "quiet alt", "aria-pressed": String(answer.outcome === "not_asked") }))
  return made
}

function choice(criterion, outcome, on, press) {
  return button(outcomeOf(criterion.answer_type, outcome), () => press(outcome),
    { kind: `answer answer-${TONES[outcome]}${outcome === "not_applicable" ? " alt" : ""}`, sign: SIGNS[outcome], "aria-pressed": String(on) })
}

function typedAnswer(visit, criterion, answer, { say, place, changed, below }) {
  const kind = criterion.answer_type
  const now = () => visit.state.answers[criterion.code] ?? {}
  const result = h("output", { class: "result", "aria-label": vi`Kết quả ${criterion.code}` })
  const tell = () => {
    const outcome = visit.outcome(criterion)
    place.dataset.outcome = outcome
    result.textContent = outcome ? outcomes()[outcome] : ""
    result.className = `result mark-${TONES[outcome] ?? "none"}`
    const fault = visit.faultOf(criterion)
    if (fault && now().whole !== undefined && now().part !== undefined) result.textContent = fault
  }
  const write = (name) => async (value) => {
    await say(({ outcome, [name]: _old, ...rest }) => {
      const keeps = kind === "document" && outcome === "fail" && !value ? { outcome } : {}
      return { ...rest, ...keeps, ...(value === null || value === "" ? {} : { [name]: value }) }
    })
    const was = place.dataset.outcome
    tell()
    if (was !== place.dataset.outcome) below()
    changed(place, { quiet: true })
  }
  const shown = { ratio: () => ratio(answer, write), number: () => [count(vi`Số trường hợp`, { value: answer.count, save: write("count") })],
    document: () => documentBoxes(answer, write), headcount: () => [headcount(visit)] }[kind]
  if (!shown) return null
  tell()
  return [h("div", { class: "typed" }, shown()), result]
}

function ratio(answer, write) {
  const whole = count(vi`Tổng số`, { value: answer.whole, save: write("whole") })
  const part = count(vi`Số đạt`, { value: answer.part, save: write("part") })
  const all = async () => { if (whole.read() !== null) await part.set(whole.read()) }
  return [whole, part, button(vi`Đạt cả`, all, { kind: "plain", sign: "check" })]
}

function documentBoxes(answer, write) {
  const dated = line(vi`Ngày văn bản`, { value: day(answer.dated), inputmode: "numeric", placeholder: "31/12/2025",
    save: async (text) => {
      const iso = isoDay(text)
      dated.wrong(text.trim() && !iso ? vi`Ngày viết như 31/12/2025.` : "")
      if (iso || !text.trim()) await write("dated")(iso)
    } })
  return [line(vi`Số văn bản`, { value: answer.number ?? "", maxlength: "80", save: write("number") }), dated]
}

function headcount(visit) {
  const told = visit.state.headcount ? vi`Sửa bảng quân số` : vi`Điểm danh`
  return linkButton(`#/visit/${visit.uid}/headcount`, told, { kind: "plain", sign: "people" })
}

function more(visit, criterion, answer, outcome, say, draw, changed, open) {
  const write = (name) => async (text) => { await say((old) => ({ ...old, [name]: text })); changed(null, { quiet: true }) }
  if (outcome === "partial" || outcome === "fail") return shortfall(visit, criterion, answer, write)
  if (outcome === "not_applicable" || outcome === "not_asked") return reason(answer, outcome, write)
  if (outcome && (open || answer.note)) return area(vi`Ghi chú`, { value: answer.note ?? "", rows: 2, maxlength: "500", save: write("note") })
  return null
}

function noteButton(criterion, answer, outcome, draw, open) {
  if (outcome !== "pass" || open || answer.note) return null
  return button(vi`Ghi chú`, () => draw(true), { kind: "quiet", sign: "note", "aria-label": vi`Ghi chú ${criterion.code}` })
}

function shortfall(visit, criterion, answer, write) {
  const counted = described(criterion, visit.state.headcount)
  const box = area(vi`Tồn tại: mô tả để đơn vị sửa được`, {
    value: answer.finding ?? "", rows: 3, maxlength: "1000", save: write("finding"),
    help: counted ? vi`Để trống thì ghi: «${theirs(counted)}»` : vi`Mức độ: ${severities()[criterion.severity] ?? ""}`,
  })
  const people = visit.people(criterion.code).length
  return [box, h("div", { class: "tools" },
    linkButton(`#/visit/${visit.uid}/people/${criterion.code}`, people ? vi`Liên quan ${people} người` : vi`Ai liên quan`, { kind: "quiet", sign: "person" }),
    linkButton(`#/visit/${visit.uid}/word/${criterion.code}`, visit.state.explanations[criterion.code] ? vi`Sửa ý kiến đơn vị` : vi`Đơn vị nói gì`, { kind: "quiet", sign: "note" }))]
}

function reason(answer, outcome, write) {
  const box = area(vi`Lý do (bắt buộc)`, { value: answer.note ?? "", rows: 2, maxlength: "500", save: write("note") })
  const chips = REASONS[outcome].map((text) => button(theirs(text), () => { box.box.value = text; return box.keep() }, { kind: "chip" }))
  return [box, h("div", { class: "chips" }, chips)]
}

/** What earlier visits found is told after the answer, so that nobody copies it. */
function before(visit, criterion, outcome) {
  const earlier = (visit.pack.previous ?? []).filter((one) => one.criterion_code === criterion.code)
  if (!outcome || !earlier.length) return null
  const short = outcome === "partial" || outcome === "fail"
  return h("div", { class: `before ${short ? "before-repeat" : ""}` },
    para(short ? vi`Lặp lại so với lần trước:` : vi`Lần trước đã ghi:`, { class: "strong" }),
    earlier.map((one) => para([`${day(one.visited_on)}: `, theirs(one.description), one.remedied_on && [" ", vi`(đã khắc phục ${day(one.remedied_on)})`]])))
}
