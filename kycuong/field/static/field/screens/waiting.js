// What waits on this phone: how much, since when, how large, photo by photo; and the copy that survives a lost browser.

import { button, h, notice, para } from "./dom.js";
import { body } from "./frame.js";
import { phone } from "./phone.js";
import { amount, bytes, damagedWord, moment, photoWord } from "./words.js";
import { say } from "./undo.js";
import { ofBoth, theirs, vi } from "../speaking.js";

const DAY = 24 * 60 * 60 * 1000

export async function waiting() {
  const [all, damaged] = [await phone.waiting(), await phone.damaged()]
  const visits = (await Promise.all((await phone.packs()).map(async (pack) => [pack, await phone.waitingOf(pack.uid), await phone.complete(pack.uid)])))
    .filter(([, left, complete]) => left.ops || left.media || complete !== null)
  const send = async () => { await phone.sync(); dispatchEvent(new Event("field:redraw")) }
  const old = all.oldest && Date.now() - all.oldest > DAY
  return {
    title: vi`Chờ gửi`, back: "#/",
    body: body(await missing(), summary(all), apart(damaged),
      old ? notice("attention", vi`Có mục chờ quá một ngày.`, para(vi`Hãy tìm nơi có mạng, hoặc xuất gói dự phòng và chuyển cho đồng nghiệp.`)) : null,
      h("ul", { class: "visits" }, visits.map(([pack, left, complete]) => h("li", { class: "panel beside" },
        h("span", { class: "strong grow", text: theirs(pack.unit.name) }),
        amount(left) ? h("span", { class: "mark mark-attention", text: vi`${amount(left)} chờ gửi` })
          : complete ? h("span", { class: "mark mark-good", text: vi`Đã gửi đủ` }) : h("span", { class: "mark mark-none", text: vi`Chưa đối chiếu` })))),
      await saving(), await photos(), await parcels(), await troubles(),
      h("h2", { text: vi`Gói dự phòng` }),
      para(vi`Một tệp đã mã hóa chứa mọi thứ trên máy này. Gửi qua Zalo hay USB cho trưởng đoàn: họ nộp giúp, nộp nhiều lần cũng không trùng.`),
      button(vi`Xuất gói dự phòng`, hand, { sign: "box" }), receive()),
    foot: button(vi`Gửi ngay`, send, { kind: "primary", sign: "cloud" }),
  }
}

/** What was here, was confirmed and emptied, and the server has lost: only a person can mend that. */
async function missing() {
  const rows = await phone.lost()
  if (!rows.length) return null
  return notice("late", vi`Máy chủ báo thiếu dữ liệu mà máy này đã dọn.`,
    para(vi`Máy chủ đã xác nhận nhận đủ trước khi máy dọn, nay báo không còn. Hãy báo ngay trưởng đoàn và quản trị hệ thống: cần tìm ở bản sao lưu của máy chủ hoặc gói dự phòng đã xuất.`),
    h("ul", { class: "list" }, rows.map((one) => h("li", { text: [one.name, `: ${amount(one)}`] }))))
}

function summary(all) {
  if (!amount(all)) return all.damaged ? null : notice("good", vi`Không còn gì chờ gửi trên máy này.`)
  return h("dl", { class: "facts panel" }, [[vi`Chờ gửi`, amount(all)], [vi`Dung lượng`, bytes(all.bytes)], [vi`Lâu nhất từ`, moment(all.oldest)], [vi`Mạng`, phone.serverWord()]]
    .map(([name, said]) => [h("dt", { text: name }), h("dd", { text: said })]))
}

/** What cannot be read any more, each by its name: it is not sent, and it holds up nothing. */
function apart(rows) {
  if (!rows.length) return null
  return notice("late", vi`${rows.length} mục hỏng trên máy này, phần còn lại vẫn gửi.`,
    h("ul", { class: "list" }, rows.map((one) => h("li", { text: [damagedWord(one), ", ", vi`ghi ${moment(one.wall)}`] }))),
    para(vi`Hãy ghi lại các mục ấy. Bản hỏng vẫn được giữ và đi theo gói dự phòng.`))
}

async function parcels() {
  const rows = await phone.parcels()
  if (!rows.length) return null
  return h("section", { class: "stack" }, h("h2", { text: vi`Gói của máy khác` }),
    rows.map((one) => h("div", { class: "panel" }, para(one.told ? vi`Máy chủ chưa nhận đủ, sẽ nộp lại:` : vi`Chờ nộp giúp khi có mạng.`, { class: "strong" }), one.told ? para(ofBoth({ vi: one.told, en: one.told_en })) : null)))
}

