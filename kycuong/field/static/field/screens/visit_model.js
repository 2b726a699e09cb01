// One visit as the screens see it: the pack, the checklist, what was said, what follows from it.

import { phone } from "./phone.js";
import { sentence } from "./words.js";
import { verbatim, vi } from "../speaking.js";

/** Disputed fields that somebody is writing anew: «uid field». */
export const rewriting = new Set()

/** The visit, read from this phone; null when it is not here. */
export async function visitOf(uid, { seen = true } = {}) {
  const pack = await phone.pack(uid)
  if (!pack) return null
  const checklist = pack.form ? await phone.checklist(pack.form) : null
  const visit = new Visit(pack, checklist, await phone.heads(uid, { seen }))
  if (visit.signed) visit.remember(await phone.ownSignature(uid))
  if (seen) shown = visit
  return visit
}

/**
 * The visit as it was signed: nothing in it comes from what was said since.
 * @param {object} about field of the log → its value when it was read, for the names of people and for photos
 */
export function asSigned(pack, checklist, snapshot, about) {
  const { form, unit, lead, visited_on, heads } = snapshot
  const then = { ...pack, form, visited_on, unit: { ...pack.unit, name: unit }, inspection: { ...pack.inspection, lead_name: lead } }
  const concerned = Object.fromEntries(Object.entries(snapshot.concerned).map(([key, value]) => [key, { ...value, name: value.name ?? about[`v/${key}`]?.name ?? "" }]))
  const media = Object.fromEntries(Object.entries(snapshot.media).map(([id, sha256]) => [id, { ...about[`m/${id}`], sha256 }]))
  const { answers, headcount, strengths, explanation, findings, explanations } = snapshot
  const state = { answers, headcount, strengths, explanation, findings, explanations, concerned, media, addenda: [], conflicts: [], damaged: [], start: null, finish: null, signature: null }
  asSignedShown = new Visit(then, checklist, { read: heads.map((op_id) => ({ op_id })) }, state)
  return asSignedShown
}

let [shown, asSignedShown] = [null, null]
addEventListener("field:locked", () => {
  shown?.wipe()
  asSignedShown?.wipe();
  [shown, asSignedShown] = [null, null]
  rewriting.clear()
})

/** Whether somebody else has said something about the visit that is shown: what one said oneself changes nothing. */
export async function differs(uid) {
  if (shown?.uid !== uid) return true
  const [heads, pack] = await Promise.all([phone.heads(uid, { seen: false }), phone.pack(uid)])
  const names = (all) => JSON.stringify(Object.entries(all).filter(([, list]) => list.length).map(([field, list]) => [field, list.map((one) => one.op_id).sort()]).sort())
  return names(heads) !== names(shown.heads) || pack?.state !== shown.pack.state || pack?.removed !== shown.pack.removed
}

class Locked extends Error {
  name = "Locked"
}

class Visit {
  constructor(pack, checklist, heads, state = null) {
    Object.assign(this, { uid: pack.uid, whose: phone.person?.uid, pack, checklist, heads, going: Promise.resolve() })
    this.refold(state)
  }

  refold(state = null) {
    this.state = state ?? phone.fold(this.heads)
    if (this.ownSignature) this.state.signature = this.ownSignature
    this.asked = phone.asked(this.checklist, this.pack, this.state)
    this.missing = phone.missing(this.checklist, this.pack, this.state)
    this.lacking = new Set(this.missing.map((one) => one.where))
    const groups = new Map()
    for (const one of this.asked) {
      if (!groups.has(one.group.code)) groups.set(one.group.code, { ...one.group, criteria: [] })
      groups.get(one.group.code).criteria.push(one)
    }
    this.groups = [...groups.values()]
  }

  /** The criterion as it stands now, with its outcome and what is at fault; one that is not asked has neither. */
  criterion(code) {
    return this.asked.find((one) => one.code === code) ?? phone.criteriaOf(this.checklist, this.pack).find((one) => one.code === code) ?? null
  }

  groupOf(code) { return this.criterion(code)?.group.code ?? "" }

  /** What was signed on this phone, whole: the server tells other phones only its digest. */
  remember(signature) {
    this.ownSignature = signature
    this.refold()
  }

