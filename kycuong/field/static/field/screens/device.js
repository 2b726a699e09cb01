// This phone: lock, leave, what others have left here, how to put it on the home screen.

import { button, h, linkButton, notice, para, put } from "./dom.js";
import { body, go } from "./frame.js";
import { installWords } from "./entry.js";
import { languages } from "./languages.js";
import { phone } from "./phone.js";
import { amount, bytes } from "./words.js";
import { theirs, vi } from "../speaking.js";

export async function device() {
  const others = await phone.others()
  const room = await navigator.storage?.estimate?.().catch(() => null)
  const kept = await navigator.storage?.persisted?.().catch(() => null)
  const leaving = h("div", { role: "alert" })
  return {
    title: vi`Máy này`, lead: theirs(phone.person.name), back: "#/",
    body: body(
      h("div", { class: "stack" }, button(vi`Khóa ngay`, () => phone.lock(), { sign: "lock" }), button(vi`Đăng xuất`, () => leave(leaving), { sign: "cross" }), leaving),
      others.map((one) => notice("info", vi`${amount(one) || vi`Dữ liệu`} của người khác chưa gửi`, para(one.name ? vi`Của ${theirs(one.name)}. Chỉ người ấy mở được.` : vi`Chỉ người ấy mở được.`))),
      h("h2", { text: vi`Bộ nhớ` }),
      para([vi`Đang dùng ${bytes(room?.usage ?? 0)}.`, " ", kept ? vi`Trình duyệt đã hứa không tự xóa.` : vi`Trình duyệt chưa hứa giữ lại: hãy chạy «Chuẩn bị đi thực địa».`]),
      linkButton("#/prepare", vi`Chuẩn bị đi thực địa`, { sign: "box" }), linkButton("#/waiting", vi`Gói dự phòng, chờ gửi`, { sign: "clock" }),
      h("h2", { text: vi`Giao diện` }), schemes(), h("h2", { text: vi`Ngôn ngữ` }), languages(),
      h("h2", { text: vi`Đặt lên màn hình chính` }), installWords().map((text) => para(text)),
      h("h2", { text: vi`Phiên bản` }), para(await phone.version()),
      linkButton("/", vi`Mở trang trên máy tính`, { kind: "quiet" })),
  }
}

/** Light, dark or as the phone says; the script in the head of the page keeps it (scheme.js). */
function schemes() {
  const shown = () => document.documentElement.dataset.scheme
  const one = (code, name) => {
    const made = button(name, () => choose(code), { kind: "chip" })
    made.dataset.scheme = code
    return made
  }
  const all = [one("system", vi`Theo máy`), one("light", vi`Sáng`), one("dark", vi`Tối`)]
  const mark = () => all.forEach((made) => made.setAttribute("aria-pressed", String(made.dataset.scheme === shown())))
  const choose = (code) => { dispatchEvent(new CustomEvent("field:scheme", { detail: code })); mark() }
  mark()
  return h("div", { class: "chips", role: "group", "aria-label": vi`Giao diện` }, all)
}

async function leave(place) {
  const left = await phone.waiting()
  const out = async () => { await phone.signOut(); go("/") }
  if (!amount(left)) { await out(); return }
  put(place, notice("attention", vi`Còn ${amount(left)} chưa gửi.`, para(vi`Đăng xuất không xóa gì: lần sau đăng nhập đúng người này thì gửi tiếp. Nhưng chưa ai ở văn phòng thấy những mục ấy.`),
    button(vi`Gửi ngay`, async () => { await phone.sync(); dispatchEvent(new Event("field:redraw")) }, { kind: "primary" }), button(vi`Vẫn đăng xuất`, out, { kind: "danger" }), button(vi`Ở lại`, () => put(place))))
}
