// What stops the sending, or was found broken, is told on every screen, in words that say what to do.

import { button, h, notice, para } from "./dom.js";
import { banner, go } from "./frame.js";
import { phone } from "./phone.js";
import { say } from "./undo.js";
import { damagedWord } from "./words.js";
import { look } from "../worker.js";
import { vi } from "../speaking.js";

const goOn = () => vi`Cứ ghi tiếp, mọi thứ vẫn lưu trên máy.`

/** The sending came to this state. */
export function stopped(state) {
  const asks = state === "signed_out" || state === "other_user"
  banner("session", asks && (() => notice("attention", vi`Chưa gửi được: phiên đăng nhập đã hết.`, para(goOn()),
    button(vi`Đăng nhập để gửi`, () => go("/sign-in"), { kind: "primary" }))))
  banner("enrolment", state === "not_enrolled" && (() => notice("attention", vi`Văn phòng chưa biết máy này nên chưa nhận.`, para(goOn()),
    button(vi`Đăng ký lại máy`, () => go("/enrolment"), { kind: "primary" }))))
  banner("revoked", state === "revoked" && (() => notice("late", vi`Máy này đã bị thu hồi ở văn phòng.`, para(vi`Những gì chưa gửi vẫn nằm trên máy: hãy xuất gói dự phòng.`),
    button(vi`Xuất gói dự phòng`, () => go("/waiting")))))
  banner("upgrade", state === "upgrade" && (() => notice("attention", vi`Ứng dụng trên máy này đã cũ nên máy chủ chưa nhận.`,
    para(vi`Mọi thứ vẫn lưu trên máy. Khi «Có bản mới» hiện ra, bấm «Cập nhật»; gấp thì xuất gói dự phòng.`),
    button(vi`Tìm bản mới`, search, { kind: "primary" }), button(vi`Xuất gói dự phòng`, () => go("/waiting"), { kind: "quiet" }))))
  if (state === "upgrade") void look().catch(() => null)
}

/** The office's log does not fit what this phone kept of it: told on every screen until its owner accepts it, or the phone is emptied. */
export function rewritten(alarm) {
  const what = () => ({ lost: vi`Nhật ký ở máy chủ ngắn hơn mốc mà máy này đang giữ.`, unsigned: vi`Nhật ký ở máy chủ không còn mang chữ ký của nó.` }[alarm.why]
    ?? vi`Nhật ký ở máy chủ không nối tiếp mốc mà máy này đang giữ.`)
  banner("witness", alarm && (() => notice("late", what(),
    para(vi`Có thể nó bị sửa, hoặc hệ thống vừa được phục hồi từ bản sao lưu. Hãy báo thanh tra và xuất gói dự phòng: gói giữ cả hai mốc làm chứng. Cứ ghi tiếp, mọi thứ vẫn lưu và vẫn gửi.`),
    button(vi`Xuất gói dự phòng`, () => go("/waiting"), { kind: "primary" }),
    phone.mayAccept(alarm) && button(vi`Đã được báo là phục hồi`, () => knowingly(alarm), { kind: "quiet" }))))
}

/** To follow the new history is a decision of its own: what it means stands beside the button. */
function knowingly(alarm) {
  const sheet = h("dialog", { class: "ask-sheet", "aria-label": vi`Theo nhật ký mới` })
  const close = () => { removeEventListener("field:locked", close); sheet.close(); sheet.remove() }
  const follow = async () => {
    const done = await phone.acceptHistory(alarm)
    close()
    say(done ? vi`Máy theo nhật ký mới. Cả hai mốc vẫn ở trong gói dự phòng.` : vi`Máy chủ vừa đưa mốc khác. Hãy đọc lại rồi quyết định.`)
  }
  sheet.append(h("div", { class: "stack" }, h("h2", { text: vi`Theo nhật ký mới?` }),
    para(vi`Chỉ làm khi quản trị hệ thống hoặc thanh tra đã báo đích danh lần phục hồi này. Nếu chưa ai báo, hãy quay lại và hỏi.`),
    para(vi`Từ nay máy làm chứng cho nhật ký mới và thôi cảnh báo về lần này. Mốc cũ, mốc mới và giờ bạn chấp nhận vẫn nằm trong mọi gói dự phòng.`),
    button(vi`Quay lại`, close, { sign: "back" }), button(vi`Theo nhật ký mới`, follow, { kind: "danger" })))
  sheet.addEventListener("cancel", (press) => { press.preventDefault(); close() })
  addEventListener("field:locked", close)
  document.body.append(sheet)
  sheet.showModal()
}

async function search() {
  if (!(await look())) say(vi`Chưa có bản mới. Hãy thử lại sau, hoặc xuất gói dự phòng.`)
}

let known = { whose: "", number: 0 }

/** Something on this phone cannot be read any more: told once by name, and on «Chờ gửi» from then on. */
export async function damaged(number = 0) {
  const whose = phone.person?.uid ?? ""
  const fresh = number > (known.whose === whose ? known.number : 0)
  known = { whose, number }
  if (!number) banner("damaged", null)
  if (!fresh) return
  const broken = await phone.damaged()
  const names = () => broken.map((one, at) => [at > 0 && "; ", damagedWord(one)])
  const away = () => banner("damaged", null)
  banner("damaged", () => notice("late", [vi`${number} mục hỏng trên máy này`, " (", names(), "), ", vi`phần còn lại vẫn gửi.`], para(vi`Hãy ghi lại; bản hỏng vẫn được giữ.`),
    button(vi`Xem ở «Chờ gửi»`, () => { away(); go("/waiting") }, { kind: "quiet" }), button(vi`Đã rõ`, away, { kind: "quiet" })))
}
