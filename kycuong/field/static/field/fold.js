// From the heads of the log to the state of a visit, what is still missing, and the snapshot that is signed. Pure.

import { dumps, sha256hex } from "./canonical.js";
import { headcountFault, SHORT, weigh } from "./weigh.js";
import { vi } from "./speaking.js";

export { weigh } from "./weigh.js";

const broken = () => vi`Một mục hỏng trên máy này; hãy tải lại từ máy chủ hoặc ghi lại.`

/**
 * What stands about a visit. A field in conflict has no value: it is named among `conflicts`.
 * @param {Object<string, object[]>} heads from log.heads
 * @returns {object} {answers: {code: value}, headcount, strengths, explanation, findings: {uuid: value}, explanations:
 *   {key: text}, concerned: {uuid: value}, media: {id: value}, start, finish, signature, addenda: [{uuid, …}],
 *   conflicts: [field], damaged: [field]}; damaged: what cannot be read on this phone has no value, and is named
 */
export function fold(heads) {
  const one = (field) => valueOf(heads[field])
  const many = (start) => gathered(heads, start)
  return {
    answers: many("a/"), headcount: one("h") ?? null, strengths: one("t/strengths") ?? "",
    explanation: one("t/explanation") ?? "", findings: many("f/"), explanations: many("e/"), concerned: many("v/"),
    media: many("m/"), start: one("st/start") ?? null, finish: one("st/finish") ?? null,
    signature: Object.values(many("s/"))[0] ?? null,
    addenda: Object.entries(many("d/")).map(([uuid, value]) => ({ uuid, ...value })),
    conflicts: Object.keys(heads).filter((field) => heads[field].length > 1).sort(),
    damaged: Object.keys(heads).filter((field) => heads[field].some((head) => head.damaged)).sort(),
  }
}

/**
 * The criteria that are asked now, in order: those of the form and the kind of unit whose condition holds. What hangs on a
 * criterion that is not asked is not asked, either.
 * @returns {object[]} each criterion with {group, answer, outcome, finding, faults}
 */
export function asked(checklist, pack, state) {
  const outcomes = new Map()
  const found = []
  for (const criterion of criteriaOf(checklist, pack)) {
    const { condition } = criterion
    if (condition && !condition.outcomes.includes(outcomes.get(condition.after))) continue
    const answer = state.answers[criterion.code] ?? null
    const result = weigh(criterion, answer, state.headcount)
    if (result.outcome) outcomes.set(criterion.code, result.outcome)
    found.push({ ...criterion, answer, ...result })
  }
  return found
}

/** Criteria that this visit's form holds, in their order, whether or not a condition hides them now. */
export function criteriaOf(checklist, pack) {
  const all = (checklist?.groups ?? []).flatMap((group) =>
    group.criteria.map((criterion) => ({ ...criterion, group: { code: group.code, title: group.title } })))
  const excused = new Set(pack.excused)
  const held = all.filter((one) => (pack.checklist_form !== "short" || one.in_short) && !excused.has(one.code))
  return held.sort((a, b) => (a.position ?? 0) - (b.position ?? 0))
}

/**
 * What must still be done before the minutes can be signed; the server refuses for the same reasons.
 * @param {string} today ISO day at the place
 * @returns {{where: string, told: string}[]} where: a field of the log, or ""
 */
export function missing(checklist, pack, state, today = new Date().toLocaleDateString("sv")) {
  const found = state.conflicts.map((where) => ({ where, told: vi`Hai người ghi khác nhau; hãy chọn một.` }))
  for (const where of state.damaged.filter((field) => !state.conflicts.includes(field))) found.push({ where, told: broken() })
  if (pack.visited_on > today) found.push({ where: "", told: vi`Ngày kiểm tra chưa tới. Hãy ký từ ngày ấy.` })
  const sheet = headcountFault(state.headcount)
  if (sheet) found.push({ where: "h", told: sheet })
  const described = new Set(Object.values(state.findings).map((finding) => finding.criterion_code).filter(Boolean))
  const criteria = asked(checklist, pack, state)
  for (const one of criteria) {
    const told = wanting(one, described)
    if (told) found.push({ where: one.answer_type === "headcount" ? "h" : `a/${one.code}`, told })
  }
  const said = criteria.length || Object.keys(state.findings).length || state.strengths.trim()
  if (!said) found.push({ where: "", told: vi`Biên bản chưa có nội dung. Hãy ghi tồn tại hoặc ghi ưu điểm.` })
  return found
}

/**
 * Exactly what is read back and signed. It holds whole values only, so that anybody can recompute its hash.
 * @returns {object} as field `s/<uuid>` carries it
 */
export function snapshot(checklist, pack, state, heads) {
  const given = asked(checklist, pack, state).filter((one) => one.code in state.answers)
  return {
    visit: pack.uid, form: pack.form, answers: Object.fromEntries(given.map((one) => [one.code, one.answer])),
    headcount: state.headcount, strengths: state.strengths, explanation: state.explanation, findings: state.findings,
    explanations: state.explanations, concerned: unnamed(state.concerned),
    media: Object.fromEntries(Object.entries(state.media).map(([id, about]) => [id, about.sha256])),
    unit: pack.unit.name, lead: pack.inspection.lead_name, visited_on: pack.visited_on,
    heads: Object.values(heads).flat().map((head) => head.op_id).sort(),
  }
}

/** @returns {Promise<string>} SHA-256 of a snapshot, as the server and anybody else computes it */
export const digest = async (shot) => sha256hex(dumps(shot))

/** Names may have to be erased one day, and the hash must still come out: they stay outside of what is hashed. */
const unnamed = (concerned) =>
  Object.fromEntries(Object.entries(concerned).map(([uuid, { name: _, ...rest }]) => [uuid, rest]))

/** A field in conflict has no value; one that was taken away has none, either. */
function valueOf(list) {
  return list?.length === 1 && !list[0].deleted && !list[0].purged ? list[0].value : undefined
}

function gathered(heads, start) {
  const found = {}
  for (const field of Object.keys(heads).filter((name) => name.startsWith(start)).sort()) {
    const value = valueOf(heads[field])
    if (value !== undefined && value !== null) found[field.slice(start.length)] = value
  }
  return found
}

function wanting(one, described) {
  if (one.faults.length) return one.faults[0]
  if (!one.outcome) return one.counted === false ? "" : vi`Tiêu chí ${one.code} chưa trả lời.`
  const needs = SHORT.includes(one.outcome) && one.answer_type !== "headcount"
  return needs && !one.finding && !described.has(one.code) ? vi`Hãy mô tả tồn tại của tiêu chí ${one.code}.` : ""
}
