// What was said at a visit, in the order in which it was said. Nothing is ever rewritten: a change is one more saying.

import { asked, meta, person, tx } from "./db.js";
import { uuid7 } from "./ids.js";
import * as vault from "./vault.js";
import { vi } from "./speaking.js";

const BOOT = uuid7()
const DAMAGED = "damaged"
const AFTER_SIGNING = /^(d\/|st\/finish$)/
const seen = new Map()
const said = new Set() // op_ids of this page: what one has just said oneself, one has seen
const listeners = new Set()
const place = (visit, field) => `${visit}\n${field}`
const eyes = (key, whose) => `${whose}\n${key}` // what one person has seen, the next on this phone has not
const within = (visit, start) => IDBKeyRange.bound(place(visit, start), place(visit, `${start}\uffff`))

/** The minutes are signed: what is to be put right is an addendum. */
export class Signed extends Error {
  name = "Signed"
}

/** What is signed is no longer what stands: somebody said something since it was read. */
export class Changed extends Error {
  name = "Changed"
}

/**
 * Say something: one strict transaction; when it resolves, it is on the disk.
 * @param {string} visit uid of the visit
 * @param {string} field as in the protocol: "a/A1", "h", "t/strengths", "f/<uuid>" …
 * @param {any} value what JSON can hold; texts are stored in NFC
 * @param {{deleted?: boolean, base?: string[], gps?: object, drops?: string, author?: string, stands?: string[]}} options
 *   base: the op_ids that the person saw; without it those that this page read last; drops: the draft that this saying makes
 *   superfluous; author: whose words they are; stands: the op_ids, sorted, of all that must still stand at the visit in the
 *   moment of writing
 * @returns {Promise<{op_id: string, seq: number, wall: number}>} fails with Signed, Changed, Locked (another one works here
 *   meanwhile), EscrowMissing, StorageFull
 */
export async function say(visit, field, value, options = {}) {
  const one = await prepared(visit, field, value, options)
  const op = await tx(["meta", "ops", "fields", "packs"], "readwrite", async (store) => {
    if (options.stands) await ensureStands(store, visit, options.stands)
    const whole = await put(store, one)
    if (options.drops) await asked(store("meta").delete(options.drops)) // both or neither
    return whole
  }, { whose: one.op.author })
  noted(op)
  return { op_id: op.op_id, seq: op.seq, wall: op.wall }
}

/** What `put` needs, sealed beforehand: no transaction waits for cryptography. */
export async function prepared(visit, field, value, { deleted = false, base = null, gps = null, author = person() } = {}) {
  const [op_id, wall, mono] = [uuid7(), Date.now(), Math.round(performance.now())]
  const said = { value: composed(value ?? null), ...(deleted && { deleted: true }), ...(gps && { gps }) }
  const given = base ?? seen.get(eyes(place(visit, field), author)) ?? null
  const op = { op_id, visit, field, wall, mono, boot: BOOT, author, state: "queued", ...(deleted && { gone: true }) }
  return { op: { ...op, sealed: await vault.seal(said, author) }, given }
}

/** Write a prepared saying in a transaction over meta, ops, fields and packs. */
export async function put(store, { op, given }) {
  await ensureOpen(store, op)
  const key = place(op.visit, op.field)
  const [seq, was, pack] = await Promise.all([
    asked(store("meta").get("seq")), asked(store("fields").get(key)), asked(store("packs").get(op.visit)),
  ])
  const heads = was?.heads ?? []
  const own = heads.filter((head) => said.has(head.op_id)).map((head) => head.op_id)
  const base = given ? [...new Set([...given, ...own])] : heads.map((head) => head.op_id)
  const whole = { ...op, seq: (seq ?? 0) + 1, base, form: pack?.form ?? "" }
  const head = { op_id: op.op_id, wall: op.wall, own: true, sealed: op.sealed, ...(op.gone && { gone: true }) }
  store("meta").put(whole.seq, "seq")
  store("ops").add(whole)
  const kept = heads.filter((one) => !base.includes(one.op_id))
  await asked(store("fields").put({ key, visit: op.visit, field: op.field, heads: [...kept, head] }))
  return whole
}

/** Tell this page that an op is on the disk. */
export function noted(op) {
  said.add(op.op_id)
  seen.set(eyes(place(op.visit, op.field), op.author), [op.op_id])
  if (op.author !== person()) return // it is kept; the next one at this phone is not told
  for (const tell of listeners) tell(op)
}

/** Call `tell` after each saying that is safe on the disk. @returns {() => void} to stop it */
export function onSaid(tell) {
  listeners.add(tell)
  return () => listeners.delete(tell)
}

/**
 * What stands in each field now. More than one head is a conflict that a person decides.
 * @param {string} visit
 * @param {{seen?: boolean}} options seen false: for counting, not for showing; it does not count as read by the person
 * @returns {Promise<Object<string, {op_id, value, deleted, wall, own, author_name, device, received}[]>>}
 */
