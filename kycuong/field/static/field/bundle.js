// The parcel for the worst day: everything on this phone, sealed as it lies, in one file that any colleague may hand in.

import { sha256hex } from "./canonical.js";
import { asked, person, tx } from "./db.js";
import { base64, unbase64 } from "./ids.js";
import { device, spoken } from "./log.js";
import * as vault from "./vault.js";
import { ask } from "./wire.js";

export const KIND = "kycuong-rescue"

/** The file is none of ours, or torn. */
export class Foreign extends Error {
  name = "Foreign"
}

/**
 * Pack what was said here, and the photos that the server has not got whole.
 * @param {{photos?: boolean}} options photos false: a small file, texts and signatures only
 * @returns {Promise<File>} the file, with a name
 */
export async function exportAll({ photos = true } = {}) {
  const ops = await tx(["ops"], "readonly", (store) => asked(store("ops").getAll()))
  const sealed = []
  for (const row of ops.filter((one) => one.sealed)) {
    const { iv, data } = await vault.seal(await spoken(row))
    sealed.push({ k: "op", id: row.op_id, seq: row.seq, visit: row.visit, iv: base64(iv), data: base64(data) })
  }
  if (photos) sealed.push(...(await chunks()))
  const exported = Date.now()
  const head = { kind: KIND, version: 1, device: await device(), author: person(), exported }
  const name = `kycuong-du-phong-${new Date(exported).toISOString().slice(0, 16).replace(/[-:T]/g, "")}.json`
  return new File([JSON.stringify({ ...head, sealed })], name, { type: "application/json" })
}

/**
 * Take a parcel in, any number of times. One of another phone is kept whole and passed on to the server.
 * @param {Blob} file
 * @returns {Promise<{mine: boolean, added: number, passed_on: boolean}>} added: sayings and chunks that were new here.
 *   Fails with Foreign
 */
export async function importFile(file) {
  const text = await file.text()
  const parcel = read(text)
  if (parcel.device !== (await device())) return passedOn(text)
  const known = new Set(await tx(["ops"], "readonly", (store) => asked(store("ops").getAllKeys())))
  const fresh = { ops: [], chunks: [] }
  for (const one of parcel.sealed) {
    const sealed = { iv: unbase64(one.iv), data: unbase64(one.data).buffer }
    if (one.k === "op" && !known.has(one.id)) fresh.ops.push(await reopened(sealed))
    if (one.k === "chunk") fresh.chunks.push([[one.id, one.n], sealed])
  }
  return { mine: true, added: await putBack(fresh), passed_on: false }
}

/** Hand parcels of other phones on to the server. Fails with Offline; what it does not take stays here. */
export async function passOn() {
  const rows = await tx(["bundles"], "readonly", (store) => asked(store("bundles").getAll()))
  for (const row of rows.filter((one) => !one.passed)) {
    const { status } = await ask("POST", "rescue", { text: row.text, patience: 120_000 })
    if (status === 200) await tx(["bundles"], "readwrite", (store) => asked(store("bundles").put({ ...row, passed: Date.now() })))
  }
}

function read(text) {
  try {
    const parcel = JSON.parse(text)
    if (parcel.kind === KIND && Array.isArray(parcel.sealed)) return parcel
  } catch {
    // told below
  }
  throw new Foreign("Tệp này không phải gói dự phòng của Kỷ Cương, hoặc đã hỏng.")
}

async function passedOn(text) {
  const sha256 = await sha256hex(text)
  await tx(["bundles"], "readwrite", (store) => asked(store("bundles").put({ sha256, text })))
  return { mine: false, added: 0, passed_on: true }
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

/** An op as a row again, its value sealed apart. */
async function reopened(sealed) {
  const { value, deleted, gps, ...op } = await vault.open(sealed)
  const said = { value, ...(deleted && { deleted }), ...(gps && { gps }) }
  return { row: { ...op, state: "queued", sealed: await vault.seal(said) }, said }
}

/** What comes back is sent once more: the server knows it again by its name. Heads come back with the next pull. */
async function putBack({ ops, chunks: pieces }) {
  return tx(["ops", "media", "chunks", "meta"], "readwrite", async (store) => {
    const head = (await asked(store("meta").get("seq"))) ?? 0
    store("meta").put(Math.max(head, ...ops.map((one) => one.row.seq)), "seq")
    for (const { row, said } of ops) {
      store("ops").put(row)
      if (row.field.startsWith("m/") && said.value) await captured(store, row, said.value)
    }
    let count = ops.length
    for (const [key, sealed] of pieces) {
      if (await asked(store("chunks").getKey(key))) continue
      store("chunks").put(sealed, key)
      count += 1
    }
    return count
  })
}

async function captured(store, row, { sha256, size }) {
  const media_id = row.field.slice(2)
  if (await asked(store("media").getKey(media_id))) return
  store("media").put({ media_id, visit: row.visit, sha256, size, wall: row.wall, state: "captured", offset: 0 })
}
