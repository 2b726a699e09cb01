// One visit from above: where it stands, what each part still lacks, and one large step to what comes next.

import { button, h, linkButton, notice, para, rowLink } from "./dom.js";
import { body, go } from "./frame.js";
import { phone } from "./phone.js";
import { refused } from "./signed.js";
import { visitOf } from "./visit_model.js";
import { day, fieldWord, headcountInWords, moment } from "./words.js";

export function gone(back = "#/") {
  return { title: "Không có trên máy này", back, body: body(notice("attention", "Lượt kiểm tra này không có trên máy.",
    para("Có thể lượt chưa được tải về, hoặc không còn giao cho bạn. Những gì bạn đã ghi vẫn được giữ."))) }
}

export function locked(visit) {
  return { title: "Đã khóa", lead: visit.name, back: `#/visit/${visit.uid}`, body: body(
    notice("info", visit.signed ? "Biên bản đã ký nên không sửa được nữa." : "Lượt này không còn giao cho bạn.",
      para(visit.signed ? "Ghi sót hoặc sai thì lập biên bản bổ sung." : "Những gì bạn đã ghi vẫn nằm trên máy và vẫn gửi được.")),
    linkButton(`#/visit/${visit.uid}`, "Về lượt kiểm tra", { kind: "primary" })) }
}

/** The parts of a visit in the order in which they are walked. */
export function steps(visit) {
  const base = `#/visit/${visit.uid}`
  return [
    { key: "h", href: `${base}/headcount`, label: "Quân số" },
    ...visit.groups.map((group) => ({ key: `g/${group.code}`, href: `${base}/group/${group.code}`, label: `${group.code}. ${group.title}`, group })),
    { key: "f", href: `${base}/findings`, label: "Tồn tại khác" },
    { key: "w", href: `${base}/word`, label: "Ưu điểm và ý kiến đơn vị" },
  ]
}

export async function visit(uid) {
  const one = await visitOf(uid)
  if (!one) return gone()
  const base = `#/visit/${uid}`
  const missing = one.locked ? [] : one.missing
  return {
    title: one.name, lead: `${day(one.pack.visited_on)} · ${one.pack.inspection.form_name ?? ""}`, back: "#/",
    body: body(states(one), facts(one), one.begun || one.locked ? null : start(one), one.locked ? null : parts(one), extras(one, base)),
    foot: one.signed ? linkButton(`${base}/minutes`, "Xem biên bản đã ký", { kind: "primary", sign: "lock" })
      : one.locked || !one.begun ? null : forward(one, base, missing),
  }
}

function states(one) {
  const made = []
  if (one.pack.removed) made.push(notice("attention", "Lượt này không còn giao cho bạn.", para("Những gì bạn đã ghi vẫn được giữ và vẫn gửi về máy chủ.")))
  if (one.pack.state === "annulled") made.push(notice("attention", "Lượt này đã hủy ở văn phòng."))
  if (one.state.conflicts.length) {
    made.push(notice("late", `${one.state.conflicts.length} chỗ hai người ghi khác nhau`, linkButton(`#/visit/${one.uid}/conflicts`, "Xem và chọn", { kind: "primary" })))
  }
  if (one.damaged.length) made.push(broken(one))
  if (refused(one)) made.push(refused(one))
  if (one.pack.sealed) made.push(notice("info", "Cuộc kiểm tra niêm phong: không nói cho ai ngoài đoàn."))
  return made
}

/** What cannot be read here is named, and can be fetched, written anew where it is written, or taken away. */
function broken(one) {
  const again = async () => { await phone.pullAnew(); dispatchEvent(new Event("field:redraw")) }
  const take = async (field) => {
    await one.unsay(field)
    dispatchEvent(new Event("field:redraw"))
  }
  const alone = one.locked ? [] : one.damaged.filter((field) => !one.disputed(field))
  return notice("late", `${one.damaged.length} mục hỏng trên máy này: ${one.damaged.map(fieldWord).join(", ")}. Phần còn lại vẫn ghi và gửi được.`,
    para("Tải lại thì có bản máy chủ đã nhận; không có thì hãy ghi lại."), button("Tải lại từ máy chủ", again, { kind: "primary" }),
    alone.map((field) => button(`Bỏ mục hỏng: ${fieldWord(field)}`, () => take(field), { kind: "quiet", sign: "trash" })))
}

