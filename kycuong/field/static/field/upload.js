// Photos to the server, in parts, the small ones first. Where to go on is what the server says, never what we remember.

import { sha256hex } from "./canonical.js";
import { asked, person, tx } from "./db.js";
import { device } from "./log.js";
import { CHUNK, chunk } from "./photos.js";
import { stopFor, Stop } from "./send.js";
import { photosMayGo } from "./thrift.js";
import { ask } from "./wire.js";
import { later } from "./speaking.js";

const MOST = 21 // chunks in one part: just under 1 MiB
const PATIENCE = 60_000
const QUICK = 3_000
const TRIES = 5
let parts = 1

/**
 * Send every photo that is not complete there, as long as the line is one that photos may use.
 * @param {(media_id: string, offset: number, size: number) => void} progress bytes that are on the server's disk
 * @param {() => Promise<void>} first what may not wait for a long photo: called before each part
 * @returns {Promise<void>} fails with Stop, Offline, Locked
 */
export async function sendPhotos(progress, first = async () => {}, whose = person()) {
  const rows = await tx(["media"], "readonly", (store) => asked(store("media").index("state").getAll("captured")), { whose })
  for (const row of rows.sort((a, b) => a.size - b.size)) {
    if (!(await photosMayGo())) return
    await sendPhoto({ ...row, whose }, progress, first)
  }
}

async function sendPhoto(row, progress, first) {
  await first()
  const reply = await ask("HEAD", `media/${row.media_id}`)
  if (reply.status === 404) return note(row, {}) // its saying is not there yet, or was set aside
  if (reply.status !== 204) stopFor(reply)
  let [place, faults] = [reached(reply), 0]
  await note(row, place)
  while (!place.complete && faults < TRIES) {
    if (!(await photosMayGo())) return // it goes on from here on the next line that it may use
    progress(row.media_id, place.offset, row.size)
    await first()
    const part = await bytesFrom(row, place.offset).catch((error) => lacking(row, error))
    if (!part) return // gone or damaged here: the others go on
    const answer = await patch(row, place.offset, part)
    faults = answer.status === 204 ? 0 : faults + 1
    if (answer.status === 413) parts = 1
    else if ([204, 409, 422].includes(answer.status)) place = reached(answer)
    else stopForPhoto(answer)
    await note(row, place)
  }
  await note(row, place.complete ? place : { problem: later`Máy chủ chưa nhận được ảnh này nguyên vẹn.` })
  progress(row.media_id, place.offset, row.size)
}

function lacking(row, error) {
  if (error.name !== "Damaged") throw error // the phone was locked meanwhile: it goes on once it is open again
  return note(row, { problem: error.kept })
}

/** A larger part after a quick one, a smaller one after a slow one. */
async function patch(row, offset, part) {
  const began = performance.now()
  const headers = {
    "Upload-Offset": String(offset), "Upload-Length": String(row.size), "KT-Device": await device(row.whose),
    "Chunk-Sha256": await sha256hex(part), "Content-Type": "application/offset+octet-stream",
  }
  try {
    const answer = await ask("PATCH", `media/${row.media_id}`, { body: part, headers, patience: PATIENCE })
    parts = performance.now() - began < QUICK ? Math.min(MOST, parts * 2) : Math.max(1, parts >> 1)
    return answer
  } catch (error) {
    parts = 1
    throw error
  }
}

async function bytesFrom(row, offset) {
  const first = Math.floor(offset / CHUNK)
  const last = Math.min(Math.ceil(row.size / CHUNK), first + parts)
  const pieces = []
  for (let n = first; n < last; n++) pieces.push(await chunk(row.media_id, n, row.whose))
  return new Blob(pieces).slice(offset - first * CHUNK).arrayBuffer()
}

function reached({ headers }) {
  const offset = Number(headers.get("Upload-Offset"))
  if (!headers.has("Upload-Offset") || !Number.isSafeInteger(offset) || offset < 0) throw new Stop("offline")
  return { offset, complete: headers.get("Upload-Complete") === "?1" }
}

async function note({ media_id, whose }, { offset, complete = false, problem = null }) {
  await tx(["media"], "readwrite", async (store) => {
    const row = await asked(store("media").get(media_id))
    const state = complete ? "complete" : "captured"
    return asked(store("media").put({ ...row, state, offset: offset ?? row.offset, problem }))
  }, { whose })
}

function stopForPhoto(reply) {
  if (reply.status === 507) throw new Stop("server_full") // texts go on at the next occasion
  stopFor(reply)
}
