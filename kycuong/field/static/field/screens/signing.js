// Signing at the place: who signs, or why the unit refuses and before whom; hands write on our own pad.

import { button, h, notice, para, put } from "./dom.js";
import { body, go } from "./frame.js";
import { openPad, drawing } from "./pad_screen.js";
import { phone } from "./phone.js";
import { camera } from "./photos.js";
import { area, line } from "./typing.js";
import { gone, locked } from "./visit.js";
import { visitOf } from "./visit_model.js";
import { LEAST_REASON, hour, isoHour } from "./words.js";

/** What somebody has begun to write under minutes, kept while they look at another screen. Nothing of it counts before the end. */
const drafts = new Map()

export function draftOf(key, visit) {
  if (!drafts.has(key)) {
    const head = (visit.pack.team ?? []).find((seat) => seat.role === "head")
    drafts.set(key, { strokes: { team: [], unit: [] }, team_signatory: visit.pack.me?.position || visit.pack.me?.role_name || head?.role_name || "",
      unit_signature: "signed", unit_signatory: "", refusal_reason: "", witness: "", secretary: "",
      begun_at: visit.state.start ? hour(visit.state.start.at) : "", ended_at: hour() })
  }
  return drafts.get(key)
}

export async function sign(uid) {
  const visit = await visitOf(uid)
  if (!visit) return gone()
  if (visit.locked) return locked(visit)
  if (visit.missing.length) { go(`/visit/${uid}/missing`); return null }
  const draft = draftOf(`sign-${uid}`, visit)
  const parts = signatures(visit, draft)
  const hours = [clock(draft, "begun_at", "Bắt đầu lúc"), clock(draft, "ended_at", "Kết thúc lúc")]
  const secretary = line("Thư ký (chức vụ, nếu có)", { value: draft.secretary, maxlength: "200", save: (text) => { draft.secretary = text } })
  const wrong = h("div", { role: "alert" })
  const finish = async () => {
    for (const one of [...parts.boxes, ...hours, secretary]) await one.keep?.()
    const faults = faultsOf(draft)
    put(wrong, faults.length ? notice("late", "Chưa ký được", h("ul", { class: "list" }, faults.map((text) => h("li", { text })))) : null)
    if (faults.length) { wrong.scrollIntoView({ block: "center" }); return }
    await signNow(visit, draft)
    go(`/visit/${uid}/minutes`)
  }
  return {
    title: "Ký biên bản", lead: visit.name, back: `#/visit/${uid}/read`,
    body: body(parts.content, h("details", { class: "panel" }, h("summary", { text: "Giờ, thư ký" }), h("div", { class: "stack" }, hours, secretary)),
      h("details", { class: "panel" }, h("summary", { text: "Không ký được trên màn hình?" }), h("div", { class: "stack" },
        para("Ký trên giấy rồi chụp trang có chữ ký: ảnh nằm trong nội dung được ký."),
        camera(visit, "", () => {}, { label: "Chụp trang ký trên giấy", caption: "Trang ký trên giấy" }))),
      wrong, para("Ký xong thì biên bản khóa lại trên máy này. Ghi sót thì lập biên bản bổ sung.", { class: "help" })),
    foot: button("Ký và khóa biên bản", finish, { kind: "primary", sign: "lock" }),
  }
}

function clock(draft, name, label) {
  const made = line(label, { value: draft[name], inputmode: "numeric", placeholder: "08:00", save: (text) => {
    const at = isoHour(text)
    made.wrong(text.trim() && !at ? "Giờ viết như 08:00." : "")
    draft[name] = text.trim() ? at ?? text : ""
  } })
  return made
}