export async function heads(visit, options = {}) {
  const whose = person()
  const rows = await tx(["fields"], "readonly", (store) => asked(store("fields").index("visit").getAll(visit)))
  const found = {}
  for (const row of rows) {
    found[row.field] = await Promise.all(row.heads.map((head) => opened(head, whose)))
    if (options.seen !== false) seen.set(eyes(row.key, whose), row.heads.map((head) => head.op_id))
  }
  return found
}

/**
 * @returns {Promise<{ops: number, media: number, oldest: number|null, bytes: number, damaged: number}>} what the server has
 *   not got; damaged: sayings that cannot be read here any more and were set apart
 */
export async function waiting(whose = person()) {
  const [ops, media, damaged] = await tx(["ops", "media"], "readonly", (store) => Promise.all([
    asked(store("ops").index("state").getAll("queued")), asked(store("media").index("state").getAll("captured")),
    asked(store("ops").index("state").count(DAMAGED)),
  ]), { whose })
  const bytes = media.reduce((sum, one) => sum + one.size - (one.offset ?? 0), 0)
  const walls = [...ops.map((op) => op.wall), ...media.map((one) => one.wall)]
  return { ops: ops.length, media: media.length, oldest: walls.length ? Math.min(...walls) : null, bytes, damaged }
}

/** @returns {Promise<object[]>} every own saying about a visit: {op_id, seq, field, wall, state, status, problem, value} */
export async function mine(visit) {
  const ops = await tx(["ops"], "readonly", (store) => asked(store("ops").index("visit").getAll(visit)))
  return Promise.all(ops.sort((a, b) => a.seq - b.seq).map((op) => opened(op)))
}

/** An op as the protocol sends it. Fails with Damaged */
export async function spoken(row) {
  const { op_id, seq, visit, field, base, form, wall, mono, boot, author } = row
  return { op_id, seq, visit, field, ...(await vault.open(row.sealed, author)), base, form, wall, mono, boot, author }
}

/**
 * The same, or null for one that cannot be read any more: it is set apart and stops none of the others. It stays on this
 * phone as it lies, is counted, and goes into the rescue parcel.
 */
export async function spokenOrApart(row) {
  return spoken(row).catch(async (error) => {
    if (error.name !== "Damaged") throw error
    if (row.state === "queued") await setApart(row)
    return null
  })
}

/** @returns {Promise<object[]>} the sayings that were set apart: {op_id, visit, field, wall} */
export const damaged = () => tx(["ops"], "readonly", (store) => asked(store("ops").index("state").getAll(DAMAGED)))

function setApart({ op_id, author }) {
  return tx(["ops"], "readwrite", async (store) => {
    const row = await asked(store("ops").get(op_id))
    if (row?.state === "queued") store("ops").put({ ...row, state: DAMAGED })
  }, { whose: author })
}

/** @returns {Promise<string>} the name of this phone in the log, made once */
export async function device(whose = person()) {
  const known = await meta("device", whose)
  if (known) return known
  const fresh = uuid7()
  return tx(["meta"], "readwrite", async (store) => {
    const already = await asked(store("meta").get("device")) // another tab may have been quicker
    if (!already) store("meta").put(fresh, "device")
    return already ?? fresh
  }, { whose })
}

async function opened({ sealed, ...row }, whose = person()) {
  if (!sealed) return { ...row, value: null, purged: true }
  return { ...row, deleted: false, ...(await vault.open(sealed, whose).catch(unreadable)) }
}

/** One damaged value must not hide the others. */
function unreadable(error) {
  if (error.name !== "Damaged") throw error
  return { value: null, damaged: true }
}

async function ensureOpen(store, op) {
  if (AFTER_SIGNING.test(op.field)) return
  const [pack, rows] = await Promise.all([
    asked(store("packs").get(op.visit)), asked(store("fields").getAll(within(op.visit, "s/"))),
  ])
  const signatures = rows.flatMap((row) => row.heads.filter((head) => !head.gone).map((head) => ({ ...head, key: row.key })))
  const takesBack = op.gone && signatures.every((head) => head.key === place(op.visit, op.field) && head.status === "set_aside")
  if ((signatures.length && !takesBack) || (pack && pack.state !== "draft")) {
    throw new Signed(vi`Biên bản đã ký. Hãy ghi phụ lục nếu cần bổ sung, đính chính.`)
  }
}

async function ensureStands(store, visit, stands) {
  const rows = await asked(store("fields").index("visit").getAll(visit))
  const now = rows.flatMap((row) => row.heads.map((head) => head.op_id)).sort()
  if (now.join() !== stands.join()) throw new Changed(vi`Nội dung vừa đổi. Hãy đọc lại rồi ký.`)
}

function composed(value) {
  if (typeof value === "string") return (value.toWellFormed?.() ?? value).replaceAll("\0", "").normalize("NFC")
  if (Array.isArray(value)) return value.map(composed)
  if (value === null || typeof value !== "object") return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, composed(one)]))
}
