// The line that is always there. Three words for three things: typed, kept on this phone, arrived at the server.

import { h, icon, put } from "./dom.js";
import { amount, moment } from "./words.js";
import { vi } from "../speaking.js";

const EMPTY = { typing: false, unkept: false, saved: null, fault: false, waiting: { ops: 0, media: 0, damaged: 0 }, complete: false, server: "idle", held: "" }
const known = { ...EMPTY }
const here = h("span", { class: "status-part" })
const there = h("span", { class: "status-part" })

export const line = h("div", { class: "status", role: "status", "aria-live": "polite" }, here, there)

const serverWords = () => ({
  offline: vi`Chưa có mạng`, signed_out: vi`Hãy đăng nhập để gửi`, revoked: vi`Máy này đã bị thu hồi`, upgrade: vi`Cần bản mới để gửi`,
  sending: vi`Đang gửi`, server_full: vi`Máy chủ tạm đầy, sẽ gửi lại`, other_user: vi`Người khác đang đăng nhập`, refused: vi`Máy chủ từ chối`,
})
const heldFor = () => ({ later: vi`để sau`, wifi: vi`chờ Wi-Fi` })

function draw() {
  const local = known.unkept ? ["warning", vi`Đang nhập, chưa lưu được`] : known.fault ? ["warning", vi`Chưa lưu được`]
    : known.typing ? ["pencil", vi`Đang nhập…`]
      : known.saved ? ["phone", vi`Đã lưu trên máy ${moment(known.saved)}`] : ["phone", vi`Chưa có gì mới`]
  const left = amount(known.waiting)
  const why = serverWords()[known.server]
  const apart = known.waiting.damaged ? vi`${known.waiting.damaged} mục hỏng` : ""
  const remote = left ? ["clock", onTheWay(left)]
    : known.complete ? ["sent", vi`Đã gửi đủ`] : ["cloud", known.server === "sending" ? vi`Đang đối chiếu với máy chủ` : why ?? vi`Chưa đối chiếu với máy chủ`]
  show(here, local[0], local[1], known.unkept || known.fault ? "late" : "")
  show(there, apart ? "warning" : remote[0], [remote[1], apart].filter(Boolean).join(", "), apart || ["revoked", "signed_out", "upgrade"].includes(known.server) ? "late" : "")
}

/** `held`: why the photos are not sent although there may be a line; what is not a photo never waits for that. */
function onTheWay(left) {
  const { waiting: { ops, media }, held, server } = known
  if (!held || !media) return server === "sending" ? vi`Đang gửi ${left}` : vi`${left} chờ gửi`
  const text = !ops ? vi`Chữ đã gửi` : server === "sending" ? vi`Đang gửi ${amount({ ops })}` : vi`${amount({ ops })} chờ gửi`
  return `${text}, ${amount({ media })} ${heldFor()[held]}`
}

function show(place, sign, text, tone) {
  if (place.dataset.text === text) return // a screen reader is not told the same again
  place.dataset.text = text
  place.className = `status-part ${tone ? `status-${tone}` : ""}`
  put(place, icon(sign), h("span", { text }))
}

export function typed() { known.typing = true; draw() }
export function saved(at) { Object.assign(known, { typing: false, saved: at, fault: false, complete: false }); draw() }
/** Kept here and not meant to be sent yet. */
export function kept(at) { Object.assign(known, { typing: false, saved: at, fault: false }); draw() }
/** Typed, and not on this phone: that stands until it is, whatever else is kept meanwhile. */
export function unkept() { known.unkept = true; draw() }
export function settled() { Object.assign(known, { typing: false, unkept: false }); draw() }
/** Another person works here: nothing of the one before is told. */
export function forget() { Object.assign(known, { ...EMPTY }); draw() }
export function unsaved() { Object.assign(known, { typing: false, fault: true }); draw() }
export function quiet() { known.typing = false; draw() }

/** What waits, and whether the server has told that it holds the same as this phone. */
export function told({ waiting = known.waiting, complete = known.complete, server = known.server, held = known.held }) {
  Object.assign(known, { waiting, complete, server, held })
  draw()
}

draw()
addEventListener("field:language", draw)
