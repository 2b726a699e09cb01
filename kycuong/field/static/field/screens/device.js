// This phone: lock, leave, what others have left here, how to put it on the home screen.

import { button, h, linkButton, notice, para, put } from "./dom.js";
import { body, go } from "./frame.js";
import { installWords } from "./entry.js";
import { phone } from "./phone.js";
import { amount, bytes } from "./words.js";

export async function device() {
  const others = await phone.others()
  const room = await navigator.storage?.estimate?.().catch(() => null)
  const kept = await navigator.storage?.persisted?.().catch(() => null)
  const leaving = h("div", { role: "alert" })
  return {
    title: "Máy này", lead: phone.person.name, back: "#/",
    body: body(
      h("div", { class: "stack" }, button("Khóa ngay", () => phone.lock(), { sign: "lock" }), button("Đăng xuất", () => leave(leaving), { sign: "cross" }), leaving),
      others.map((one) => notice("info", `${amount(one) || "Dữ liệu"} của người khác chưa gửi`, para(one.name ? `Của ${one.name}. Chỉ người ấy mở được.` : "Chỉ người ấy mở được."))),
      h("h2", { text: "Bộ nhớ" }),
      para(`Đang dùng ${bytes(room?.usage ?? 0)}. ${kept ? "Trình duyệt đã hứa không tự xóa." : "Trình duyệt chưa hứa giữ lại: hãy chạy «Chuẩn bị đi thực địa»."}`),
      linkButton("#/prepare", "Chuẩn bị đi thực địa", { sign: "box" }), linkButton("#/waiting", "Gói dự phòng, chờ gửi", { sign: "clock" }),
      h("h2", { text: "Giao diện" }), schemes(),
      h("h2", { text: "Đặt lên màn hình chính" }), installWords().map((text) => para(text)),
      h("h2", { text: "Phiên bản" }), para(await phone.version()),
      linkButton("/", "Mở trang trên máy tính", { kind: "quiet" })),
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
  const all = [one("system", "Theo máy"), one("light", "Sáng"), one("dark", "Tối")]
  const mark = () => all.forEach((made) => made.setAttribute("aria-pressed", String(made.dataset.scheme === shown())))
  const choose = (code) => { dispatchEvent(new CustomEvent("field:scheme", { detail: code })); mark() }
  mark()
  return h("div", { class: "chips", role: "group", "aria-label": "Giao diện" }, all)
}

async function leave(place) {
  const left = await phone.waiting()
  const out = async () => { await phone.signOut(); go("/") }
  if (!amount(left)) { await out(); return }
  put(place, notice("attention", `Còn ${amount(left)} chưa gửi.`, para("Đăng xuất không xóa gì: lần sau đăng nhập đúng người này thì gửi tiếp. Nhưng chưa ai ở văn phòng thấy những mục ấy."),
    button("Gửi ngay", async () => { await phone.sync(); dispatchEvent(new Event("field:redraw")) }, { kind: "primary" }), button("Vẫn đăng xuất", out, { kind: "danger" }), button("Ở lại", () => put(place))))
}
