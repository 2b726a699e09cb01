// The phone begins here: who works, what is shown where, when it locks itself, and what is said when something fails.

import * as db from "./db.js";
import * as log from "./log.js";
import * as pack from "./pack.js";
import { addendum, minutes } from "./screens/minutes.js";
import { banner, build, busy, go, router } from "./screens/frame.js";
import { button, notice, para } from "./screens/dom.js";
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
import * as thrift from "./thrift.js";
import { unitWord } from "./screens/unit_word.js";
import * as vault from "./vault.js";
import { visit } from "./screens/visit.js";
import { differs } from "./screens/visit_model.js";
import { visits } from "./screens/visits.js";
import { waiting } from "./screens/waiting.js";
import * as worker from "./worker.js";

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

/** Once the store is open: send what waits, and say what stands. */
async function opened() {
  if (!begun) {
    begun = true
    syncing.start()
    await recount({})
  }
  return null
}

async function recount(told) {
  if (!vault.isOpen()) return
  const held = (await thrift.photosMayGo()) ? "" : thrift.onWifi() === null ? "để sau" : "chờ Wi-Fi"
  status.told({ waiting: await log.waiting(), held, ...told })
}

function progressed(told) {
  const done = told.state !== "sending"
  sending = !done
  void recount({ server: told.state, ...(done ? { complete: told.state === "sent" } : {}) })
  const asks = told.state === "signed_out" || told.state === "other_user"
  banner("session", asks && notice("attention", "Chưa gửi được: phiên đăng nhập đã hết.", para("Cứ ghi tiếp, mọi thứ vẫn lưu trên máy."),
    button("Đăng nhập để gửi", () => go("/sign-in"), { kind: "primary" })))
  banner("enrolment", told.state === "not_enrolled" && notice("attention", "Văn phòng chưa biết máy này nên chưa nhận.", para("Cứ ghi tiếp, mọi thứ vẫn lưu trên máy."),
    button("Đăng ký lại máy", () => go("/enrolment"), { kind: "primary" })))
  banner("revoked", told.state === "revoked" && notice("late", "Máy này đã bị thu hồi ở văn phòng.", para("Những gì chưa gửi vẫn nằm trên máy: hãy xuất gói dự phòng."),
    button("Xuất gói dự phòng", () => go("/waiting"))))
  if (done) void tellLost().catch(failed)
  if (done && /\/(waiting|minutes)$/.test(location.hash) && !busy()) draw(true)
}

/** What the server has lost after this phone was emptied is told on every screen. */
async function tellLost() {
  if (!vault.isOpen()) return
  const rows = await phone.lost()
  banner("lost", rows.length ? notice("late", "Máy chủ báo thiếu dữ liệu mà máy này đã dọn.", button("Xem và báo", () => go("/waiting"))) : null)
}

const DRAWN_ANEW = /^#\/(waiting|visit\/[^/]+(\/(group\/.*|missing|read|minutes|conflicts|photos|findings))?)?$/

/** What others said comes onto the screen at once, but never under the fingers of somebody who writes. */
async function pulled(uids) {
  if (busy() || !DRAWN_ANEW.test(location.hash || "#/")) return
  const [, uid] = /^#\/visit\/([^/]+)/.exec(location.hash) ?? []
  if (!uid || (uids.includes(uid) && await differs(uid))) draw(true)
}

let sending = false
let touched = Date.now()

/** After some minutes without a touch the key is put away, once nothing is being sent. */
async function watchLock() {
  if (!vault.isOpen() || sending) return
  const policy = await db.meta("policy").catch(() => null)
  if (Date.now() - touched > (policy?.autolock_minutes ?? 5) * 60_000) await session.lock()
}

const WORDS = {
  StorageFull: "Máy đã đầy: chữ và chữ ký vẫn lưu được, ảnh thì chưa. Hãy xóa bớt ảnh khác trên máy.",
  Signed: "Biên bản đã ký nên không sửa được nữa.", Offline: "Chưa có mạng.", Foreign: "Tệp này không phải gói dự phòng của Kỷ Cương.",
}

function failed(fault) {
  if (fault?.name === "Locked") { draw(); return }
  if (fault?.name === "Outdated") {
    banner("outdated", notice("attention", "Ứng dụng vừa có bản mới ở thẻ khác.", button("Tải lại trang", () => location.reload(), { kind: "primary" })))
    return
  }
  const text = WORDS[fault?.name] ?? fault?.message ?? "Có lỗi, hãy thử lại."
  if (["StorageFull", "QuotaExceededError", "UnknownError"].includes(fault?.name)) status.unsaved("Chưa lưu được")
  say(text)
  if (!(fault?.name in WORDS)) console.info(fault)
}

let updateWaits = false

/** A newer release is offered, and taken over, only when nobody writes. */
function offerUpdate() {
  if (!updateWaits || busy()) return
  const leave = () => { updateWaits = false; banner("update", null) }
  const take = async () => {
    await flush()
    if (busy() || unkept()) say("Hãy ghi xong rồi cập nhật.")
    else await worker.accept()
  }
  banner("update", notice("info", "Có bản mới.", button("Cập nhật", take, { kind: "primary" }), button("Để sau", leave, { kind: "quiet" })))
}

build(document.getElementById("app"))
const draw = router(ROUTES, gate)

addEventListener("field:redraw", () => draw(true))
addEventListener("field:fault", ({ detail }) => failed(detail))
addEventListener("unhandledrejection", ({ reason }) => failed(reason))
for (const event of ["pointerdown", "keydown"]) addEventListener(event, () => { touched = Date.now() }, { passive: true })
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && void watchLock())
setInterval(watchLock, 15_000)
addEventListener("field:held", () => void recount({}))
log.onSaid((op) => { status.saved(op.wall); void recount({}) })
pack.onPulled((uids) => pulled(uids).catch(failed))
syncing.onProgress(progressed)

try {
  await session.resume()
} catch (fault) {
  failed(fault)
}
await draw()
addEventListener("focusout", () => setTimeout(offerUpdate))
void worker.register(() => { updateWaits = true; offerUpdate() }).catch(() => null)
