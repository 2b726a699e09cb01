// One visit from above: where it stands, what each part still lacks, and one large step to what comes next.

import { button, h, linkButton, notice, para, rowLink } from "./dom.js";
import { body, go } from "./frame.js";
import { phone } from "./phone.js";
import { refused } from "./signed.js";
import { visitOf } from "./visit_model.js";
import { day, fieldWord, formWord, headcountInWords, moment, roleWord } from "./words.js";
import { theirs, vi } from "../speaking.js";

export function gone(back = "#/") {
  return { title: vi`Không có trên máy này`, back, body: body(notice("attention", vi`Lượt kiểm tra này không có trên máy.`,
    para(vi`Có thể lượt chưa được tải về, hoặc không còn giao cho bạn. Những gì bạn đã ghi vẫn được giữ.`))) }
}

export function locked(visit) {
  return { title: vi`Đã khóa`, lead: theirs(visit.name), back: `#/visit/${visit.uid}`, body: body(
    notice("info", visit.signed ? vi`Biên bản đã ký nên không sửa được nữa.` : vi`Lượt này không còn giao cho bạn.`,
      para(visit.signed ? vi`Ghi sót hoặc sai thì lập biên bản bổ sung.` : vi`Những gì bạn đã ghi vẫn nằm trên máy và vẫn gửi được.`)),
    linkButton(`#/visit/${visit.uid}`, vi`Về lượt kiểm tra`, { kind: "primary" })) }
}

/** The parts of a visit in the order in which they are walked. */
export function steps(visit) {
  const base = `#/visit/${visit.uid}`
  return [
    { key: "h", href: `${base}/headcount`, label: vi`Quân số` },
    ...visit.groups.map((group) => ({ key: `g/${group.code}`, href: `${base}/group/${group.code}`, label: [`${group.code}. `, theirs(group.title)], group })),
    { key: "f", href: `${base}/findings`, label: vi`Tồn tại khác` },
    { key: "w", href: `${base}/word`, label: vi`Ưu điểm và ý kiến đơn vị` },
  ]
}

export async function visit(uid) {
  const one = await visitOf(uid)
  if (!one) return gone()
  const base = `#/visit/${uid}`
  const missing = one.locked ? [] : one.missing
  return {
    title: theirs(one.name), lead: [`${day(one.pack.visited_on)} · `, formWord(one.pack.inspection)], back: "#/",
    body: body(states(one), facts(one), one.begun || one.locked ? null : start(one), one.locked ? null : parts(one), extras(one, base)),
    foot: one.signed ? linkButton(`${base}/minutes`, vi`Xem biên bản đã ký`, { kind: "primary", sign: "lock" })
      : one.locked || !one.begun ? null : forward(one, base, missing),
  }
}

function states(one) {
  const made = []
  if (one.pack.removed) made.push(notice("attention", vi`Lượt này không còn giao cho bạn.`, para(vi`Những gì bạn đã ghi vẫn được giữ và vẫn gửi về máy chủ.`)))
  if (one.pack.state === "annulled") made.push(notice("attention", vi`Lượt này đã hủy ở văn phòng.`))
  if (one.state.conflicts.length) {
    made.push(notice("late", vi`${one.state.conflicts.length} chỗ hai người ghi khác nhau`, linkButton(`#/visit/${one.uid}/conflicts`, vi`Xem và chọn`, { kind: "primary" })))
  }
  if (one.damaged.length) made.push(broken(one))
  if (refused(one)) made.push(refused(one))
  if (one.pack.sealed) made.push(notice("info", vi`Cuộc kiểm tra niêm phong: không nói cho ai ngoài đoàn.`))
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
  return notice("late", vi`${one.damaged.length} mục hỏng trên máy này: ${one.damaged.map(fieldWord).join(", ")}. Phần còn lại vẫn ghi và gửi được.`,
    para(vi`Tải lại thì có bản máy chủ đã nhận; không có thì hãy ghi lại.`), button(vi`Tải lại từ máy chủ`, again, { kind: "primary" }),
    alone.map((field) => button(vi`Bỏ mục hỏng: ${fieldWord(field)}`, () => take(field), { kind: "quiet", sign: "trash" })))
}

