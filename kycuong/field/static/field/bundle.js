// The parcel for the worst day: everything on this phone, sealed as it lies, in one file that any colleague may hand in.

import { sha256hex } from "./canonical.js";
import { asked, person, tx } from "./db.js";
import { base64, unbase64 } from "./ids.js";
import { device, spokenOrApart } from "./log.js";
import { photosMayGo } from "./thrift.js";
import * as vault from "./vault.js";
import { ask } from "./wire.js";
import { told as attested } from "./witness.js";
import { later, vi } from "./speaking.js";

export const KIND = "kycuong-rescue"
const HOUR = 3_600_000
const PAUSE = 300_000
const LIGHT = 1024 * 1024 // a parcel without photos
const STATUSES = ["applied", "conflict", "set_aside"]

let notBefore = 0

/** The file is none of ours, or torn. */
export class Foreign extends Error {
  name = "Foreign"
}

/**
 * Pack what was said here, and the photos that the server has not got whole. What is damaged goes along as it lies: whoever
 * opens the parcel keeps it apart.
 * @param {{photos?: boolean}} options photos false: a small file, texts and signatures only
 * @returns {Promise<File>} the file, with a name
 */
export async function exportAll({ photos = true } = {}) {
  const ops = await tx(["ops"], "readonly", (store) => asked(store("ops").getAll()))
  const sealed = []
  for (const { sealed: own, ...row } of ops.filter((one) => one.sealed)) {
    const op = await spokenOrApart({ ...row, sealed: own })
    const { iv, data } = op ? await vault.seal(op) : own
    const raw = op ? {} : { damaged: row }
    sealed.push({ k: "op", id: row.op_id, seq: row.seq, visit: row.visit, iv: base64(iv), data: base64(data), ...raw })
  }
  if (photos) sealed.push(...(await chunks()))
  const exported = Date.now()
  const head = { kind: KIND, version: 1, device: await device(), author: person(), exported, witness: await attested() }
  const name = `kycuong-du-phong-${new Date(exported).toISOString().slice(0, 16).replace(/[-:T]/g, "")}.json`
  return new File([JSON.stringify({ ...head, sealed })], name, { type: "application/json" })
}

/**
 * Take a parcel in, any number of times. One of another phone is kept whole and passed on to the server.
 * @param {Blob} file
 * @returns {Promise<{mine: boolean, added: number, damaged: number, passed_on: boolean}>} added: sayings and chunks that were
 *   new here; damaged: those that could not be read. Fails with Foreign, StorageFull
 */
export async function importFile(file) {
  const text = await file.text()
  const parcel = read(text)
  if (parcel.device !== (await device())) return passedOn(text)
  const ops = await tx(["ops"], "readonly", (store) => asked(store("ops").getAll()))
  const sound = new Set(ops.filter((op) => op.state !== "damaged").map((op) => op.op_id)) // an older parcel may hold it whole
  const fresh = { ops: [], chunks: [], damaged: [] }
  for (const one of parcel.sealed) await sorted(one, sound, fresh)
  return { mine: true, added: await putBack(fresh), damaged: fresh.damaged.length, passed_on: false }
}

/** @returns {Promise<{sha256: string, told: string, told_en: string|null}[]>} parcels of other phones that the server has not got whole */
export async function parcels() {
  const rows = await tx(["bundles"], "readonly", (store) => asked(store("bundles").getAll()))
  return rows.filter((one) => !one.passed).map(({ sha256, told = "", told_en = null }) => ({ sha256, told, told_en }))
}

/**
 * Hand parcels of other phones on to the server. One is passed on when the reply names all that is in it, and tells of each
 * photo that it is whole there; what it does not take stays here with its reason, and is tried again after an hour. What is
 * one's own is sent by then: a line that breaks here says nothing about that.
 */
export async function passOn(whose = person()) {
  if (Date.now() < notBefore) return
  const rows = await tx(["bundles"], "readonly", (store) => asked(store("bundles").getAll()), { whose })
  for (const { text, ...row } of rows.filter((one) => !one.passed && Date.now() - (one.tried ?? 0) > HOUR)) {
    if (text.length > LIGHT && !(await photosMayGo())) continue // a colleague's photos are no cheaper than one's own
    const reply = await ask("POST", "rescue", { text, patience: 120_000 }).catch(() => null)
    if (!reply || [401, 426, 429].includes(reply.status) || reply.status >= 500) { // nothing is said about the parcel
      notBefore = Date.now() + PAUSE
      return
    }
    const { vi: told, en: told_en } = why(reply)
    const now = taken(reply, text) ? { ...row, told: "", passed: Date.now() } : { ...row, text, tried: Date.now(), told, told_en }
    await tx(["bundles"], "readwrite", (store) => asked(store("bundles").put(now)), { ballast: false, whose })
  }
}