  get signed() { return Boolean(this.state.signature || this.pack.signature || this.pack.state !== "draft") }
  /** {field, problem} of the only signature when the server has set it aside and the minutes are open still; or null. */
  get refusedSignature() {
    const given = Object.entries(this.heads).filter(([field, list]) => field.startsWith("s/") && list.some((one) => !one.deleted))
    if (this.pack.state !== "draft" || given.length !== 1) return null
    const [[field, list]] = given
    return list.every((one) => one.status === "set_aside") ? { field, problem: list[0].problem } : null
  }
  get locked() { return this.signed || this.pack.removed || this.pack.state === "annulled" }
  get name() { return this.pack.unit.name }

  /** What an answer comes to; «not applicable» counts before its reason is written, so that the reason can be asked. */
  outcome({ code }) {
    const one = this.criterion(code)
    const said = one?.answer?.outcome
    return one?.outcome || (["not_applicable", "not_asked"].includes(said) ? said : "")
  }

  faultOf({ code }) { return this.criterion(code)?.faults?.[0] ?? "" }

  /** Outcome reached and nothing lacking. */
  done({ code, answer_type: type }) {
    return Boolean(this.criterion(code)?.outcome) && !this.lacking.has(type === "headcount" ? "h" : `a/${code}`)
  }

  /** Fields whose value cannot be read on this phone any more. */
  get damaged() { return this.state.damaged }

  /** A field on which two people differ. */
  disputed(field) { return this.state.conflicts.includes(field) && !rewriting.has(`${this.uid} ${field}`) }

  /** What falls short of a pass, and the findings beyond the answers: [{key, code, description, severity}]. */
  get findings() {
    const short = this.asked.filter((one) => ["partial", "fail"].includes(this.outcome(one))).map((one) => ({
      key: one.code, code: one.code, severity: one.severity, due_on: null, answered: true,
      description: one.finding || described(one, this.state.headcount),
    }))
    const more = Object.entries(this.state.findings).map(([key, value]) => ({
      key, code: value.criterion_code ?? "", description: value.description, severity: value.severity, due_on: value.due_on, answered: false,
    }))
    return [...short, ...more]
  }

  finding(key) { return this.findings.find((one) => one.key === key) ?? null }

  people(key) { return Object.entries(this.state.concerned).filter(([, value]) => value.finding === key) }

  photos(code = null) {
    return Object.entries(this.state.media).filter(([, value]) => code === null || (value.criterion_code ?? "") === code)
  }

  /** Says something about the visit: kept on this phone when the promise is fulfilled, and not before. */
  async say(field, value, options = {}) {
    if (this.wiped) throw new Locked(vi`Máy đã khóa; hãy mở lại lượt kiểm tra.`)
    const base = options.base ?? (this.heads[field] ?? []).map((one) => one.op_id) // what stood here, even if that was nothing
    const said = await phone.say(this.uid, field, value, { ...options, base, author: this.whose })
    rewriting.delete(`${this.uid} ${field}`)
    this.heads = { ...this.heads, [field]: [{ ...said, value, deleted: Boolean(options.deleted) }] }
    this.refold()
    return said
  }

  /** Changes a field that has several boxes: one after the other, so that no box undoes what another has just said. */
  change(field, make) {
    const next = this.going.then(() => this.say(field, make(this.valueOf(field) ?? {})))
    this.going = next.catch(() => {})
    return next
  }

  valueOf(field) {
    const heads = this.heads[field] ?? []
    return heads.length === 1 && !heads[0].deleted ? heads[0].value : null
  }

  /** The phone is locked: whatever still holds this visit holds nothing that was said. */
  wipe() {
    Object.assign(this, { heads: {}, pack: { uid: this.uid, unit: {}, inspection: {} }, checklist: null, ownSignature: null, wiped: true })
    this.refold()
  }

  unsay(field, value = null) { return this.say(field, value, { deleted: true }) }

  get begun() { return Boolean(this.state.start) || Object.keys(this.state.answers).length > 0 }
}

/** What a roll call that falls short says by itself, as the desk words it. */
export function described(criterion, sheet) {
  if (criterion.answer_type !== "headcount" || !sheet) return ""
  const parts = [sheet.absent_unexcused ? verbatim`vắng không lý do ${sheet.absent_unexcused} người` : "", sheet.late ? verbatim`đi muộn, về sớm ${sheet.late} người` : ""].filter(Boolean)
  return parts.length ? `${sentence(parts.join("; "))}.` : ""
}
