// Ops to the server, in batches. What counts as an acknowledgement: our header, status 200, and the op's own id.

import { asked, meta, person, tx } from "./db.js";
import { device, spokenOrApart, waiting } from "./log.js";
import { ask, retryAfter } from "./wire.js";
import { later } from "./speaking.js";

const MOST = 100
const LARGEST = 480 * 1024
const STATUSES = ["applied", "conflict", "set_aside"]
const LAST = /^[sd]\//

/** The run stops here; `state` says why, `after` how many seconds to wait. */
export class Stop extends Error {
  constructor(state, after = 0) {
    super(state)
    Object.assign(this, { name: "Stop", state, after })
  }
}

/**
 * Send everything that waits: texts first, then signatures. An empty batch at the end tells the server what still waits.
 * @param {(done: number, all: number) => void} progress
 * @returns {Promise<{server_time: number, offset: number}>} offset: server's clock − ours, in milliseconds. Fails with Stop, Offline
 */
export async function sendOps(progress, whose = person()) {
  const rows = (await queued(whose)).sort((a, b) => rank(a) - rank(b) || a.seq - b.seq)
  let [at, size, told] = [0, MOST, null]
  while (at < rows.length) {
    const { batch, read } = await fitting(rows.slice(at, at + size))
    const reply = batch.length ? await post(batch, whose) : null // all of them were damaged: nothing to ask
    if (!reply) at += read
    else if (reply.status === 200) {
      told = await acknowledge(reply.data, batch, whose)
      at += read
      size = Math.min(MOST, size * 2)
    } else if ([400, 413, 422].includes(reply.status)) {
      if (batch.length === 1) await holdBack(batch[0], reply, whose).then(() => (at += read)) // one that cannot be read stops none of the others
      size = Math.max(1, Math.floor(batch.length / 2))
    } else stopFor(reply)
    progress(at, rows.length)
  }
  if (told) return told
  const reply = await post([], whose)
  if (reply.status !== 200) stopFor(reply)
  return acknowledge(reply.data, [], whose)
}

/** @returns {Promise<boolean>} whether something was said that has not been tried yet: it goes before the next part of a photo */
export const more = async (whose = person()) => (await queued(whose)).some((row) => !row.held)

/** Which state a refusal means. */
export function stopFor(reply) {
  const refused = reply.data?.code === "revoked" ? "revoked" : "refused"
  const states = { 401: "signed_out", 403: refused, 404: "not_enrolled", 426: "upgrade" }
  throw new Stop(states[reply.status] ?? "offline", retryAfter(reply))
}

/** Texts, then signatures, then what was once unreadable. */
const rank = (row) => (row.held ? 2 : Number(LAST.test(row.field)))

const queued = (whose) => tx(["ops"], "readonly", (store) => asked(store("ops").index("state").getAll("queued")), { whose })

/** As many as fit; `read`: how many rows that took. One that is damaged is set apart and not sent. */
async function fitting(rows) {
  const batch = []
  let [bytes, read] = [0, 0]
  for (const row of rows) {
    const op = await spokenOrApart(row)
    bytes += op ? new TextEncoder().encode(JSON.stringify(op)).length + 1 : 0
    if (op && batch.length && bytes > LARGEST) break
    if (op) batch.push(op)
    read += 1
  }
  return { batch, read }
}

async function post(ops, whose) {
  const { ops: count, media, oldest } = await waiting(whose)
  const envelope = { device: await device(whose), sent_wall: Date.now(), seq_head: (await meta("seq", whose)) ?? 0 }
  return ask("POST", "ops", { json: { ...envelope, queued: { ops: count, media, oldest_wall: oldest }, ops } })
}

/** Mark what the reply names; a reply that names none of a batch is none. */
async function acknowledge(data, batch, whose) {
  const results = Array.isArray(data?.results) ? data.results : null
  const sent = new Set(batch.map((op) => op.op_id))
  const named = (results ?? []).filter((one) => sent.has(one?.op_id) && STATUSES.includes(one.status))
  if (!results) throw new Stop("offline")
  await tx(["ops", "meta", "receipts"], "readwrite", async (store) => {
    for (const { op_id, status, problem } of named) {
      const row = await asked(store("ops").get(op_id))
      store("ops").put({ ...row, state: "acked", status, problem: problem ?? null, held: false, acked: Date.now() })
    }
    await sayAgain(store, data.missing_seq)
  }, { whose })
  if (named.length < batch.length) throw new Stop("offline")
  return { server_time: data.server_time, offset: data.server_time - Date.now() }
}

/** What the server had and has lost, as after a restored backup, is sent again; what is here no longer either is noted as lost. */
async function sayAgain(store, numbers) {
  const missing = new Set(Array.isArray(numbers) ? numbers : [])
  for (const row of await asked(store("ops").index("state").getAll("acked"))) {
    const gone = missing.has(row.seq)
    if (!(gone && row.sealed) && gone === Boolean(row.lost)) continue
    store("ops").put(gone && row.sealed ? { ...row, state: "queued" } : { ...row, lost: gone })
    const receipt = await asked(store("receipts").get(row.visit))
    if (receipt) store("receipts").put({ ...receipt, asked: 0 }) // its word about photos may be void, too
  }
}

async function holdBack({ op_id }, reply, whose) {
  const problem = { vi: reply.data?.detail ?? later`Máy chủ không đọc được.`, en: reply.data?.detail_en ?? "Unreadable." }
  await tx(["ops"], "readwrite", async (store) => {
    const row = await asked(store("ops").get(op_id))
    return asked(store("ops").put({ ...row, held: true, problem }))
  }, { whose })
}
