// What a visit needs to be done without a network: its pack, its checklist, and what others have said about it.

import { asked, meta, person, tx } from "./db.js";
import { device } from "./log.js";
import { stopFor, Stop } from "./send.js";
import * as vault from "./vault.js";
import { alone, ask } from "./wire.js";

const listeners = new Set()

/** Ask the server for what has changed. @returns {Promise<string[]>} uids of changed visits. Fails with Stop, Offline */
export const pull = () => alone(() => fetchPacks())

/** The same, for whoever already holds the turn. What is damaged here is asked for once more. */
export async function fetchPacks(whose = person()) {
  const changed = await fetched(whose, (await meta("cursor", whose)) ?? "")
  const lost = (await shut(whose)).filter((row) => !row.asked)
  if (lost.length) changed.push(...(await fetched(whose, "", lost)))
  if (changed.length) for (const tell of listeners) tell(changed)
  return changed
}

async function fetched(whose, cursor, lost = []) {
  const query = new URLSearchParams({ device: await device(whose), cursor })
  const reply = await ask("GET", `pull?${query}`)
  if (reply.status !== 200 || !Array.isArray(reply.data?.visits)) stopFor(reply)
  if (person() !== whose) throw new Stop("other_user") // asked for one, and another has opened the phone
  if (reply.data.revoked) throw new Stop("revoked")
  await tx(["checklists"], "readwrite", (store) => {
    for (const [sha256, checklist] of Object.entries(reply.data.checklists)) store("checklists").put({ sha256, checklist })
  }, { whose })
  for (const pack of reply.data.visits) await keep(pack, whose)
  const came = reply.data.visits.map((pack) => pack.uid)
  await tx(["meta", "packs"], "readwrite", (store) => {
    for (const row of lost) if (!came.includes(row.visit)) store("packs").put({ ...row, asked: true }) // not each time anew
    store("meta").put(reply.data.cursor, "cursor") // after the packs: a crash before it only asks once more
    store("meta").put(Date.now(), "pulled")
  }, { whose })
  return came
}

/** Call `tell` with the uids of visits that came anew. @returns {() => void} to stop it */
export function onPulled(tell) {
  listeners.add(tell)
  return () => listeners.delete(tell)
}

/** Everything the server has is asked for once more: what is damaged here may be whole there. Fails with Stop, Offline */
export async function pullAnew() {
  await pull() // what is no longer ours is told only to whoever says what he has
  await noteUnread(person())
  await tx(["meta"], "readwrite", (store) => asked(store("meta").delete("cursor")))
  return pull()
}

/** @returns {Promise<object[]>} the packs on this phone that can be read, as the server gave them, without heads */
export async function packs(whose = person()) {
  return (await opened(whose)).map(([, pack]) => pack).filter(Boolean)
}

/** @returns {Promise<object|null>} the pack of one visit; null when it is not here, or damaged */
export async function pack(visit, whose = person()) {
  const row = await tx(["packs"], "readonly", (store) => asked(store("packs").get(visit)), { whose })
  return row ? vault.open(row.sealed, whose).catch(damaged) : null
}
const known = pack

/** @returns {Promise<object[]>} rows of visits whose pack cannot be read any more; what was said there is not hurt by that */
export const shut = async (whose = person()) => (await opened(whose)).filter(([, pack]) => !pack).map(([row]) => row)

/** The server's copy counts where our own cannot be read. */
async function noteUnread(whose) {
  const ops = await tx(["ops"], "readonly", (store) => asked(store("ops").getAll()), { whose })
  const sound = await Promise.all(ops.map((op) => (op.sealed ? vault.open(op.sealed, whose).then(() => true, damaged) : true)))
  await tx(["ops"], "readwrite", (store) => {
    for (const [at, op] of ops.entries()) if (!sound[at] && op.state === "acked") store("ops").put({ ...op, unread: true })
  }, { whose })
}

async function opened(whose) {
  const rows = await tx(["packs"], "readonly", (store) => asked(store("packs").getAll()), { whose })
  return Promise.all(rows.map(async (row) => [row, await vault.open(row.sealed, whose).catch(damaged)]))
}

function damaged(error) {
  if (error.name !== "Damaged") throw error
  return null
}

/** @returns {Promise<object|null>} the checklist whose hash is pinned in a pack */
export async function checklist(sha256) {
  const row = await tx(["checklists"], "readonly", (store) => asked(store("checklists").get(sha256)))
  return row?.checklist ?? null
}

async function keep({ heads, ...told }, whose) {
  const pack = told.removed ? { ...((await known(told.uid, whose)) ?? {}), ...told } : told
  if (told.removed && !pack.unit) return // it never was here
  const row = { visit: pack.uid, state: pack.state, form: pack.form, removed: pack.removed, sealed: await vault.seal(pack, whose) }
  const theirs = {}
  for (const [field, list] of Object.entries(heads ?? {})) theirs[field] = await Promise.all(list.map((head) => sealedHead(head, whose)))
  await tx(["packs", "fields", "ops", "receipts"], "readwrite", async (store) => {
    store("packs").put(row)
    const emptied = (await asked(store("receipts").get(pack.uid)))?.purged
    if (!pack.removed && !emptied) await merge(store, pack.uid, theirs) // no longer ours to read: what was said here stays
  }, { whose })
}

async function sealedHead({ op_id, wall, status = "applied", problem = null, ...told }, whose) {
  return { op_id, wall, status, problem, ...(told.deleted && { gone: true }), sealed: await vault.seal(told, whose) }
}

/** Their heads, but for what was answered here and not sent yet; and what was said here and not sent yet. */
async function merge(store, visit, theirs) {
  const [ours, rows] = await Promise.all([
    asked(store("ops").index("visit").getAll(visit)), asked(store("fields").index("visit").getAll(visit)),
  ])
  const own = new Map(ours.map((op) => [op.op_id, op]))
  const unsent = ours.filter((op) => op.state === "queued")
  const answered = new Set(unsent.flatMap((op) => op.base))
  const fields = new Set([...Object.keys(theirs), ...rows.map((row) => row.field)])
  for (const field of fields) {
    const said = unsent.filter((op) => op.field === field)
    const sent = (theirs[field] ?? []).filter((one) => !said.some((op) => op.op_id === one.op_id))
    const heads = [
      ...sent.map((head) => remembered(store, head, own.get(head.op_id))),
      ...said.map(({ op_id, wall, sealed, gone }) => ({ op_id, wall, sealed, own: true, ...(gone && { gone }) })),
    ].filter((head) => !answered.has(head.op_id))
    const key = `${visit}\n${field}`
    if (heads.length) store("fields").put({ key, visit, field, heads })
    else store("fields").delete(key)
  }
}

/** What we said ourselves we know whole (the server tells back no strokes and no names); what became of it, it knows better. */
function remembered(store, head, op) {
  if (!op?.sealed || op.unread || op.state === "damaged") return head
  const { status, problem } = head
  if (op.state === "acked" && op.status !== status) store("ops").put({ ...op, status, problem })
  return { ...head, sealed: op.sealed, own: true }
}
