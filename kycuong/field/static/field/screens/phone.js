// The one place where the screens meet the modules that keep, seal, send and fold. Screens import nothing else of them.

import * as bundles from "../bundle.js";
import * as db from "../db.js";
import * as drafts from "../drafts.js";
import * as folding from "../fold.js";
import { uuid7 } from "../ids.js";
import * as log from "../log.js";
import * as pack from "../pack.js";
import * as photo from "../photos.js";
import * as purging from "../purge.js";
import * as qr from "../qr.js";
import * as syncing from "../sync.js";
import * as thrift from "../thrift.js";
import * as vault from "../vault.js";
import * as witness from "../witness.js";
import { ask } from "../wire.js";
import { session } from "./session.js";
import { today } from "./words.js";
import { ofBoth, theirs, verbatim, vi } from "../speaking.js";

const serverWords = () => ({
  idle: vi`Có mạng`, sent: vi`Có mạng, đã gửi đủ`, sending: vi`Đang gửi`, offline: vi`Chưa có mạng`, signed_out: vi`Cần đăng nhập lại để gửi`,
  other_user: vi`Người khác đang đăng nhập`, revoked: vi`Máy này đã bị thu hồi`, upgrade: vi`Cần bản mới`, locked: vi`Máy đang khóa`,
  server_full: vi`Máy chủ tạm đầy`, not_enrolled: vi`Văn phòng chưa biết máy này`, refused: vi`Máy chủ từ chối`,
})
let server = "idle"
syncing.onProgress((told) => { server = told.state })

const rows = (store, visit) => db.tx([store], "readonly", (of) => db.asked(of(store).index("visit").getAll(visit)))