function facts(one) {
  const decision = one.pack.inspection.decision_number
  const rows = [[vi`Cơ quan chủ trì`, theirs(one.pack.inspection.lead_name)], [vi`Quyết định`, decision && [theirs(decision), `, ${day(one.pack.inspection.decision_on)}`]],
    [vi`Đoàn`, one.pack.team?.length && one.pack.team.map((seat, at) => [at > 0 && "; ", theirs(seat.name || seat.position), " (", roleWord(seat), ")"])]]
  return h("details", { class: "panel" }, h("summary", { text: vi`Quyết định, đoàn kiểm tra` }),
    h("dl", { class: "facts" }, rows.filter(([, said]) => said).map(([name, said]) => [h("dt", { text: name }), h("dd", { text: said })])))
}

function start(one) {
  const begin = async () => {
    await one.say("st/start", { at: Date.now(), gps: null, note: "" })
    void phone.place().then((gps) => gps && one.say("st/start", { ...one.state.start, gps })).catch(() => {})
    go(`/visit/${one.uid}/headcount`)
  }
  return h("div", { class: "panel stack" }, para(vi`Bấm khi đã đến nơi: máy ghi giờ và vị trí (nếu bắt được).`),
    button(vi`Bắt đầu kiểm tra`, begin, { kind: "primary", sign: "clock" }))
}

function parts(one) {
  return h("nav", { class: "rows", "aria-label": vi`Các phần của lượt kiểm tra` }, steps(one).map((step) => {
    const [told, tone] = progress(one, step)
    return rowLink(step.href, step.label, { told, tone })
  }))
}

function progress(one, step) {
  if (step.key === "h") return one.state.headcount?.present !== undefined ? [headcountInWords(one.state.headcount).split(";")[0], "good"] : [vi`chưa ghi`, "attention"]
  if (step.key === "f") {
    const number = Object.keys(one.state.findings).length
    return [number ? vi`${number} tồn tại` : vi`không có`, "none"]
  }
  if (step.key === "w") return one.state.strengths || one.state.explanation || Object.keys(one.state.explanations).length ? [vi`đã ghi`, "good"] : [vi`chưa ghi`, "none"]
  const counted = step.group.criteria.filter((criterion) => criterion.counted !== false)
  const done = counted.filter((criterion) => one.done(criterion)).length
  return done === counted.length ? [vi`xong`, "good"] : [`${done}/${counted.length}`, "attention"]
}

function extras(one, base) {
  const photos = one.photos().length
  const finish = one.state.start && !one.state.finish && one.signed
  return h("nav", { class: "rows", "aria-label": vi`Việc khác` },
    rowLink(`${base}/photos`, vi`Ảnh`, { told: String(photos), sign: "camera" }),
    one.locked ? null : rowLink(`${base}/read`, vi`Đọc lại toàn bộ`, { sign: "note" }),
    one.signed ? rowLink(`${base}/addendum`, vi`Biên bản bổ sung`, { sign: "plus" }) : null,
    one.state.start ? para([vi`Bắt đầu ${moment(one.state.start.at)}`, one.state.start.gps && [", ", vi`vị trí sai số ${Math.round(one.state.start.gps.acc)} m`], "."], { class: "help" }) : null,
    finish ? button(vi`Ghi giờ kết thúc`, () => one.say("st/finish", { at: Date.now(), gps: null, note: "" }).then(() => dispatchEvent(new Event("field:redraw")))) : null)
}

function forward(one, base, missing) {
  const open = steps(one).find((step) => (step.group ? step.group.criteria.some((criterion) => criterion.counted !== false && !one.done(criterion)) : step.key === "h" && !one.state.headcount))
  if (!missing.length) return linkButton(`${base}/read`, vi`Đọc lại để ký`, { kind: "primary", sign: "pen" })
  return h("div", { class: "foot-steps" }, linkButton(`${base}/missing`, vi`Còn thiếu ${missing.length}`),
    linkButton(open?.href ?? `${base}/missing`, vi`Ghi tiếp`, { kind: "primary", sign: "next" }))
}
