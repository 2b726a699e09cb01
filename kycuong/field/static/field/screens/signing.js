// Signing at the place: who signs, or why the unit refuses and before whom; hands write on our own pad.

import { button, h, notice, para, put } from "./dom.js";
import { body, go } from "./frame.js";
import { openPad, drawing } from "./pad_screen.js";
import { phone } from "./phone.js";
import { camera } from "./photos.js";
import { changedWord, draftOf, readAgain } from "./signing_draft.js";
import { area, flush, line } from "./typing.js";
import { say } from "./undo.js";
import { gone, locked } from "./visit.js";
import { visitOf } from "./visit_model.js";
import { LEAST_REASON, isoHour, moment } from "./words.js";
import { theirs, verbatim, vi } from "../speaking.js";

export async function sign(uid) {
  const visit = await visitOf(uid)
  if (!visit) return gone()
  if (visit.locked) { await phone.dropDraft(signKey(uid)); return locked(visit) }
  if (visit.missing.length) { go(`/visit/${uid}/missing`); return null }
  const draft = await signingOf(visit)
  if (!draft.words.read_at || !(await draft.holds())) { go(`/visit/${uid}/read`); return null } // nobody signs what was not read as it stands
  const changed = () => redrawn(readAgain())
  const parts = signatures(visit, draft, changed)
  const hours = [clock(draft, "begun_at", vi`Bắt đầu lúc`), clock(draft, "ended_at", vi`Kết thúc lúc`)]
  const secretary = line(vi`Thư ký (chức vụ, nếu có)`, { value: draft.words.secretary, maxlength: "200", save: (text) => draft.put("secretary", text.trim()) })
  const wrong = h("div", { role: "alert" })
  const finish = async () => {
    for (const one of [...parts.boxes, ...hours, secretary]) await one.keep?.()
    if (!(await draft.holds())) return changed()
    const faults = faultsOf(draft.words)
    put(wrong, faults.length ? notice("late", vi`Chưa ký được`, h("ul", { class: "list" }, faults.map((text) => h("li", { text })))) : null)
    if (faults.length) { wrong.scrollIntoView({ block: "center" }); return null }
    return (await signNow(uid, draft)) ? go(`/visit/${uid}/minutes`) : changed()
  }
  return {
    title: vi`Ký biên bản`, lead: theirs(visit.name), back: `#/visit/${uid}/read`,
    body: body(whatWasRead(draft), parts.content, h("details", { class: "panel" }, h("summary", { text: vi`Giờ, thư ký` }), h("div", { class: "stack" }, hours, secretary)),
      h("details", { class: "panel" }, h("summary", { text: vi`Không ký được trên màn hình?` }), h("div", { class: "stack" },
        para(vi`Ký trên giấy rồi chụp trang có chữ ký, trước khi ký trên màn hình: ảnh nằm trong nội dung được ký, nên chụp xong thì đọc lại.`),
        camera(visit, "", async () => (await draft.holds()) || changed(), { label: vi`Chụp trang ký trên giấy`, caption: verbatim`Trang ký trên giấy` }))),
      wrong, para(vi`Ký xong thì biên bản khóa lại trên máy này. Ghi sót thì lập biên bản bổ sung.`, { class: "help" })),
    foot: button(vi`Ký và khóa biên bản`, finish, { kind: "primary", sign: "lock" }),
  }
}

const signKey = (uid) => `sign-${uid}`

/** What was begun under the minutes of this visit; what stands now is looked up anew each time. */
export const signingOf = (visit) =>
  draftOf(signKey(visit.uid), visit, async () => (await phone.snapshot(await visitOf(visit.uid, { seen: false }))).sha256)

/** The screen that now stands, without the hands that signed something else. */
export function redrawn(told = changedWord()) {
  dispatchEvent(new Event("field:redraw"))
  say(`${told}.`)
}

export function contentChanged(draft, told = changedWord()) {
  if (draft.words.lost) return notice("late", vi`Phần đã gõ và đã ký dở bị hỏng trên máy này.`, para(vi`Hãy điền lại tên, giờ và ký lại. Nội dung biên bản không bị ảnh hưởng.`))
  return draft.words.changed ? notice("late", `${told}.`, para(vi`Những gì đã gõ vẫn còn. Hãy đọc lại cho hai bên nghe trước khi ký.`)) : null
}

function whatWasRead({ words }) {
  return h("p", { class: "hash" }, h("span", { class: "strong", text: [vi`Ký dưới nội dung đã đọc lại lúc ${moment(words.read_at)}. Mã SHA-256:`, " "] }), h("code", { text: words.sha256 }))
}

function clock(draft, name, label) {
  const made = line(label, { value: draft.words[name], inputmode: "numeric", placeholder: "08:00", save: (text) => {
    const at = isoHour(text)
    made.wrong(text.trim() && !at ? vi`Giờ viết như 08:00.` : "")
    if (name === "ended_at") draft.words.timed = true
    return draft.put(name, text.trim() ? at ?? text : "")
  } })
  return made
}