export const phone = {
  get person() { return session.person },
  uuid: () => uuid7(),

  // what is here
  packs: () => pack.packs(),
  /** How many visits cannot be read here any more. */
  shutVisits: async () => (await pack.shut()).filter((row) => !row.removed).length,
  pullAnew: () => pack.pullAnew(),
  pack: (uid) => pack.pack(uid),
  checklist: (sha256) => pack.checklist(sha256),
  heads: (uid, options) => log.heads(uid, options),
  pull: () => pack.pull(),

  // what follows from it
  fold: (heads) => folding.fold(heads),
  asked: (checklist, one, state) => folding.asked(checklist, one, state),
  criteriaOf: (checklist, one) => folding.criteriaOf(checklist, one),
  missing: (checklist, one, state) => folding.missing(checklist, one, state, today()),
  async snapshot(visit) {
    const snapshot = folding.snapshot(visit.checklist, visit.pack, visit.state, visit.heads)
    return { snapshot, sha256: await folding.digest(snapshot) }
  },

  // what is begun and not yet said
  draft: (key) => drafts.read(key),
  keepDraft: (key, draft) => drafts.keep(key, draft),
  dropDraft: (key) => drafts.drop(key),
  draftName: (key) => drafts.named(key),
  digest: (value) => folding.digest(value),

  // what is said
  say: (uid, field, value, options) => log.say(uid, field, value, options),
  async keepPhoto(visit, file, about) {
    const kept = await photo.keep(visit.uid, file, { taken_wall: Date.now(), ...about })
    const field = `m/${kept.media_id}`
    const now = await log.heads(visit.uid, { seen: false }).catch(() => null) // it is on the disk, whatever comes now
    if (!now || visit.wiped) return kept
    visit.heads = { ...visit.heads, [field]: now[field] } // the rest of the screen still shows what it showed
    visit.refold()
    return kept
  },
  /** One that came back when its screen was gone: for its owner only. */
  async keepLatePhoto(uid, file, about, whose) {
    if (!vault.isOpen(whose)) throw Object.assign(new Error(vi`Máy đang khóa.`), { name: "Locked" })
    return photo.keep(uid, file, about)
  },
  /** A canvas with the picture, small or as large as it was kept; null for a photo of another phone. */
  async picture(id, { large = false } = {}) {
    const small = () => photo.thumbnail(id).catch(() => null)
    const blob = large ? await photo.whole(id).then((bytes) => new Blob([bytes]), small) : await small()
    if (!blob) return null
    const bitmap = await createImageBitmap(blob)
    const canvas = document.createElement("canvas")
    Object.assign(canvas, { width: bitmap.width, height: bitmap.height })
    canvas.getContext("2d").drawImage(bitmap, 0, 0)
    return canvas
  },
  /** null for a photo that another phone has taken. */
  photoProgress: (id) => photo.progress(id),
  mine: (uid) => log.mine(uid),
  async ownSignature(uid) {
    const said = (await log.mine(uid)).filter((op) => op.field.startsWith("s/") && op.value)
    return said.at(-1) ? { ...said.at(-1).value, wall: said.at(-1).wall } : null
  },

  // what waits
  waiting: () => log.waiting(),
  async waitingOf(uid) {
    const [ops, media] = await Promise.all([rows("ops", uid), rows("media", uid)])
    return { ops: ops.filter((one) => one.state === "queued").length, media: media.filter((one) => one.state === "captured").length }
  },
  /** true: the server has told that it holds the same; null: nothing of ours was ever said here. */
  async complete(uid) {
    return (await rows("ops", uid)).length ? syncing.complete(uid) : null
  },
  async photosWaiting() {
    const found = []
    for (const one of await this.packs()) {
      const left = (await rows("media", one.uid)).filter((row) => row.state === "captured")
      if (!left.length) continue
      const heads = await log.heads(one.uid, { seen: false })
      for (const row of left) found.push({ size: row.size, sent: row.offset ?? 0, problem: row.problem ?? "", ...pick(heads[`m/${row.media_id}`]?.[0]?.value) })
    }
    return found.sort((a, b) => a.size - b.size)
  },
  /** [{field, unit, wall}]: what cannot be read on this phone any more; the rest goes on. */
  async damaged() {
    const [broken, packs] = [await log.damaged(), await this.packs()]
    const unit = new Map(packs.map((one) => [one.uid, one.unit.name]))
    return broken.map((op) => ({ field: op.field, unit: unit.get(op.visit) ?? "", wall: op.wall }))
  },
  parcels: () => bundles.parcels(),
  async setAside() {
    const all = await Promise.all((await this.packs()).map(async (one) => (await log.mine(one.uid)).filter((op) => op.status === "set_aside")
      .map((op) => ({ unit: one.unit.name, problem: op.problem }))))
    return all.flat()
  },
  /** [{name, ops, media}]: what the server reports as missing and this phone has emptied. */
  async lost() {
    const packs = new Map((await this.packs()).map((one) => [one.uid, one]))
    return Object.entries(await purging.lost()).map(([uid, count]) => ({ name: theirs(packs.get(uid)?.unit?.name) ?? vi`Lượt không còn trên máy`, ...count }))
  },
  sync: () => syncing.sync({ now: true }),
  thrifty: () => thrift.thrifty(),
  setThrifty: (on) => thrift.setThrifty(on),
  onWifi: () => thrift.onWifi(),
  photosMayGo: () => thrift.photosMayGo(),
  /** Over the line that there is; one that is under way may have passed the photos already. */
  async photosNow() {
    thrift.release()
    await syncing.back()
  },
  photosLater: () => thrift.later(),
  serverWord: () => serverWords()[server] ?? "",

  // the parcel
  bundle: () => bundles.exportAll(),
  async importBundle(file) {
    const taken = await bundles.importFile(file)
    void syncing.sync().then(() => syncing.sync({ now: true })) // one that is under way may have passed the parcels already
    return taken
  },

  // making ready
  async prepare(tell) {
    const { ready } = await pack.prepare(tell)
    if (ready) await db.setMeta("prepared", Date.now())
    return { ready }
  },
  async readyAt() {
    const [at, policy] = await Promise.all([db.meta("prepared"), db.meta("policy")])
    return at && Date.now() - at < (policy?.offline_hours ?? 72) * 3_600_000 ? at : null
  },

  // who, and the key
  signIn: (login, password) => session.signIn(login, password),
  signOut: () => session.signOut(),
  be: (one) => session.be(one),
  other: () => session.other(),
  others: () => session.others(),
  lock: () => session.lock(),
  unlock: (pass) => vault.unlock(pass),
  async enrol(pass) {
    if ((await vault.state()) === "none") await vault.create(pass)
    else if (!vault.isOpen() && !(await this.unlock(pass))) return vi`Mật khẩu này khác với lần đặt trước.`
    return this.confirm()
  },
  /** The office no longer knows this phone: it is told again, with the passphrase. */
  async enrolAgain(pass) {
    return (await this.unlock(pass)) ? syncing.enrol(deviceName(), pass).then(() => "", said) : vi`Mật khẩu chưa đúng. Hãy thử lại.`
  },
  confirm: () => syncing.enrol(deviceName()).then(() => "", said),
  async askKey(reason) {
    try {
      if (!(await syncing.whoami())) return vi`Hãy đăng nhập trước.`
      const { status, data } = await ask("POST", `devices/${await log.device()}/key-request`, { json: { reason } })
      return status === 201 ? "" : ofBoth(data) || vi`Máy chủ chưa nhận yêu cầu. Hãy thử lại.`
    } catch (fault) { return said(fault) }
  },
  async takeKey(pass) {
    const whose = db.person()
    try {
      const there = await syncing.whoami()
      if (!there) return vi`Hãy đăng nhập trước.`
      if (there.user.uid !== whose) return vi`Người khác đang đăng nhập. Hãy đăng nhập đúng người dùng máy này.`
      const { status, data } = await ask("GET", `devices/${await log.device(whose)}/key`)
      if (status !== 200) return ofBoth(data) || vi`Chưa được duyệt.`
      await vault.adopt(data.key, pass, whose)
      return ""
    } catch (fault) { return said(fault) }
  },

  // the place, as far as it is known: never waited for
  place: () => located(8000),
  async placeKnown() {
    void located(15_000)
    return place && Date.now() - place.t < 600_000 ? place : null
  },

  /** Whether another history of the log may be followed at all; to do so, after its owner has read what it means. */
  mayAccept: (alarm) => witness.acceptable(alarm),
  async acceptHistory(alarm) {
    const done = await witness.accept(alarm)
    await syncing.reconsider()
    return done
  },

  qr: (text) => qr.svg(text),
  version: async () => document.querySelector("meta[name=kycuong-release]")?.content.slice(0, 12) ?? "",
}

