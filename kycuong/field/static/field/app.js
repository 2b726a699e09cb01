// The phone begins here: who works, what is shown where, when it locks itself, and what is said when something fails.

import * as db from "./db.js";
import * as late from "./screens/late_photos.js";
import * as log from "./log.js";
import * as pack from "./pack.js";
import { addendum, minutes } from "./screens/minutes.js";
import { banner, build, busy, go, retold, router, sweep } from "./screens/frame.js";
import { button, notice } from "./screens/dom.js";
import { choosePassphrase, confirmEnrolment, enrolAgain, forgotten, signIn, unlock, wrongPlace } from "./screens/entry.js";
import { conflicts, rewrite } from "./screens/conflicts.js";
import { criteria } from "./screens/criteria.js";
import { device } from "./screens/device.js";
import { finding, findings } from "./screens/findings.js";
import { flush, unkept } from "./screens/typing.js";
import { headcount } from "./screens/headcount.js";
import { missing } from "./screens/missing.js";
import { people } from "./screens/people.js";
import { phone } from "./screens/phone.js";
import { photo, photos } from "./screens/photos.js";
import { prepare } from "./screens/prepare.js";
import { readBack } from "./screens/read_back.js";
import { session } from "./screens/session.js";
import { sign } from "./screens/signing.js";
import * as status from "./screens/status.js";
import * as syncing from "./sync.js";
import { say } from "./screens/undo.js";
import "./screens/unkept.js";
import * as thrift from "./thrift.js";
import { unitWord } from "./screens/unit_word.js";
import * as vault from "./vault.js";
import { visit } from "./screens/visit.js";
import { differs } from "./screens/visit_model.js";
import { visits } from "./screens/visits.js";
import { waiting } from "./screens/waiting.js";
import * as warnings from "./screens/warnings.js";
import * as worker from "./worker.js";
import { begin, language, vi } from "./speaking.js";

const ROUTES = [
  [/^\/$/, visits], [/^\/prepare$/, prepare], [/^\/waiting$/, waiting], [/^\/device$/, device], [/^\/enrolment$/, enrolAgain],
  [/^\/visit\/([^/]+)$/, visit], [/^\/visit\/([^/]+)\/headcount$/, headcount],
  [/^\/visit\/([^/]+)\/group\/([^/?]+)(?:\?(.*))?$/, criteria], [/^\/visit\/([^/]+)\/findings$/, findings],
  [/^\/visit\/([^/]+)\/finding\/([^/]+)$/, finding], [/^\/visit\/([^/]+)\/people\/([^/]+)$/, people],
  [/^\/visit\/([^/]+)\/word(?:\/([^/]+))?$/, unitWord], [/^\/visit\/([^/]+)\/photos$/, photos],
  [/^\/visit\/([^/]+)\/photo\/([^/]+)$/, photo], [/^\/visit\/([^/]+)\/missing$/, missing],
  [/^\/visit\/([^/]+)\/read$/, readBack], [/^\/visit\/([^/]+)\/sign$/, sign], [/^\/visit\/([^/]+)\/minutes$/, minutes],
  [/^\/visit\/([^/]+)\/addendum$/, addendum], [/^\/visit\/([^/]+)\/conflicts$/, conflicts],
  [/^\/visit\/([^/]+)\/conflict\/(.+)$/, rewrite],
]

/** The screen that comes before the one that was asked for, or null. */
async function gate(path) {
  const wrong = wrongPlace()
  if (wrong) return () => wrong
  if (!session.person) return signIn
  if (path === "/sign-in") return () => signIn({ back: "#/" })
  if (path === "/forgotten") return forgotten
  const kept = await vault.state()
  if (kept === "none") return choosePassphrase
  if (!vault.isOpen()) return unlock
  return kept === "unconfirmed" ? confirmEnrolment : opened()
}

let begun = false
let open = "" // whose store was found open last

/** Once the store is open: send what waits, and say what stands. After a lock, and for another person, once more. */
async function opened() {
  const whose = session.person.uid
  if (open === whose) return null
  open = whose
  if (begun) void syncing.resume()
  else syncing.start()
  begun = true
  await recount({})
  const kept = await late.settle()
  if (kept) say(vi`Đã lưu ${kept} ảnh chụp lúc máy khóa`)
  return null
}

async function recount(told) {
  if (!vault.isOpen()) return
  const whose = session.person.uid
  const held = (await thrift.photosMayGo()) ? "" : thrift.onWifi() === null ? "later" : "wifi"
  const waiting = await log.waiting()
  if (session.person?.uid !== whose) return // another person works here meanwhile
  status.told({ waiting, held, ...told })
  await warnings.damaged(waiting.damaged)
}

const count = (told = {}) => recount(told).catch((fault) => (fault?.name === "Locked" ? null : failed(fault)))

function progressed(told) {
  const done = told.state !== "sending"
  void count({ server: told.state, ...(done ? { complete: told.state === "sent" } : {}) })
  warnings.stopped(told.state)
  warnings.rewritten(told.alarm)
  if (done) void tellMissing().catch((fault) => (fault?.name === "Locked" ? null : failed(fault)))
  if (done && /\/(waiting|minutes)$/.test(location.hash) && !busy()) draw(true)
}

