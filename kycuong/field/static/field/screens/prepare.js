// Before leaving: everything fetched, everything allowed, room kept; each step says what came out.

import { button, h, icon, linkButton, notice, para, put } from "./dom.js";
import { body } from "./frame.js";
import { phone } from "./phone.js";
import { vi } from "../speaking.js";

const stands = () => ({ true: ["good", "check", vi`Được`], false: ["attention", "warning", vi`Chưa được`], null: ["none", "clock", vi`Đang làm`] })

const list = h("ol", { class: "ready-steps" })
const end = h("div", { role: "status" }) // what came out stays to be read when one comes back

for (const event of ["field:locked", "field:language"]) addEventListener(event, () => { put(list); put(end) }) // names of units may stand in it

export async function prepare() {
  const run = async () => {
    put(list)
    put(end)
    const rows = new Map()
    const { ready } = await phone.prepare((step) => {
      if (!rows.has(step.key)) { rows.set(step.key, h("li", { class: "panel" })); list.append(rows.get(step.key)) }
      const [tone, sign, word] = stands()[String(step.ok)]
      put(rows.get(step.key), h("p", { class: "ready-head" }, h("span", { class: `mark mark-${tone}` }, icon(sign), h("span", { text: word })), h("span", { class: "strong", text: step.label })),
        step.told ? para(step.told) : null)
    })
    put(end, ready ? notice("good", vi`Sẵn sàng ngoại tuyến`, para(vi`Có thể tắt mạng và đi. Mọi thứ ghi được cả khi không có sóng.`), linkButton("#/", vi`Về danh sách`, { kind: "primary" }))
      : notice("attention", vi`Chưa sẵn sàng`, para(vi`Xem bước «Chưa được» ở trên, sửa rồi chạy lại. Vẫn có thể ghi, nhưng chưa chắc đủ khi mất sóng.`)))
    end.scrollIntoView({ block: "nearest" })
  }
  return {
    title: vi`Chuẩn bị đi thực địa`, back: "#/",
    body: body(para(vi`Làm khi còn mạng: tải lượt, phiếu, danh sách người; xin phép máy ảnh, vị trí; giữ sẵn chỗ trống.`), list, end),
    foot: button(vi`Chuẩn bị`, run, { kind: "primary", sign: "box" }),
  }
}
