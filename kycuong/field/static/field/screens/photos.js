// Photos: taken beside a question, shown only once they are kept, taken away without being asked twice.

import { button, h, icon, notice, para, put } from "./dom.js";
import { body } from "./frame.js";
import * as late from "./late_photos.js";
import { phone } from "./phone.js";
import { flush, line } from "./typing.js";
import { offer } from "./undo.js";
import { gone } from "./visit.js";
import { visitOf } from "./visit_model.js";
import { bytes, moment, photoWord } from "./words.js";
import { theirs, vi } from "../speaking.js";

/** The photos of one criterion in a row, with the camera beside them. */
export function photoStrip(visit, code, changed, beside = null) {
  const place = h("div", { class: "photos" })
  const draw = () => put(place, visit.photos(code).map(([id, value]) => thumb(id, value)), camera(visit, code, () => { draw(); changed?.() }), beside)
  draw()
  return place
}

function thumb(id, value) {
  const made = h("a", { class: "thumb", href: `#${location.hash.slice(1).split("/").slice(0, 3).join("/")}/photo/${id}`, "aria-label": value.caption || vi`Xem ảnh`, lang: value.caption && "vi" })
  void phone.picture(id).then((picture) => put(made, picture ?? icon("camera")))
  return made
}

const unread = new Map() // which pictures were not kept, by the place where they were chosen: told until the next choice there
addEventListener("field:locked", () => unread.clear())

/** The camera of the phone. Before it opens, everything typed is kept: the system may close this page meanwhile. */
export function camera(visit, code, done, { label = vi`Chụp ảnh`, many = false, caption = "" } = {}) {
  const box = h("input", { type: "file", accept: "image/*", class: "file-box", ...(many ? { multiple: true } : { capture: "environment" }) })
  const place = { box: null, visit, uid: visit.uid, whose: phone.person?.uid }
  const key = [visit.uid, code, label].join("\n")
  const told = h("p", { class: unread.has(key) ? "wrong" : "help", role: "status", hidden: !unread.has(key), text: unread.get(key) ?? "" })
  const face = h("span", { class: "tap tap-plain" }, icon("camera"), h("span", { text: label }))
  const keep = async () => {
    const files = [...box.files]
    const [bad, full] = [[], []]
    told.hidden = false
    told.className = "help"
    for (const [number, file] of files.entries()) {
      told.textContent = files.length > 1 ? vi`Đang lưu ảnh ${number + 1}/${files.length}…` : vi`Đang lưu ảnh…`
      const about = { criterion_code: code, caption, gps: await phone.placeKnown(), taken_wall: Date.now() }
      await late.keep(place, file, about).catch((fault) => {
        if (!["Unreadable", "StorageFull"].includes(fault.name)) throw fault
        const these = fault.name === "StorageFull" ? full : bad
        these.push(file.name) // the others are kept all the same
      })
    }
    if (bad.length + full.length) unread.set(key, leftOut(bad, full, files.length))
    told.hidden = !unread.has(key)
    told.className = "wrong"
    told.textContent = unread.get(key) ?? ""
  }
  const came = async () => {
    dispatchEvent(new Event("field:touched"))
    unread.delete(key)
    try {
      await keep()
    } finally {
      box.value = ""
      if (place.visit) await done()
      else dispatchEvent(new Event("field:redraw"))
    }
  }
  place.box = box
  box.addEventListener("click", () => {
    late.expect(place)
    void flush().catch(() => null) // it is told beside the box that it concerns
  })
  box.addEventListener("cancel", () => dispatchEvent(new Event("field:touched")))
  box.addEventListener("change", () => came().catch((fault) => {
    told.hidden = true
    dispatchEvent(new CustomEvent("field:fault", { detail: fault }))
  }))
  return h("div", { class: "camera" }, h("label", {}, box, face), told)
}

/** Which pictures are not kept, why, and what to do. */
function leftOut(bad, full, all) {
  const named = (names) => names.map((name) => `«${name}»`).join(", ")
  const kept = all - bad.length - full.length
  return [bad.length && vi`Không đọc được ${bad.length} ảnh: ${named(bad)}.`, full.length && vi`Máy đã đầy, chưa lưu ${full.length} ảnh: ${named(full)}.`, kept && vi`${kept} ảnh còn lại đã lưu.`,
    bad.length && vi`Hãy chụp lại hoặc chọn ảnh khác.`, full.length && vi`Hãy xóa bớt ảnh, video khác trên máy rồi chọn lại.`].filter(Boolean).join(" ")
}

