// What a visit needs to be done without a network: its pack, its checklist, and what others have said about it.

import { asked, meta, person, tx } from "./db.js";
import { device } from "./log.js";
import { stopFor, Stop } from "./send.js";
import * as vault from "./vault.js";
import { alone, ask } from "./wire.js";

const listeners = new Set()

/** Ask the server for what has changed. @returns {Promise<string[]>} uids of changed visits. Fails with Stop, Offline */
export const pull = () => alone(fetchPacks)

/** The same, for whoever already holds the turn. */
export async function fetchPacks() {
  const [whose, cursor] = [person(), (await meta("cursor")) ?? ""]
  const query = new URLSearchParams({ device: await device(), cursor })
  const reply = await ask("GET", `pull?${query}`)
  if (reply.status !== 200 || !Array.isArray(reply.data?.visits)) stopFor(reply)
  if (person() !== whose) throw new Stop("other_user") // asked for one, and another has opened the phone
  if (reply.data.revoked) throw new Stop("revoked")
  await tx(["checklists"], "readwrite", (store) => {
    for (const [sha256, checklist] of Object.entries(reply.data.checklists)) store("checklists").put({ sha256, checklist })
  })
  for (const pack of reply.data.visits) await keep(pack)
  await tx(["meta"], "readwrite", (store) => {
    store("meta").put(reply.data.cursor, "cursor") // after the packs: a crash before it only asks once more
    store("meta").put(Date.now(), "pulled")
  })
  const changed = reply.data.visits.map((pack) => pack.uid)
  if (changed.length) for (const tell of listeners) tell(changed)
  return changed
}

/** Call `tell` with the uids of visits that came anew. @returns {() => void} to stop it */
export function onPulled(tell) {
  listeners.add(tell)
  return () => listeners.delete(tell)
}

/** @returns {Promise<object[]>} the packs on this phone, as the server gave them, without heads */
export async function packs() {
  const rows = await tx(["packs"], "readonly", (store) => asked(store("packs").getAll()))
  return Promise.all(rows.map((row) => vault.open(row.sealed)))
}

/** @returns {Promise<object|null>} the pack of one visit */
export async function pack(visit) {
  const row = await tx(["packs"], "readonly", (store) => asked(store("packs").get(visit)))
  return row ? vault.open(row.sealed) : null
}
const known = pack

/** @returns {Promise<object|null>} the checklist whose hash is pinned in a pack */
export async function checklist(sha256) {
  const row = await tx(["checklists"], "readonly", (store) => asked(store("checklists").get(sha256)))
  return row?.checklist ?? null
}

async function keep({ heads, ...told }) {
  const pack = told.removed ? { ...((await known(told.uid)) ?? {}), ...told } : told
  if (told.removed && !pack.unit) return // it never was here
  const row = { visit: pack.uid, state: pack.state, form: pack.form, removed: pack.removed, sealed: await vault.seal(pack) }
  const theirs = {}
  for (const [field, list] of Object.entries(heads ?? {})) theirs[field] = await Promise.all(list.map(sealedHead))
  await tx(["packs", "fields", "ops", "receipts"], "readwrite", async (store) => {
    store("packs").put(row)
    const emptied = (await asked(store("receipts").get(pack.uid)))?.purged
    if (!pack.removed && !emptied) await merge(store, pack.uid, theirs) // no longer ours to read: what was said here stays
  })
}

async function sealedHead({ op_id, wall, status = "applied", problem = null, ...told }) {
  return { op_id, wall, status, problem, ...(told.deleted && { gone: true }), sealed: await vault.seal(told) }
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
  if (!op?.sealed) return head
  const { status, problem } = head
  if (op.state === "acked" && op.status !== status) store("ops").put({ ...op, status, problem })
  return { ...head, sealed: op.sealed, own: true }
}