/** The boxes and pads for both sides, the same for minutes and for what is added to them. */
export function signatures(visit, draft) {
  const boxes = []
  const box = (name, label, make = line, more = {}) => {
    const made = make(label, { value: draft[name], maxlength: "200", save: (text) => { draft[name] = text.trim() }, ...more })
    boxes.push(made)
    return made
  }
  const team = h("section", { class: "panel stack" }, h("h2", { text: "Đoàn kiểm tra" }), box("team_signatory", "Người ký của đoàn (chức vụ)"), hand(draft, "team", "Chữ ký của đoàn"))
  const signed = [box("unit_signatory", "Người ký của đơn vị (chức vụ)", line, { help: "Ví dụ: Chủ tịch UBND xã." }), hand(draft, "unit", "Chữ ký của đơn vị")]
  const refused = [box("refusal_reason", "Lý do từ chối ký", area, { maxlength: "500", rows: 3, help: `Ít nhất ${LEAST_REASON} ký tự.` }), box("witness", "Người chứng kiến (họ tên, chức vụ)")]
  const asked = h("div", { class: "stack" })
  const choice = h("div", { class: "choices", role: "group", "aria-label": "Đơn vị được kiểm tra" })
  const draw = () => {
    put(choice, [["signed", "Đơn vị ký"], ["refused", "Đơn vị từ chối ký"]].map(([value, label]) =>
      button(label, () => { draft.unit_signature = value; draw() }, { kind: "answer answer-none", "aria-pressed": String(draft.unit_signature === value) })))
    put(asked, draft.unit_signature === "signed" ? signed : refused)
  }
  draw()
  return { boxes, content: [team, h("section", { class: "panel stack" }, h("h2", { text: "Đơn vị được kiểm tra" }), choice, asked)] }
}

function hand(draft, side, label) {
  const place = h("div", { class: "hand" })
  const draw = () => {
    const drawn = draft.strokes[side].length
    put(place, drawn ? drawing(draft.strokes[side], label) : null, button(drawn ? "Ký lại" : "Ký tại đây", async () => {
      const strokes = await openPad(label)
      if (strokes) { draft.strokes[side] = strokes; draw() }
    }, { kind: drawn ? "quiet" : "plain", sign: "pen", "aria-label": `${drawn ? "Ký lại" : "Ký tại đây"}: ${label}` }))
  }
  draw()
  return place
}

export function faultsOf(draft, { hands = true } = {}) {
  const faults = []
  if (!draft.team_signatory) faults.push("Hãy ghi chức vụ người ký của đoàn.")
  if (hands && !draft.strokes.team.length) faults.push("Đoàn chưa ký.")
  if (draft.unit_signature === "signed") {
    if (!draft.unit_signatory) faults.push("Hãy ghi chức vụ người ký của đơn vị.")
    if (hands && !draft.strokes.unit.length && !draft.on_paper) faults.push("Đơn vị chưa ký.")
  } else {
    if (draft.refusal_reason.length < LEAST_REASON) faults.push("Hãy ghi lý do đơn vị từ chối ký.")
    if (!draft.witness) faults.push("Hãy ghi người chứng kiến việc từ chối ký.")
  }
  for (const [name, label] of [["begun_at", "bắt đầu"], ["ended_at", "kết thúc"]]) if (draft[name] && !isoHour(draft[name])) faults.push(`Giờ ${label} viết như 08:00.`)
  if (draft.begun_at && draft.ended_at && isoHour(draft.ended_at) < isoHour(draft.begun_at)) faults.push("Giờ kết thúc sớm hơn giờ bắt đầu.")
  return faults
}

/** Only the words that belong to what the unit did: a refusal carries no signature of the unit, a signature no reason. */
export function signatureWords(draft) {
  const refused = draft.unit_signature === "refused"
  return {
    strokes: { team: draft.strokes.team, unit: refused ? [] : draft.strokes.unit }, team_signatory: draft.team_signatory, unit_signature: draft.unit_signature,
    unit_signatory: refused ? "" : draft.unit_signatory, refusal_reason: refused ? draft.refusal_reason : "", witness: refused ? draft.witness : "",
  }
}

async function signNow(visit, draft) {
  const { snapshot, sha256 } = await phone.snapshot(visit)
  await visit.say(`s/${phone.uuid()}`, { snapshot, sha256, ...signatureWords(draft), secretary: draft.secretary,
    begun_at: draft.begun_at || null, ended_at: draft.ended_at || null })
  drafts.delete(`sign-${visit.uid}`)
}

export function forget(key) {
  drafts.delete(key)
}

