// The minutes as they will be signed, read aloud from the phone: nothing stands in them that was not shown here.

import { h, icon, linkButton, notice, para, rowLink } from "./dom.js";
import { body, go } from "./frame.js";
import { phone } from "./phone.js";
import { contentChanged, signingOf } from "./signing.js";
import { readAgain } from "./signing_draft.js";
import { gone } from "./visit.js";
import { visitOf } from "./visit_model.js";
import { categories, severities, SIGNS, TONES, day, detailOf, headcountInWords, outcomeOf, reasonsInWords, sentence } from "./words.js";
import { inVietnamese, language, theirs, verbatim, vi } from "../speaking.js";

let onScreen = null // what is being read out: when it changes under the reader, that is told
addEventListener("hashchange", () => { onScreen = null })

export async function readBack(uid) {
  const visit = await visitOf(uid)
  if (!visit) return gone()
  if (visit.signed) { go(`/visit/${uid}/minutes`); return null }
  const left = visit.locked ? [] : visit.missing
  const { sha256 } = await phone.snapshot(visit)
  const draft = await signingOf(visit)
  await draft.holds() // hands under something else are taken away, and it is told below
  const moved = onScreen?.uid === uid && (onScreen.moved || onScreen.sha256 !== sha256)
  onScreen = { uid, sha256, moved }
  const next = linkButton(`#/visit/${uid}/sign`, vi`Ký biên bản`, { kind: "primary", sign: "pen" })
  next.addEventListener("click", async (press) => {
    press.preventDefault()
    await draft.read(sha256) // of what this screen shows, whatever stands by now: the next screen asks
    go(`/visit/${uid}/sign`)
  })
  return {
    title: vi`Đọc lại trước khi ký`, lead: theirs(visit.name), back: `#/visit/${uid}`,
    body: body(moved ? notice("late", vi`Nội dung vừa đổi trong lúc đang đọc.`, para(vi`Người khác vừa ghi thêm. Hãy đọc lại từ đầu.`)) : contentChanged(draft, readAgain()),
      left.length ? notice("attention", vi`Còn thiếu ${left.length} mục, chưa ký được.`, rowLink(`#/visit/${uid}/missing`, vi`Xem còn thiếu gì`)) : null,
      content(visit), h("p", { class: "hash" }, h("span", { class: "strong", text: [vi`Mã kiểm tra nội dung (SHA-256):`, " "] }), h("code", { text: sha256 }))),
    foot: left.length ? linkButton(`#/visit/${uid}/missing`, vi`Còn thiếu gì`, { kind: "primary" }) : visit.locked ? null : next,
  }
}

/** Everything that the signature covers, in words: Vietnamese in either language, because it is read out and signed as it stands. */
export function content(visit) {
  const why = language() === "en" && para(vi`Biên bản bằng tiếng Việt: đọc và ký đúng như thế.`, { class: "help" })
  return [why, inVietnamese(() => inWords(visit))]
}

function inWords(visit) {
  const { pack, state } = visit
  return h("article", { class: "minutes stack", lang: "vi" },
    h("dl", { class: "facts" }, facts(visit).map(([name, said]) => [h("dt", { text: name }), h("dd", { text: said })])),
    h("h2", { text: verbatim`Tồn tại, hạn chế` }),
    visit.findings.length ? visit.findings.map((one) => found(visit, one)) : para(verbatim`Không ghi nhận tồn tại.`),
    state.strengths ? [h("h2", { text: verbatim`Ưu điểm` }), para(state.strengths, { class: "said" })] : null,
    state.explanation ? [h("h2", { text: verbatim`Ý kiến chung của đơn vị` }), para(state.explanation, { class: "said" })] : null,
    visit.photos().length ? [h("h2", { text: verbatim`Ảnh kèm theo` }), para(verbatim`${visit.photos().length} ảnh, mã kiểm tra từng ảnh nằm trong nội dung được ký.`)] : null,
    pack.form ? [h("h2", { text: verbatim`Kết quả từng câu` }), visit.groups.map((group) => answers(visit, group))] : null)
}

function facts(visit) {
  const { pack, state } = visit
  const decision = pack.inspection.decision_number
  const sheet = state.headcount
  return [[verbatim`Đơn vị được kiểm tra`, pack.unit.name], [verbatim`Ngày kiểm tra`, day(pack.visited_on)], [verbatim`Cơ quan chủ trì`, pack.inspection.lead_name],
    [verbatim`Hình thức`, pack.inspection.form_name], [verbatim`Quyết định`, decision && `${decision}, ${day(pack.inspection.decision_on)}`],
    [verbatim`Quân số`, sheet && `${sheet.roll_call_at ? `${verbatim`Điểm danh lúc ${sheet.roll_call_at.slice(0, 5)}.`} ` : ""}${headcountInWords(sheet)}`],
    [verbatim`Vắng có lý do`, sheet && sentence(reasonsInWords(sheet))]].filter(([, said]) => said)
}

function found(visit, one) {
  const people = visit.people(one.key).map(([, value]) => [value.name, `${(categories()[value.category] ?? "").toLowerCase()}, ${value.position}`].filter(Boolean).join(", "))
  const said = visit.state.explanations[one.key]
  return h("section", { class: "panel" },
    para(`${one.code || verbatim`Khác`} · ${severities()[one.severity] ?? ""}${one.due_on ? ` · ${verbatim`hạn ${day(one.due_on)}`}` : ""}`, { class: "strong" }),
    para(one.description || verbatim`Chưa mô tả.`), people.length ? para(verbatim`Liên quan: ${people.join("; ")}`) : null, said ? para(verbatim`Đơn vị: ${said}`, { class: "said" }) : null)
}

function answers(visit, group) {
  return h("section", {}, h("h3", { text: `${group.code}. ${group.title}` }), h("ul", { class: "results" }, group.criteria.map((criterion) => {
    const outcome = visit.outcome(criterion)
    const answer = visit.state.answers[criterion.code]
    const told = [outcome ? outcomeOf(criterion.answer_type, outcome) : verbatim`Chưa trả lời`, detailOf(criterion, answer, visit.state.headcount)].filter(Boolean).join(": ")
    return h("li", {}, h("span", { class: "ask-code", text: criterion.code }), h("span", { class: "grow", text: criterion.content }),
      h("span", { class: `mark mark-${TONES[outcome] ?? "attention"}` }, icon(SIGNS[outcome] ?? "warning"), h("span", { text: told })),
      answer?.note ? para(answer.note, { class: "help" }) : null)
  })))
}