/** The boxes and pads for both sides, the same for minutes and for what is added to them. */
export function signatures(visit, draft, changed = redrawn) {
  const boxes = []
  const box = (name, label, make = line, more = {}) => {
    const made = make(label, { value: draft.words[name], maxlength: "200", save: (text) => draft.put(name, text.trim()), ...more })
    boxes.push(made)
    return made
  }
  const team = h("section", { class: "panel stack" }, h("h2", { text: vi`Đoàn kiểm tra` }), box("team_signatory", vi`Người ký của đoàn (chức vụ)`), hand(draft, "team", vi`Chữ ký của đoàn`, changed))
  const signed = [box("unit_signatory", vi`Người ký của đơn vị (chức vụ)`, line, { help: vi`Ví dụ: Chủ tịch UBND xã.` }), hand(draft, "unit", vi`Chữ ký của đơn vị`, changed)]
  const refused = [box("refusal_reason", vi`Lý do từ chối ký`, area, { maxlength: "500", rows: 3, help: vi`Ít nhất ${LEAST_REASON} ký tự.` }), box("witness", vi`Người chứng kiến (họ tên, chức vụ)`)]
  const asked = h("div", { class: "stack" })
  const choice = h("div", { class: "choices", role: "group", "aria-label": vi`Đơn vị được kiểm tra` })
  const draw = () => {
    put(choice, [["signed", vi`Đơn vị ký`], ["refused", vi`Đơn vị từ chối ký`]].map(([value, label]) =>
      button(label, async () => { await draft.put("unit_signature", value); draw() }, { kind: "answer answer-none", "aria-pressed": String(draft.words.unit_signature === value) })))
    put(asked, draft.words.unit_signature === "signed" ? signed : refused)
  }
  draw()
  return { boxes, content: [team, h("section", { class: "panel stack" }, h("h2", { text: vi`Đơn vị được kiểm tra` }), choice, asked)] }
}

function hand(draft, side, label, changed) {
  const place = h("div", { class: "hand" })
  const draw = () => {
    const drawn = draft.words.strokes[side].length
    put(place, drawn ? drawing(draft.words.strokes[side], label) : null, button(drawn ? vi`Ký lại` : vi`Ký tại đây`, async () => {
      const strokes = await openPad(label)
      if (!strokes) return
      await flush()
      if (await draft.sign(side, strokes)) draw()
      else changed()
    }, { kind: drawn ? "quiet" : "plain", sign: "pen", "aria-label": `${drawn ? vi`Ký lại` : vi`Ký tại đây`}: ${label}` }))
  }
  draw()
  return place
}

export function faultsOf(draft, { hands = true } = {}) {
  const faults = []
  if (!draft.team_signatory) faults.push(vi`Hãy ghi chức vụ người ký của đoàn.`)
  if (hands && !draft.strokes.team.length) faults.push(vi`Đoàn chưa ký.`)
  if (draft.unit_signature === "signed") {
    if (!draft.unit_signatory) faults.push(vi`Hãy ghi chức vụ người ký của đơn vị.`)
    if (hands && !draft.strokes.unit.length) faults.push(vi`Đơn vị chưa ký.`)
  } else {
    if (draft.refusal_reason.length < LEAST_REASON) faults.push(vi`Hãy ghi lý do đơn vị từ chối ký.`)
    if (!draft.witness) faults.push(vi`Hãy ghi người chứng kiến việc từ chối ký.`)
  }
  if (draft.begun_at && !isoHour(draft.begun_at)) faults.push(vi`Giờ bắt đầu viết như 08:00.`)
  if (draft.ended_at && !isoHour(draft.ended_at)) faults.push(vi`Giờ kết thúc viết như 08:00.`)
  if (draft.begun_at && draft.ended_at && isoHour(draft.ended_at) < isoHour(draft.begun_at)) faults.push(vi`Giờ kết thúc sớm hơn giờ bắt đầu.`)
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

/** The content that was read and whose hash the hands signed; false when it is no longer that, up to the moment of keeping. */
async function signNow(uid, draft) {
  const visit = await visitOf(uid, { seen: false })
  const { snapshot, sha256 } = await phone.snapshot(visit)
  const { words, drops } = draft
  if (sha256 !== words.sha256) return false
  const value = { snapshot, sha256, read: { sha256: words.sha256, at: words.read_at }, ...signatureWords(words), secretary: words.secretary,
    begun_at: words.begun_at || null, ended_at: words.ended_at || null }
  return visit.say(`s/${phone.uuid()}`, value, { drops, stands: snapshot.heads }).then(() => true, (fault) => {
    if (fault.name !== "Changed") throw fault
    return false
  })
}