export async function photos(uid) {
  const visit = await visitOf(uid)
  if (!visit) return gone()
  const redraw = () => dispatchEvent(new Event("field:redraw"))
  const all = visit.photos()
  const rows = await Promise.all(all.map(([id, value]) => line1(visit, id, value)))
  return {
    title: vi`Ảnh`, lead: theirs(visit.name), back: `#/visit/${uid}`,
    body: body(all.length ? h("div", { class: "stack" }, rows) : para(vi`Chưa có ảnh nào.`),
      visit.locked ? null : [camera(visit, "", redraw, { label: vi`Chụp ảnh chung` }), camera(visit, "", redraw, { label: vi`Chọn từ thư viện ảnh`, many: true }), finder(visit, redraw)]),
  }
}

async function line1(visit, id, value) {
  const progress = await phone.photoProgress(id)
  const state = !progress ? vi`của máy khác` : progress.complete ? vi`đã gửi` : progress.sent ? vi`đã gửi ${bytes(progress.sent)}/${bytes(value.size)}` : vi`chờ gửi`
  return h("div", { class: "panel beside" }, thumb(id, value),
    h("div", { class: "grow" }, para(photoWord(value), { class: "strong" }),
      para(`${moment(value.taken_wall)} · ${bytes(value.size)} · ${state}`),
      !progress || progress.complete ? null : h("progress", { max: value.size || 1, value: progress.sent, "aria-label": vi`Đã gửi` })))
}

export async function photo(uid, id) {
  const visit = await visitOf(uid)
  const value = visit?.state.media[id]
  if (!value) return gone(`#/visit/${uid}/photos`)
  const picture = h("div", { class: "photo-large" })
  void phone.picture(id, { large: true }).then((made) => put(picture, made ?? icon("camera")))
  const take = async () => {
    await visit.unsay(`m/${id}`)
    await new Promise((ok) => { addEventListener("hashchange", ok, { once: true }); history.back() }) // which clears the last offer
    offer(vi`Đã bỏ ảnh`, async () => { await visit.say(`m/${id}`, value); dispatchEvent(new Event("field:redraw")) })
  }
  return {
    title: value.criterion_code ? vi`Ảnh của ${value.criterion_code}` : vi`Ảnh chung`, lead: theirs(visit.name), back: `#/visit/${uid}/photos`,
    body: body(picture, visit.locked ? para(theirs(value.caption)) : line(vi`Chú thích`, { value: value.caption ?? "", maxlength: "300", save: (text) => visit.change(`m/${id}`, (old) => ({ ...old, caption: text })) }),
      para([vi`Chụp ${moment(value.taken_wall)}, ${bytes(value.size)}`, value.gps && [", ", vi`vị trí sai số ${Math.round(value.gps.acc)} m`], "."], { class: "help" }),
      visit.locked ? null : button(vi`Bỏ ảnh này`, take, { kind: "danger", sign: "trash" })),
  }
}

/** A viewfinder inside the page, for phones whose own camera closes it. */
function finder(visit, done) {
  const place = h("div", { class: "stack" })
  if (!navigator.mediaDevices?.getUserMedia) return place
  const closed = () => put(place, button(vi`Máy ảnh làm ứng dụng tải lại? Chụp ngay tại đây`, open, { kind: "quiet", sign: "camera" }))
  const open = async () => {
    const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1920 } } }).catch(() => null)
    if (!stream) { put(place, notice("attention", vi`Không mở được máy ảnh.`, para(vi`Hãy cho phép trong cài đặt trình duyệt, hoặc dùng nút «Chụp ảnh chung».`))); return }
    const view = h("video", { class: "finder", autoplay: true, playsInline: true, muted: true })
    view.srcObject = stream
    const stop = () => { for (const track of stream.getTracks()) track.stop(); closed() }
    const shoot = async () => {
      const canvas = h("canvas", { width: view.videoWidth, height: view.videoHeight })
      canvas.getContext("2d").drawImage(view, 0, 0)
      const file = await new Promise((ok) => canvas.toBlob(ok, "image/jpeg", 0.9))
      const about = { criterion_code: "", caption: "", gps: await phone.placeKnown(), taken_wall: Date.now() }
      await late.keep({ visit: visit.wiped ? null : visit, uid: visit.uid, whose: phone.person?.uid }, file, about)
      stop()
      await done()
    }
    put(place, view, button(vi`Chụp`, shoot, { kind: "primary", sign: "camera" }), button(vi`Đóng`, stop, { kind: "quiet" }))
    for (const end of ["hashchange", "field:locked"]) addEventListener(end, stop, { once: true })
  }
  closed()
  return place
}
