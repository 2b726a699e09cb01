// The roll call: who is there, who is away and why. The numbers are checked as they are typed, and kept even when they differ.

import { h, linkButton, notice, para, put } from "./dom.js";
import { body } from "./frame.js";
import { count, line } from "./typing.js";
import { gone, locked, steps } from "./visit.js";
import { visitOf } from "./visit_model.js";
import { reasons, headcountInWords, hour, isoHour } from "./words.js";
import { theirs, vi } from "../speaking.js";

const totalWords = () => [["quota", vi`Biên chế được giao`], ["present", vi`Có mặt`], ["absent_unexcused", vi`Vắng không lý do`], ["late", vi`Đi muộn, về sớm`]]

export async function headcount(uid) {
  const visit = await visitOf(uid)
  if (!visit) return gone()
  if (visit.locked) return locked(visit)
  if (visit.disputed("h")) {
    return { title: vi`Quân số`, back: `#/visit/${uid}`, body: notice("late", vi`Hai người ghi khác nhau.`, linkButton(`#/visit/${uid}/conflicts`, vi`Xem và chọn`)) }
  }
  const told = h("div", { role: "status" })
  const boxes = new Map()
  const tell = () => put(told, verdict(visit.valueOf("h")))
  const write = (name) => async (value) => {
    await visit.change("h", (old) => withSum(old.roll_call_at || value === null ? old : { ...old, roll_call_at: hour() }, name, value))
    if (!at.box.value) at.show((visit.valueOf("h").roll_call_at ?? "").slice(0, 5))
    const sum = visit.valueOf("h")?.absent_excused
    if (name in reasons() && boxes.get("absent_excused").read() !== sum) boxes.get("absent_excused").show(sum)
    tell()
  }
  const sheet = visit.valueOf("h") ?? {}
  const at = clock(visit, sheet)
  const box = (name, label) => {
    const made = count(label, { value: sheet[name], save: write(name) })
    boxes.set(name, made)
    return made
  }
  const next = steps(visit).find((one) => one.key !== "h")
  tell()
  const totals = totalWords().map(([name, label]) => box(name, label))
  const away = h("fieldset", { class: "panel" }, h("legend", { text: vi`Vắng có lý do` }), box("absent_excused", vi`Tổng số vắng có lý do`),
    h("details", { open: Object.keys(reasons()).some((name) => sheet[name]) }, h("summary", { text: vi`Ghi theo từng lý do` }),
      h("div", { class: "stack" }, Object.entries(reasons()).map(([name, label]) => box(name, label)))))
  return {
    title: vi`Quân số lúc kiểm tra`, lead: theirs(visit.name), back: `#/visit/${uid}`,
    body: body(at, totals[0], totals[1], away, totals[2], totals[3], told),
    foot: h("div", { class: "foot-steps" }, linkButton(`#/visit/${uid}`, vi`Về lượt`), linkButton(next?.href ?? `#/visit/${uid}`, vi`Tiếp`, { kind: "primary", sign: "next" })),
  }
}

/** The reasons add up to the whole by themselves: nobody counts twice on a phone. */
function withSum(old, name, value) {
  const sheet = { ...old, [name]: value }
  if (!(name in reasons())) return sheet
  const given = Object.keys(reasons()).map((key) => sheet[key]).filter((one) => one !== null && one !== undefined)
  return given.length ? { ...sheet, absent_excused: given.reduce((sum, one) => sum + one, 0) } : sheet
}

function clock(visit, sheet) {
  const made = line(vi`Giờ điểm danh`, { help: vi`Tự ghi khi đếm người đầu tiên; sửa được.`, value: (sheet.roll_call_at ?? "").slice(0, 5), inputmode: "numeric", placeholder: "07:30",
    save: async (text) => {
      const at = isoHour(text)
      made.wrong(text.trim() && !at ? vi`Giờ viết như 07:30.` : "")
      if (at || !text.trim()) await visit.change("h", (old) => ({ ...old, roll_call_at: at }))
    } })
  return made
}

/** What the numbers say, or why they do not fit. */
export function faultsOf(sheet) {
  if (!sheet) return []
  const faults = []
  const sum = Object.keys(reasons()).reduce((all, name) => all + (sheet[name] ?? 0), 0)
  const some = Object.keys(reasons()).some((name) => sheet[name] !== null && sheet[name] !== undefined)
  if (some && sum !== sheet.absent_excused) faults.push(vi`Vắng có lý do là ${sheet.absent_excused ?? vi`chưa ghi`}, cộng theo từng lý do được ${sum}.`)
  const counted = (sheet.present ?? 0) + (sheet.absent_excused ?? 0) + (sheet.absent_unexcused ?? 0)
  if (sheet.quota !== null && sheet.quota !== undefined && counted > sheet.quota) faults.push(vi`Có mặt và vắng cộng lại là ${counted}, nhiều hơn biên chế ${sheet.quota}.`)
  if (sheet.late && sheet.late > (sheet.present ?? 0)) faults.push(vi`Số đi muộn, về sớm nhiều hơn số có mặt.`)
  return faults
}

function verdict(sheet) {
  const faults = faultsOf(sheet)
  if (faults.length) return notice("attention", vi`Các con số chưa khớp`, faults.map((one) => para(one)))
  if (!sheet || sheet.present === null || sheet.present === undefined) return para(vi`Ghi số có mặt và số vắng không lý do là đủ để tính.`, { class: "help" })
  if (sheet.absent_unexcused === null || sheet.absent_unexcused === undefined) return para(vi`Còn thiếu số vắng không lý do (không có thì ghi 0).`, { class: "help" })
  const counted = (sheet.present ?? 0) + (sheet.absent_excused ?? 0) + (sheet.absent_unexcused ?? 0)
  const rest = sheet.quota ? sheet.quota - counted : 0
  return notice(rest > 0 ? "attention" : "good", headcountInWords(sheet), rest > 0 && para(vi`Còn ${rest} người trong biên chế chưa rõ có mặt hay vắng.`))
}
