// A group of criteria, one under the other; what has been answered folds up, so that the next question comes to the thumb.

import { button, h, linkButton, notice, para } from "./dom.js";
import { card } from "./answer.js";
import { body, leadWith } from "./frame.js";
import { visitOf } from "./visit_model.js";
import { gone, locked, steps } from "./visit.js";
import { NO_PROCEDURES } from "./words.js";
import { offer } from "./undo.js";
import { theirs, vi } from "../speaking.js";

export async function criteria(uid, code, wanted = "") {
  const visit = await visitOf(uid)
  if (!visit) return gone()
  if (visit.locked) return locked(visit)
  const group = visit.groups.find((one) => one.code === code)
  if (!group) return gone(`#/visit/${uid}`)
  const list = h("div", { class: "asks" })
  const cards = new Map()
  const told = () => {
    const open = askedIn(visit, code).filter((one) => one.counted !== false && !visit.done(one)).length
    return [theirs(visit.name), " · ", open ? vi`còn ${open} câu` : vi`xong nhóm này`]
  }
  const changed = (place, { quiet = false } = {}) => {
    fit(visit, code, list, cards, changed)
    leadWith(told())
    if (place && !quiet) bringNext(list)
  }
  fit(visit, code, list, cards, changed)
  const [previous, next] = around(visit, code)
  if (wanted) requestAnimationFrame(() => document.getElementById(`c-${wanted}`)?.scrollIntoView({ block: "start" }))
  return {
    title: [`${code}. `, theirs(group.title)], lead: told(), back: `#/visit/${uid}`,
    body: body(procedures(visit, group), list),
    foot: h("div", { class: "foot-steps" }, linkButton(previous.href, vi`Trước`), linkButton(next.href, next.label, { kind: "primary", sign: "next" })),
  }
}

function askedIn(visit, code) {
  return visit.groups.find((one) => one.code === code)?.criteria ?? []
}

/** Cards for what is asked now, in order. A criterion that is no longer asked leaves the page; its answer stays kept. */
function fit(visit, code, list, cards, changed) {
  const wanted = askedIn(visit, code)
  for (const [key, place] of cards) if (!wanted.some((one) => one.code === key)) { place.remove(); cards.delete(key) }
  let before = null
  for (const criterion of wanted) {
    if (!cards.has(criterion.code)) {
      const made = card(visit, criterion, changed)
      cards.set(criterion.code, made)
      if (before) before.after(made)
      else list.prepend(made)
    }
    before = cards.get(criterion.code)
  }
}

function bringNext(list) {
  const next = [...list.children].find((one) => !one.dataset.outcome)
  next?.scrollIntoView({ block: "nearest", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" })
}

function procedures(visit, group) {
  const about = group.criteria.filter((one) => one.only_with_procedures)
  const open = about.filter((one) => !visit.outcome(one))
  if (!about.length || !open.length) return null
  const skip = async () => {
    const were = open.map((one) => [one.code, visit.state.answers[one.code] ?? null])
    for (const one of open) await visit.say(`a/${one.code}`, { outcome: "not_applicable", note: NO_PROCEDURES })
    dispatchEvent(new Event("field:redraw"))
    offer(vi`Đã ghi ${open.length} câu không áp dụng`, async () => {
      for (const [code, value] of were) await (value ? visit.say(`a/${code}`, value) : visit.unsay(`a/${code}`))
      dispatchEvent(new Event("field:redraw"))
    })
  }
  return notice("info", "", para(vi`Đơn vị không giải quyết thủ tục hành chính?`), button(vi`Không áp dụng cả nhóm`, skip))
}

function around(visit, code) {
  const all = steps(visit)
  const here = all.findIndex((one) => one.key === `g/${code}`)
  const home = { href: `#/visit/${visit.uid}`, label: vi`Về lượt` }
  const next = all[here + 1]
  return [all[here - 1] ?? home, next ? { ...next, label: vi`Tiếp` } : home]
}
