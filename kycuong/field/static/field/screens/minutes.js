// The signed minutes: locked, with the digest of what was signed, to be read or photographed by the unit; what is added later.

import { button, h, linkButton, notice, para, put } from "./dom.js";
import { body, go } from "./frame.js";
import { drawing } from "./pad_screen.js";
import { phone } from "./phone.js";
import { content } from "./read_back.js";
import { ownOnRecord, refused, signedOf, unseen } from "./signed.js";
import { contentChanged, faultsOf, redrawn, signatureWords, signatures } from "./signing.js";
import { draftOf } from "./signing_draft.js";
import { area } from "./typing.js";
import { gone } from "./visit.js";
import { visitOf } from "./visit_model.js";
import { LEAST_REASON, moment } from "./words.js";
import { theirs, vi } from "../speaking.js";

export async function minutes(uid) {
  const visit = await visitOf(uid)
  if (!visit) return gone()
  if (!visit.signed) { go(`/visit/${uid}/read`); return null }
  const signed = ownOnRecord(visit)
  const sha256 = visit.pack.signature?.sha256 ?? signed?.sha256 ?? ""
  const read = await signedOf(visit)
  return {
    title: vi`Biên bản đã ký`, lead: theirs(visit.name), back: `#/visit/${uid}`,
    body: body(refused(visit) ?? await arrival(visit), signed?.strokes ? hands(signed) : null, seal(visit, sha256, read), unseen(read), read?.holds ? content(read.shown) : null, added(visit)),
    foot: linkButton(`#/visit/${uid}/addendum`, vi`Lập biên bản bổ sung`, { sign: "plus" }),
  }
}

async function arrival(visit) {
  const complete = await phone.complete(visit.uid)
  const waiting = await phone.waitingOf(visit.uid)
  if (visit.pack.state === "signed" && complete) return notice("good", vi`Máy chủ đã nhận đủ, biên bản đã vào sổ.`)
  const photos = waiting.media || visit.pack.signature?.waiting_media || 0
  const at = moment(visit.state.signature?.wall ?? Object.entries(visit.heads).find(([field]) => field.startsWith("s/"))?.[1][0]?.wall)
  return notice("info", at ? vi`Đã ký tại chỗ lúc ${at}, đã lưu trên máy.` : vi`Đã ký tại chỗ, đã lưu trên máy.`,
    para(photos ? [(await phone.photosMayGo()) ? vi`Còn chờ gửi ${photos} ảnh.` : vi`Còn chờ gửi ${photos} ảnh (đang để chờ Wi-Fi).`, " ", vi`Biên bản vào sổ khi máy chủ nhận đủ.`] : complete ? vi`Máy chủ đã nhận đủ, đang ghi vào sổ.` : vi`Chờ có mạng để gửi về máy chủ.`),
    linkButton("#/waiting", vi`Xem những gì chờ gửi`))
}

function hands(signed) {
  const refused = signed.unit_signature === "refused"
  return h("section", { class: "panel stack" }, h("h2", { text: vi`Chữ ký` }),
    para(vi`Đoàn: ${theirs(signed.team_signatory)}`), signed.strokes.team.length ? drawing(signed.strokes.team, vi`Chữ ký của đoàn`) : null,
    para(refused ? vi`Đơn vị từ chối ký. Lý do: ${theirs(signed.refusal_reason)}` : vi`Đơn vị: ${theirs(signed.unit_signatory)}`),
    refused ? para(vi`Người chứng kiến: ${theirs(signed.witness)}`) : null,
    signed.strokes.unit.length ? drawing(signed.strokes.unit, vi`Chữ ký của đơn vị`) : null)
}

/** The hash that was signed, and whether the one computed from what this screen shows is the same. */
function seal(visit, sha256, read) {
  const place = h("div", { class: "qr" })
  if (sha256) put(place, phone.qr(`${visit.uid}\n${sha256}`))
  return h("section", { class: "panel stack" }, h("h2", { text: vi`Mã kiểm tra của biên bản` }),
    para(vi`Đơn vị có thể chụp lại mã này. Khi nhận biên bản, mã phải giống hệt.`), place,
    h("p", { class: "hash" }, h("code", { text: sha256 || vi`chưa có trên máy này` })),
    read?.holds ? para(vi`Tính lại từ nội dung hiện dưới đây: khớp.`, { class: "help" }) : null)
}

function added(visit) {
  if (!visit.state.addenda.length) return null
  return [h("h2", { text: vi`Biên bản bổ sung` }), visit.state.addenda.map((one, place) => h("section", { class: "panel stack" },
    para(vi`Lần ${place + 1}. ${theirs(one.reason)}`, { class: "strong" }), para(theirs(one.text), { class: "said" }),
    para(one.unit_signature === "refused" ? vi`Đơn vị từ chối ký: ${theirs(one.refusal_reason)}` : vi`Đoàn: ${theirs(one.team_signatory)}. Đơn vị: ${theirs(one.unit_signatory)}`, { class: "help" })))]
}

export async function addendum(uid) {
  const visit = await visitOf(uid)
  if (!visit) return gone()
  if (!visit.signed) return gone(`#/visit/${uid}`)
  const draft = await draftOf(`add-${uid}`, visit, ({ reason = "", text = "" }) => phone.digest({ reason, text }), { here: true })
  draft.words.ended_at = draft.words.begun_at = ""
  const reason = area(vi`Lý do bổ sung, đính chính`, { value: draft.words.reason ?? "", rows: 2, maxlength: "500", help: vi`Ít nhất ${LEAST_REASON} ký tự.`, save: (said) => draft.write("reason", said.trim()) })
  const text = area(vi`Nội dung bổ sung, đính chính`, { value: draft.words.text ?? "", rows: 5, maxlength: "5000", save: (said) => draft.write("text", said.trim()) })
  const parts = signatures(visit, draft)
  const wrong = h("div", { role: "alert" })
  const finish = async () => {
    for (const one of [reason, text, ...parts.boxes]) await one.keep?.()
    if (!(await draft.holds())) return redrawn()
    const { words, drops } = draft
    const faults = [...((words.reason ?? "").length < LEAST_REASON ? [vi`Hãy ghi lý do rõ hơn.`] : []), ...(words.text ? [] : [vi`Hãy ghi nội dung bổ sung.`]), ...faultsOf(words)]
    put(wrong, faults.length ? notice("late", vi`Chưa ký được`, h("ul", { class: "list" }, faults.map((said) => h("li", { text: said })))) : null)
    if (faults.length) { wrong.scrollIntoView({ block: "center" }); return null }
    await visit.say(`d/${phone.uuid()}`, { reason: words.reason, text: words.text, ...signatureWords(words) }, { drops })
    return go(`/visit/${uid}/minutes`)
  }
  return {
    title: vi`Biên bản bổ sung`, lead: theirs(visit.name), back: `#/visit/${uid}/minutes`,
    body: body(contentChanged(draft), para(vi`Biên bản đã ký giữ nguyên; phần này được ký riêng bên cạnh.`), reason, text, parts.content, wrong),
    foot: button(vi`Ký biên bản bổ sung`, finish, { kind: "primary", sign: "lock" }),
  }
}
