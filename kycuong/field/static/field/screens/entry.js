// The way in: the right browser, who one is, the passphrase that opens what is kept on this phone.

import { button, h, icon, notice, para, put } from "./dom.js";
import { body } from "./frame.js";
import * as late from "./late_photos.js";
import { languages } from "./languages.js";
import { phone } from "./phone.js";
import { session } from "./session.js";
import { line } from "./typing.js";
import { amount } from "./words.js";
import { theirs, verbatim, vi } from "../speaking.js";

const agent = navigator.userAgent
export const isPhoneOfApple = /iPhone|iPad|iPod/.test(agent) || (/Macintosh/.test(agent) && navigator.maxTouchPoints > 1)
const inOtherApp = /Zalo|FBAN|FBAV|FB_IAB|Instagram|Line\/|; wv\)/.test(agent)
const installed = () => matchMedia("(display-mode: standalone)").matches || navigator.standalone === true

export function installWords() {
  if (installed()) return [vi`Ứng dụng đang chạy từ màn hình chính.`]
  if (isPhoneOfApple) return [vi`Trong Safari: bấm nút Chia sẻ, chọn «Thêm vào Màn hình chính», rồi mở từ biểu tượng mới.`]
  return [vi`Trong Chrome: bấm dấu ba chấm, chọn «Thêm vào màn hình chính».`]
}

/** A screen that must be passed before anything else, or null: places where what is written could be lost. */
export function wrongPlace() {
  if (inOtherApp) {
    return { title: isPhoneOfApple ? vi`Mở bằng Safari` : vi`Mở bằng Chrome`, status: false, body: body(
      notice("attention", vi`Đang mở bên trong ứng dụng khác (Zalo, Facebook…).`, para(vi`Ở đây dữ liệu có thể mất khi đóng cửa sổ, nên không ghi được.`)),
      h("ol", { class: "list" }, h("li", { text: vi`Bấm dấu ba chấm ở góc màn hình.` }), h("li", { text: isPhoneOfApple ? vi`Chọn «Mở bằng Safari».` : vi`Chọn «Mở bằng Chrome» hoặc «Mở bằng trình duyệt».` })),
      button(vi`Chép địa chỉ`, (one) => navigator.clipboard.writeText(location.origin + location.pathname).then(() => put(one, icon("check"), h("span", { text: vi`Đã chép` }))), { kind: "primary" }), languages()) }
  }
  if (isPhoneOfApple && !installed() && !sessionStorage.getItem("field-in-tab")) {
    return { title: vi`Thêm vào màn hình chính`, status: false, body: body(
      notice("attention", vi`Trên iPhone, hãy đặt ứng dụng lên màn hình chính trước khi đăng nhập.`, para(vi`Safari và ứng dụng trên màn hình chính giữ dữ liệu riêng. Trong thẻ Safari, dữ liệu có thể bị xóa sau bảy ngày.`)),
      h("ol", { class: "list" }, [vi`Bấm nút Chia sẻ (ô vuông có mũi tên lên).`, vi`Chọn «Thêm vào Màn hình chính».`, vi`Mở Kỷ Cương từ biểu tượng mới, rồi đăng nhập ở đó.`].map((text) => h("li", { text }))),
      button(vi`Chỉ xem thử trong thẻ này`, () => { sessionStorage.setItem("field-in-tab", "1"); dispatchEvent(new Event("field:redraw")) }, { kind: "quiet" }), languages()) }
  }
  return null
}

function wrongSpot() {
  return h("p", { class: "wrong", role: "alert", hidden: true })
}

function tell(spot, text) {
  put(spot, text)
  spot.hidden = !text
}

/** A form that is sent with the key of the keyboard as well. */
function form(fields, label, send) {
  const spot = wrongSpot()
  const go = button(label, () => send(spot), { kind: "primary" })
  const made = h("form", { class: "stack", novalidate: true }, fields, spot, go)
  made.addEventListener("submit", (press) => { press.preventDefault(); go.click() })
  return made
}