/** What the server has lost after this phone was emptied is told on every screen. */
async function tellMissing() {
  if (!vault.isOpen()) return
  const whose = session.person?.uid
  const rows = await phone.lost()
  if (session.person?.uid !== whose) return
  banner("missing", rows.length > 0 && (() => notice("late", vi`Máy chủ báo thiếu dữ liệu mà máy này đã dọn.`, button(vi`Xem và báo`, () => go("/waiting")))))
}

const DRAWN_ANEW = /^#\/(waiting|visit\/[^/]+(\/(group\/.*|missing|read|minutes|conflicts|photos|findings))?)?$/

/** What others said comes onto the screen at once, but never under the fingers of somebody who writes. */
async function pulled(uids) {
  if (busy() || !DRAWN_ANEW.test(location.hash || "#/")) return
  const [, uid] = /^#\/visit\/([^/]+)/.exec(location.hash) ?? []
  if (!uid || (uids.includes(uid) && await differs(uid))) draw(true)
}

const GRACE = 15 * 60_000
let touched = Date.now()

/**
 * After some minutes without a touch the key is put away; what is being sent goes on after the next unlock. A camera that is
 * out is waited for, and so is, for a while, what was typed and could not be kept.
 */
async function watchLock() {
  if (!vault.isOpen() || late.awaited()) return
  const policy = await db.meta("policy").catch(() => null)
  const idle = Date.now() - touched - (policy?.autolock_minutes ?? 5) * 60_000
  if (idle <= 0) return
  const lost = idle > GRACE && (await flush().then(() => false, unkept))
  await session.lock({ forced: idle > GRACE }).catch((fault) => { if (fault.name !== "Unkept") throw fault })
  if (lost) banner("lost", () => notice("late", vi`Trước khi máy tự khóa có chữ chưa lưu được. Hãy mở khóa rồi ghi lại.`, button(vi`Đã rõ`, () => banner("lost", null), { kind: "quiet" })))
}

function touch() {
  touched = Date.now()
  late.back() // whoever touches the page has come back from the camera
}

const words = () => ({
  StorageFull: vi`Máy đã đầy: chữ và chữ ký vẫn lưu được, ảnh thì chưa. Hãy xóa bớt ảnh khác trên máy.`,
  Signed: vi`Biên bản đã ký nên không sửa được nữa.`, Offline: vi`Chưa có mạng.`, Foreign: vi`Tệp này không phải gói dự phòng của Kỷ Cương.`,
})

function failed(fault) {
  if (fault?.name === "Locked") { draw(); return }
  if (fault?.name === "Outdated") {
    banner("outdated", () => notice("attention", vi`Ứng dụng vừa có bản mới ở thẻ khác.`, button(vi`Tải lại trang`, () => flush().then(() => location.reload()), { kind: "primary" })))
    return
  }
  const known = words()
  const text = known[fault?.name] ?? (foreign(fault) ? vi`Có lỗi, hãy thử lại.` : fault.message)
  if (["StorageFull", "QuotaExceededError", "UnknownError"].includes(fault?.name)) status.unsaved()
  say(text)
  if (!(fault?.name in known)) console.info(fault)
}

/** What the browser itself says is no sentence for a person. */
const foreign = (fault) => !fault?.message || fault instanceof DOMException || fault instanceof TypeError

let updateWaits = false

/** A newer release is offered, and taken over, only when nobody writes. */
function offerUpdate() {
  if (!updateWaits || busy()) return
  const leave = () => { updateWaits = false; banner("update", null) }
  const take = async () => {
    await flush().catch(() => null) // asked for in the next line
    if (busy() || unkept()) say(vi`Hãy ghi xong rồi cập nhật.`)
    else await worker.accept()
  }
  banner("update", () => notice("info", vi`Có bản mới.`, button(vi`Cập nhật`, take, { kind: "primary" }), button(vi`Để sau`, leave, { kind: "quiet" })))
}

/** English that is spoken here is there without a network, too. */
function keepWords() {
  if (language() === "en" && navigator.serviceWorker) void worker.keepEnglish().catch(() => null)
}

await begin()
build(document.getElementById("app"))
const draw = router(ROUTES, gate)

addEventListener("field:redraw", () => draw(true))
addEventListener("field:language", () => void retold(draw).catch(failed))
addEventListener("field:language", keepWords)
addEventListener("field:fault", ({ detail }) => failed(detail))
addEventListener("unhandledrejection", ({ reason }) => failed(reason))
for (const event of ["pointerdown", "keydown"]) addEventListener(event, touch, { passive: true, capture: true })
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && void watchLock())
setInterval(watchLock, 15_000)
addEventListener("field:touched", touch)
addEventListener("field:held", () => void count())
addEventListener("field:locked", () => { open = "" })
addEventListener("field:person", () => {
  sweep("update", "outdated")
  syncing.forget()
  status.forget()
})
log.onSaid((op) => { status.saved(op.wall); void count() })
pack.onPulled((uids) => pulled(uids).catch(failed))
syncing.onProgress(progressed)

try {
  await session.resume()
} catch (fault) {
  failed(fault)
}
await draw()
addEventListener("focusout", () => setTimeout(offerUpdate))
void worker.register(() => { updateWaits = true; offerUpdate() }).then(keepWords, () => null)