function taken({ status, data }, text) {
  const items = JSON.parse(text).sealed
  const photos = new Set(items.filter((one) => one?.k === "chunk").map((one) => one.id))
  const [results, media] = [data?.results, data?.media ?? []]
  if (status !== 200 || !Array.isArray(results) || !Array.isArray(media)) return false
  const named = results.filter((one) => STATUSES.includes(one?.status)).length
  const whole = new Set(media.filter((one) => one?.complete === true).map((one) => one.id))
  return named >= items.length - items.filter((one) => one?.k === "chunk").length && [...photos].every((id) => whole.has(id))
}

const why = ({ data }) =>
  data?.media?.find?.((one) => !one?.complete)?.problem ?? (data?.detail ? { vi: data.detail, en: data.detail_en } : { vi: later`Máy chủ chưa nhận đủ gói này.` })

function read(text) {
  try {
    const parcel = JSON.parse(text)
    if (parcel.kind === KIND && Array.isArray(parcel.sealed)) return parcel
  } catch {
    // told below
  }
  throw new Foreign(vi`Tệp này không phải gói dự phòng của Kỷ Cương, hoặc đã hỏng.`)
}

async function passedOn(text) {
  const sha256 = await sha256hex(text)
  await tx(["bundles"], "readwrite", (store) => asked(store("bundles").put({ sha256, text })), { ballast: false })
  return { mine: false, added: 0, damaged: 0, passed_on: true }
}

async function chunks() {
  const media = await tx(["media"], "readonly", (store) => asked(store("media").index("state").getAll("captured")))
  const found = []
  for (const { media_id } of media) {
    const range = IDBKeyRange.bound([media_id], [media_id, []])
    const [keys, values] = await tx(["chunks"], "readonly", (store) => Promise.all([
      asked(store("chunks").getAllKeys(range)), asked(store("chunks").getAll(range)),
    ]))
    keys.forEach(([id, n], at) => {
      const { iv, data } = values[at]
      found.push({ k: "chunk", id, n, iv: base64(iv), data: base64(data) })
    })
  }
  return found
}

/** One item of a parcel of this phone: an op, a part of a photo, or what cannot be read and is kept as it lies. */
async function sorted(one, sound, fresh) {
  try {
    const sealed = { iv: unbase64(one.iv), data: unbase64(one.data).buffer }
    if (one.k === "chunk") fresh.chunks.push([[one.id, one.n], sealed])
    if (one.k !== "op" || sound.has(one.id)) return
    if (one.damaged) fresh.damaged.push(asItLay(one, sealed))
    else fresh.ops.push(await reopened(sealed))
  } catch (error) {
    if (error.name === "Locked") throw error
    fresh.damaged.push(null) // torn in the file itself: the rest is taken
  }
}

function asItLay({ id, damaged: row }, sealed) {
  const sound = Number.isSafeInteger(row.seq) && [id, row.visit, row.field].every((one) => typeof one === "string")
  return sound ? { ...row, op_id: id, state: "damaged", sealed } : null
}

/** An op as a row again, its value sealed apart. */
async function reopened(sealed) {
  const { value, deleted, gps, ...op } = await vault.open(sealed)
  const said = { value, ...(deleted && { deleted }), ...(gps && { gps }) }
  return { row: { ...op, ...(deleted && { gone: true }), state: "queued", sealed: await vault.seal(said) }, said }
}

/** What comes back is sent once more: the server knows it again by its name. Heads come back with the next pull. */
async function putBack({ ops, chunks: pieces, damaged }) {
  const rows = [...ops.map((one) => one.row), ...damaged.filter(Boolean)]
  await tx(["ops", "media", "meta"], "readwrite", async (store) => {
    const head = (await asked(store("meta").get("seq"))) ?? 0
    store("meta").put(Math.max(head, ...rows.map((one) => one.seq)), "seq")
    for (const row of damaged.filter(Boolean)) if (!(await asked(store("ops").getKey(row.op_id)))) store("ops").put(row)
    for (const { row, said } of ops) {
      store("ops").put(row)
      if (row.field.startsWith("m/") && said.value) await captured(store, row, said.value)
    }
  })
  return ops.length + (pieces.length ? await putPieces(pieces) : 0)
}

/** Photos may not use up the room that is kept for what was said. */
function putPieces(pieces) {
  return tx(["chunks"], "readwrite", async (store) => {
    let count = 0
    for (const [key, sealed] of pieces) {
      if (await asked(store("chunks").getKey(key))) continue
      store("chunks").put(sealed, key)
      count += 1
    }
    return count
  }, { ballast: false })
}

async function captured(store, row, { sha256, size }) {
  const media_id = row.field.slice(2)
  if (await asked(store("media").getKey(media_id))) return
  store("media").put({ media_id, visit: row.visit, sha256, size, wall: row.wall, state: "captured", offset: 0 })
}
