// What is missing before the minutes can be signed: each line leads to the place where it is mended.

import { linkButton, notice, rowLink, h } from "./dom.js";
import { body } from "./frame.js";
import { gone, locked } from "./visit.js";
import { visitOf } from "./visit_model.js";
import { theirs, vi } from "../speaking.js";

export async function missing(uid) {
  const visit = await visitOf(uid)
  if (!visit) return gone()
  if (visit.locked) return locked(visit)
  const left = visit.missing
  return {
    title: vi`Còn thiếu trước khi ký`, lead: theirs(visit.name), back: `#/visit/${uid}`,
    body: body(left.length
      ? h("nav", { class: "rows", "aria-label": vi`Còn thiếu` }, left.map((one) => rowLink(placeOf(visit, one.where), one.told, { sign: "warning" })))
      : notice("good", vi`Đã đủ để ký.`)),
    foot: left.length ? null : linkButton(`#/visit/${uid}/read`, vi`Đọc lại để ký`, { kind: "primary", sign: "pen" }),
  }
}

/** Where something is written: the group of a criterion, the roll call, a finding. */
export function placeOf(visit, where) {
  const base = `#/visit/${visit.uid}`
  const [kind, key] = where.split("/")
  if (where === "conflicts") return `${base}/conflicts`
  if (kind === "a") {
    const criterion = visit.criterion(key)
    if (criterion?.answer_type === "headcount" && !visit.outcome(criterion)) return `${base}/headcount`
    return `${base}/group/${visit.groupOf(key)}?${key}`
  }
  if (kind === "h") return `${base}/headcount`
  if (kind === "f") return `${base}/findings`
  if (kind === "v") return `${base}/findings`
  if (kind === "t" || kind === "e") return `${base}/word`
  return base
}