const pick = (value) => ({ criterion_code: value?.criterion_code ?? "", caption: value?.caption ?? "" })

function said(fault) {
  if (fault.state === "prove_again") session.mustProve = true
  const known = { Offline: vi`Chưa có mạng. Hãy thử lại khi có mạng.`, Stop: { signed_out: vi`Hãy đăng nhập lại.`, prove_again: vi`Đăng nhập đã quá năm phút. Hãy bấm Đăng nhập lại rồi đăng ký máy ngay.`, revoked: vi`Máy này đã bị thu hồi.` }[fault.state] ?? vi`Máy chủ chưa nhận. Hãy thử lại.` }
  return known[fault.name] ?? (fault.message || vi`Chưa làm được. Hãy thử lại.`)
}

function deviceName() {
  const agent = navigator.userAgent
  const kind = /iPhone/.test(agent) ? "iPhone" : /iPad/.test(agent) ? "iPad" : /Android/.test(agent) ? "Android" : verbatim`Máy tính`
  const model = /Android [^;]+; ([^;)]+)/.exec(agent)?.[1]?.trim() ?? ""
  return [kind, model === "K" ? "" : model].filter(Boolean).join(" ").slice(0, 80)
}

let place = null

function located(timeout) {
  return new Promise((ok) => {
    if (!navigator.geolocation) { ok(null); return }
    navigator.geolocation.getCurrentPosition(({ coords, timestamp }) => {
      place = { lat: coords.latitude, lng: coords.longitude, acc: coords.accuracy, t: Math.round(timestamp) }
      ok(place)
    }, () => ok(null), { enableHighAccuracy: true, maximumAge: 60_000, timeout })
  })
}