function facts(one) {
  const decision = one.pack.inspection.decision_number
  const rows = [["Cơ quan chủ trì", one.pack.inspection.lead_name], ["Quyết định", decision && `${decision}, ${day(one.pack.inspection.decision_on)}`],
    ["Đoàn", (one.pack.team ?? []).map((seat) => `${seat.name || seat.position} (${seat.role_name})`).join("; ")]]
  return h("details", { class: "panel" }, h("summary", { text: "Quyết định, đoàn kiểm tra" }),
    h("dl", { class: "facts" }, rows.filter(([, said]) => said).map(([name, said]) => [h("dt", { text: name }), h("dd", { text: said })])))
}

function start(one) {
  const begin = async () => {
    await one.say("st/start", { at: Date.now(), gps: null, note: "" })
    void phone.place().then((gps) => gps && one.say("st/start", { ...one.state.start, gps })).catch(() => {})
    go(`/visit/${one.uid}/headcount`)
  }
  return h("div", { class: "panel stack" }, para("Bấm khi đã đến nơi: máy ghi giờ và vị trí (nếu bắt được)."),
    button("Bắt đầu kiểm tra", begin, { kind: "primary", sign: "clock" }))
}

function parts(one) {
  return h("nav", { class: "rows", "aria-label": "Các phần của lượt kiểm tra" }, steps(one).map((step) => {
    const [told, tone] = progress(one, step)
    return rowLink(step.href, step.label, { told, tone })
  }))
}

function progress(one, step) {
  if (step.key === "h") return one.state.headcount?.present !== undefined ? [headcountInWords(one.state.headcount).split(";")[0], "good"] : ["chưa ghi", "attention"]
  if (step.key === "f") {
    const number = Object.keys(one.state.findings).length
    return [number ? `${number} tồn tại` : "không có", "none"]
  }
  if (step.key === "w") return one.state.strengths || one.state.explanation || Object.keys(one.state.explanations).length ? ["đã ghi", "good"] : ["chưa ghi", "none"]
  const counted = step.group.criteria.filter((criterion) => criterion.counted !== false)
  const done = counted.filter((criterion) => one.done(criterion)).length
  return done === counted.length ? ["xong", "good"] : [`${done}/${counted.length}`, "attention"]
}

function extras(one, base) {
  const photos = one.photos().length
  const finish = one.state.start && !one.state.finish && one.signed
  return h("nav", { class: "rows", "aria-label": "Việc khác" },
    rowLink(`${base}/photos`, "Ảnh", { told: String(photos), sign: "camera" }),
    one.locked ? null : rowLink(`${base}/read`, "Đọc lại toàn bộ", { sign: "note" }),
    one.signed ? rowLink(`${base}/addendum`, "Biên bản bổ sung", { sign: "plus" }) : null,
    one.state.start ? para(`Bắt đầu ${moment(one.state.start.at)}${one.state.start.gps ? `, vị trí sai số ${Math.round(one.state.start.gps.acc)} m` : ""}.`, { class: "help" }) : null,
    finish ? button("Ghi giờ kết thúc", () => one.say("st/finish", { at: Date.now(), gps: null, note: "" }).then(() => dispatchEvent(new Event("field:redraw")))) : null)
}

function forward(one, base, missing) {
  const open = steps(one).find((step) => (step.group ? step.group.criteria.some((criterion) => criterion.counted !== false && !one.done(criterion)) : step.key === "h" && !one.state.headcount))
  if (!missing.length) return linkButton(`${base}/read`, "Đọc lại để ký", { kind: "primary", sign: "pen" })
  return h("div", { class: "foot-steps" }, linkButton(`${base}/missing`, `Còn thiếu ${missing.length}`),
    linkButton(open?.href ?? `${base}/missing`, "Ghi tiếp", { kind: "primary", sign: "next" }))
}