function secret(label, more = {}) {
  const made = line(label, { type: "password", ...more })
  const see = button(vi`Hiện`, () => {
    const hidden = made.box.type === "password"
    made.box.type = hidden ? "text" : "password"
    see.querySelector("span").textContent = hidden ? vi`Ẩn` : vi`Hiện`
  }, { kind: "quiet" })
  return { place: h("div", { class: "beside" }, made, see), box: made.box, wrong: made.wrong }
}

function why() {
  if (session.mustProve) return notice("info", vi`Hãy gõ lại mật khẩu để đăng ký máy.`, para(vi`Đăng nhập đã quá năm phút, văn phòng cần biết vẫn đúng là bạn. Những gì đã ghi vẫn trên máy.`))
  return notice("info", vi`Phiên đăng nhập đã hết.`, para(vi`Những gì đã ghi vẫn trên máy. Đăng nhập lại để gửi.`))
}

export async function signIn({ back = "" } = {}) {
  const others = await phone.others()
  const login = line(vi`Tên đăng nhập`, { autocomplete: "username", autocapitalize: "none", spellcheck: false, name: "login" })
  const password = secret(vi`Mật khẩu`, { autocomplete: "current-password", name: "password" })
  const send = async (spot) => {
    tell(spot, "")
    const here = location.hash
    const problem = await phone.signIn(login.box.value.trim(), password.box.value)
    if (problem) { tell(spot, problem); return }
    if (back && location.hash === here) location.hash = back.replace(/^#/, "")
    dispatchEvent(new Event("field:redraw"))
  }
  return {
    title: vi`Đăng nhập`, back, status: Boolean(phone.person), body: body(
      phone.person ? why() : para(vi`Cần mạng cho lần đăng nhập đầu trên máy này.`),
      form([login, password.place], vi`Đăng nhập`, send),
      phone.person ? null : others.map((one) => notice("info", vi`${amount(one) || vi`Không có mục nào`} của người khác chưa gửi`, para(one.name ? vi`Của ${theirs(one.name)}.` : vi`Người ấy đăng nhập thì mới mở và gửi được.`),
        one.name ? button(vi`Mở với tên ${theirs(one.name)}`, () => phone.be(one), { kind: "quiet" }) : null)), languages()),
  }
}

/** The first time: a passphrase that only this person knows, and the sealed key kept at the server for the day it is forgotten. */
export async function choosePassphrase() {
  const first = secret(vi`Mật khẩu của máy này`, { autocomplete: "new-password", name: "passphrase" })
  const again = secret(vi`Gõ lại`, { autocomplete: "new-password", name: "again" })
  const send = async (spot) => {
    tell(spot, "")
    if (first.box.value.length < 8) { tell(spot, vi`Ít nhất 8 ký tự.`); return }
    if (first.box.value !== again.box.value) { tell(spot, vi`Hai lần gõ chưa giống nhau.`); return }
    const problem = await phone.enrol(first.box.value)
    if (problem) { tell(spot, problem); return }
    dispatchEvent(new Event("field:redraw"))
  }
  return {
    title: vi`Đặt mật khẩu cho máy này`, status: false, body: body(
      para(vi`Mọi thứ ghi trên máy được mã hóa bằng mật khẩu này. Dùng được cả khi không có mạng. Một câu ngắn dễ nhớ tốt hơn một dãy số.`),
      form([first.place, again.place], vi`Đặt mật khẩu`, send),
      para(vi`Quên thì không mất dữ liệu: đăng nhập và xin mở lại ở văn phòng.`, { class: "help" }),
      h("a", { class: "tap tap-quiet", href: "#/sign-in", text: vi`Đăng nhập lại` }), languages()),
  }
}

export async function unlock() {
  const pass = secret(vi`Mật khẩu của máy này`, { autocomplete: "current-password", name: "passphrase" })
  const send = async (spot) => {
    tell(spot, "")
    if (!(await phone.unlock(pass.box.value))) { tell(spot, vi`Mật khẩu chưa đúng. Hãy thử lại.`); pass.box.select(); return }
    dispatchEvent(new Event("field:redraw"))
  }
  setTimeout(() => pass.box.focus(), 50)
  return {
    title: vi`Mở khóa`, lead: theirs(phone.person.name), status: false, body: body(
      late.waiting() ? notice("info", vi`${late.waiting()} ảnh vừa chụp chờ mở khóa để lưu.`, para(vi`Đừng đóng trang này trước khi mở khóa.`)) : null,
      form([pass.place], vi`Mở khóa`, send),
      h("a", { class: "tap tap-quiet", href: "#/forgotten", text: vi`Quên mật khẩu của máy này` }),
      button(vi`Người khác dùng máy này`, () => phone.other(), { kind: "quiet" }), languages()),
  }
}

export async function forgotten() {
  const reason = line(vi`Lý do`, { maxlength: "300", name: "reason", value: verbatim`Quên mật khẩu của máy.` })
  const state = h("div", { class: "stack", role: "status" })
  const ask = async (spot) => {
    tell(spot, "")
    const problem = await phone.askKey(reason.box.value.normalize("NFC").trim())
    if (problem) { tell(spot, problem); return }
    put(state, notice("good", vi`Đã gửi yêu cầu.`, para(vi`Người phụ trách mở trang «Máy đi thực địa» ở văn phòng và duyệt. Sau đó bấm nút dưới đây.`)))
  }
  const fresh = secret(vi`Mật khẩu mới của máy này`, { autocomplete: "new-password", name: "passphrase" })
  const take = async (spot) => {
    tell(spot, "")
    if (fresh.box.value.length < 8) { tell(spot, vi`Ít nhất 8 ký tự.`); return }
    const problem = await phone.takeKey(fresh.box.value)
    if (problem) { tell(spot, problem); return }
    location.hash = "/"
    dispatchEvent(new Event("field:redraw"))
  }
  return {
    title: vi`Quên mật khẩu của máy`, back: "#/", status: false, body: body(
      para(vi`Dữ liệu không mất. Cần mạng, đăng nhập đúng người, và một người phụ trách duyệt.`),
      h("section", { class: "panel stack" }, h("h2", { text: vi`1. Xin mở lại` }), form([reason], vi`Gửi yêu cầu`, ask), state),
      h("section", { class: "panel stack" }, h("h2", { text: vi`2. Khi đã được duyệt` }), form([fresh.place], vi`Đặt mật khẩu mới`, take))),
  }
}

/** The key is made, but the office has not got its copy: nothing can be written until it has. */
export async function confirmEnrolment() {
  const spot = wrongSpot()
  const again = async () => {
    tell(spot, "")
    const problem = await phone.confirm()
    if (problem) { tell(spot, problem); return }
    dispatchEvent(new Event("field:redraw"))
  }
  return { title: vi`Đăng ký máy`, status: false, body: body(
    notice("attention", vi`Văn phòng chưa giữ khóa dự phòng của máy này.`, para(vi`Có khóa ấy thì quên mật khẩu cũng không mất dữ liệu. Cần mạng một lần.`)),
    spot, button(vi`Đăng ký máy`, again, { kind: "primary" }), h("a", { class: "tap tap-quiet", href: "#/sign-in", text: vi`Đăng nhập lại` }), languages()) }
}

/** The office does not know this phone any more, as after a restored backup: it is told once more. */
export async function enrolAgain() {
  const pass = secret(vi`Mật khẩu của máy này`, { autocomplete: "current-password", name: "passphrase" })
  const send = async (spot) => {
    tell(spot, "")
    const problem = await phone.enrolAgain(pass.box.value)
    if (problem) { tell(spot, problem); return }
    await phone.sync()
    location.hash = "/"
  }
  return { title: vi`Đăng ký lại máy`, back: "#/", body: body(
    notice("attention", vi`Văn phòng chưa biết máy này.`, para(vi`Những gì đã ghi vẫn trên máy. Đăng ký lại thì gửi được tiếp.`)), form([pass.place], vi`Đăng ký máy`, send),
    h("a", { class: "tap tap-quiet", href: "#/sign-in", text: vi`Đăng nhập lại` }), languages()) }
}
