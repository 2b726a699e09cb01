// What this person has to visit, as far as it is on this phone; and the way to make the phone ready before leaving.

import { button, h, linkButton, notice, para } from "./dom.js";
import { body } from "./frame.js";
import { phone } from "./phone.js";
import { visitOf } from "./visit_model.js";
import { amount, day, folded, formWord, today } from "./words.js";
import { theirs, vi } from "../speaking.js";

export async function visits() {
  const packs = await phone.packs()
  const rows = (await Promise.all(packs.map(async (pack) => [pack, await visitOf(pack.uid, { seen: false }), await phone.waitingOf(pack.uid)]))).filter(([, one]) => one)
  const open = rows.filter(([pack, one]) => pack.state === "draft" && !one.signed && !pack.removed)
  const closed = rows.filter((row) => !open.includes(row))
  const fetch = async () => { await phone.pull(); dispatchEvent(new Event("field:redraw")) }
  return {
    title: vi`Lượt kiểm tra của tôi`, lead: theirs(phone.person.name), back: "",
    body: body(await readiness(), shut(await phone.shutVisits()),
      open.length ? h("ul", { class: "visits" }, open.sort(byDay).map(card)) : notice("info", vi`Chưa có lượt nào trên máy.`, para(vi`Khi có mạng, bấm «Tải lượt về máy».`), button(vi`Tải lượt về máy`, fetch)),
      closed.length ? [h("h2", { text: vi`Đã ký` }), h("ul", { class: "visits" }, closed.sort(byDay).reverse().map(card))] : null),
    foot: h("nav", { class: "foot-steps", "aria-label": vi`Máy này` }, linkButton("#/waiting", vi`Chờ gửi`, { sign: "clock" }), linkButton("#/device", vi`Máy này`, { sign: "phone" })),
  }
}

function shut(number) {
  const again = async () => { await phone.pullAnew(); dispatchEvent(new Event("field:redraw")) }
  return number ? notice("late", vi`${number} lượt hỏng trên máy này, không mở được. Các lượt khác vẫn dùng được.`,
    para(vi`Những gì đã ghi ở lượt ấy vẫn được giữ và vẫn gửi.`), button(vi`Tải lại từ máy chủ`, again)) : null
}

async function readiness() {
  const at = await phone.readyAt()
  if (!at) return linkButton("#/prepare", vi`Chuẩn bị đi thực địa`, { kind: "primary", sign: "box" })
  return h("p", { class: "ready" }, h("span", { class: "mark mark-good", text: vi`Sẵn sàng ngoại tuyến` }), h("a", { class: "more", href: "#/prepare", text: vi`Chuẩn bị lại` }))
}

const byDay = ([one], [two]) => one.visited_on.localeCompare(two.visited_on) || folded(one.unit.name).localeCompare(folded(two.unit.name))

function card([pack, one, waiting]) {
  const [told, tone] = standing(pack, one)
  const when = pack.visited_on === today() ? vi`Hôm nay` : day(pack.visited_on)
  return h("li", {}, h("a", { class: "visit", href: `#/visit/${pack.uid}` },
    h("span", { class: "visit-name", text: theirs(pack.unit.name) }),
    h("span", { text: [`${when} · `, formWord(pack.inspection), pack.checklist_form === "short" && [" · ", vi`phiếu rút gọn`]] }),
    h("span", { class: "visit-marks" }, h("span", { class: `mark mark-${tone}`, text: told }),
      one.state.conflicts.length ? h("span", { class: "mark mark-late", text: vi`${one.state.conflicts.length} chỗ khác nhau` }) : null,
      amount(waiting) ? h("span", { class: "mark mark-none", text: vi`${amount(waiting)} chờ gửi` }) : null)))
}

function standing(pack, one) {
  if (pack.state === "annulled") return [vi`đã hủy`, "none"]
  if (pack.removed) return [vi`không còn giao cho bạn`, "attention"]
  if (pack.state === "signed") return [vi`đã vào sổ`, "good"]
  if (one.signed) return [vi`đã ký tại chỗ`, "good"]
  const counted = one.asked.filter((criterion) => criterion.counted !== false)
  const done = counted.filter((criterion) => one.done(criterion)).length
  if (!one.begun) return [vi`chưa bắt đầu`, "none"]
  return done === counted.length ? [vi`đã ghi đủ, chưa ký`, "attention"] : [vi`đã ghi ${done}/${counted.length} câu`, "attention"]
}
