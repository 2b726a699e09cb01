// The minutes just as they were read and signed: from the signed snapshot, whatever the log has come to since.

import { button, notice, para } from "./dom.js";
import { go } from "./frame.js";
import { phone } from "./phone.js";
import { asSigned } from "./visit_model.js";
import { ofBoth, vi } from "../speaking.js";

/**
 * @param {object} visit one that is signed
 * @returns {Promise<{shown: object, sha256: string, holds: boolean}|null>} shown: the visit as it was signed, for `content`;
 *   sha256: computed anew from what is shown; holds: whether it is the one that was signed. null: this phone has no snapshot
 */
export async function signedOf(visit) {
  const signature = ownOnRecord(visit)
  if (!signature?.snapshot) return null
  const { snapshot } = signature
  const checklist = snapshot.form ? await phone.checklist(snapshot.form) : null
  const shown = asSigned(visit.pack, checklist, snapshot, await about(visit, snapshot))
  const { sha256 } = await phone.snapshot(shown)
  return { shown, sha256, holds: sha256 === signature.sha256 }
}

/** The signature given on this phone, unless the record was signed under another one. */
export function ownOnRecord({ state: { signature }, pack }) {
  return signature && signature.sha256 === (pack.signature?.sha256 ?? signature.sha256) ? signature : null
}

/** Why the content is not shown, in the words of a notice; null when it is. */
export function unseen(signed) {
  if (!signed) {
    return notice("info", vi`Nội dung đã ký không nằm trên máy này.`, para(vi`Biên bản ký ở máy khác hoặc ở văn phòng, hoặc đã được dọn khỏi máy. Hãy xem ở máy đã ký hoặc ở văn phòng.`))
  }
  return signed.holds ? null : notice("late", vi`Nội dung trên máy KHÔNG khớp mã đã ký.`, para(vi`Đừng dùng màn hình này để đối chiếu. Hãy xem biên bản ở văn phòng và báo trưởng đoàn.`))
}

/** A signature that the server keeps and does not use: it is told why, and both sides read and sign again. */
export function refused(visit) {
  const one = visit.refusedSignature
  if (!one) return null
  const again = async () => { await visit.unsay(one.field); go(`/visit/${visit.uid}/read`) }
  return notice("late", vi`Máy chủ giữ chữ ký này nhưng chưa dùng.`, para(ofBoth(one.problem)), button(vi`Bỏ chữ ký này, đọc lại và ký lại`, again, { kind: "primary", sign: "pen" }))
}

/** What the snapshot leaves to the log: names of people, and what was said of photos, as they stood when it was read. */
async function about(visit, snapshot) {
  const read = new Set(snapshot.heads)
  const found = {}
  const own = (await phone.mine(visit.uid)).map((op) => [op.field, op])
  const held = Object.entries(visit.heads).flatMap(([field, list]) => list.map((one) => [field, one]))
  for (const [field, one] of [...own, ...held]) if (read.has(one.op_id) && one.value) found[field] = one.value
  return found
}