/** The switch that lets photos wait for Wi-Fi. Where the browser does not tell the line, they go and wait by hand. */
async function saving() {
  const [on, free, held] = [await phone.thrifty(), phone.onWifi(), !(await phone.photosMayGo())]
  const again = () => { dispatchEvent(new Event("field:held")); dispatchEvent(new Event("field:redraw")) }
  const focused = document.activeElement?.matches(".switch-box")
  const box = h("input", { type: "checkbox", role: "switch", checked: on, class: "switch-box", on: { change: async () => {
    await phone.setThrifty(box.checked)
    again()
    await phone.sync()
  } } })
  const told = free === null ? vi`Trình duyệt này không cho biết có Wi-Fi hay không: ảnh chờ tới khi bạn bấm «Gửi ảnh ngay».` : free ? vi`Đang có Wi-Fi.` : vi`Đang dùng mạng di động: ảnh chờ.`
  const now = async () => { const sent = phone.photosNow(); again(); await sent }
  if (focused) setTimeout(() => box.focus(), 50) // drawn anew by its own press
  return h("section", { class: "panel stack" },
    h("label", { class: "switch" }, box, h("span", { text: vi`Chỉ gửi ảnh khi có Wi-Fi` })),
    para(vi`Chữ và chữ ký luôn gửi ngay.`, { class: "help" }),
    on ? para(held || free ? told : vi`Ảnh đang được gửi qua mạng hiện có.`, { role: "status" }) : null,
    on && held ? button(vi`Gửi ảnh ngay`, now, { sign: "cloud" }) : null,
    on && !held && !free ? button(vi`Để sau`, () => { phone.photosLater(); again() }, { sign: "clock" }) : null)
}

async function photos() {
  const rows = await phone.photosWaiting()
  if (!rows.length) return null
  return h("section", { class: "stack" }, h("h2", { text: vi`Ảnh chờ gửi` }), rows.map((one) => h("div", { class: "panel" },
    para(photoWord(one), { class: "strong" }), para(`${bytes(one.sent)} / ${bytes(one.size)}`), one.problem ? para(ofBoth(one.problem), { class: "wrong" }) : null,
    h("progress", { max: one.size || 1, value: one.sent, "aria-label": vi`Đã gửi ảnh ${one.criterion_code ?? ""}` }))))
}

async function troubles() {
  const rows = await phone.setAside()
  if (!rows.length) return null
  return h("section", { class: "stack" }, h("h2", { text: vi`Máy chủ đã nhận nhưng để riêng` }),
    para(vi`Không mất: người có quyền ở văn phòng xem và quyết định.`), rows.map((one) => h("div", { class: "panel" }, para([theirs(one.unit), ": ", one.problem ? ofBoth(one.problem) : vi`Chưa rõ lý do.`]))))
}

/** Saved as a file, or handed to another app of the phone where that can be done. */
async function hand() {
  const file = await phone.bundle()
  if (navigator.canShare?.({ files: [file] })) {
    try { await navigator.share({ files: [file], title: vi`Gói dự phòng Kỷ Cương` }); return } catch (fault) { if (fault.name === "AbortError") return }
  }
  const link = h("a", { href: URL.createObjectURL(file), download: file.name })
  document.body.append(link)
  link.click()
  link.remove()
  say(vi`Đã xuất ${file.name}`)
}

function receive() {
  const box = h("input", { type: "file", accept: ".json,.kycuong,application/json", class: "file-box" })
  box.addEventListener("change", async () => {
    try {
      const { mine, added, damaged } = await phone.importBundle(box.files[0])
      say(mine ? [vi`Đã nhập ${added} mục vào máy này`, damaged > 0 && ["; ", vi`${damaged} mục trong gói đã hỏng`]] : vi`Gói của máy khác: đã giữ trên máy này, có mạng thì tự nộp giúp`)
      dispatchEvent(new Event("field:redraw"))
    } catch (fault) {
      dispatchEvent(new CustomEvent("field:fault", { detail: fault }))
    } finally { box.value = "" }
  })
  return h("label", {}, box, h("span", { class: "tap tap-plain", text: vi`Nhập hoặc nộp giúp một gói` }))
}

