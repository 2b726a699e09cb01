// Photos: made smaller, cut into chunks, sealed, and on the disk together with the saying that names them.

import { asked, person, tx } from "./db.js";
import { sha256hex } from "./canonical.js";
import { uuid7 } from "./ids.js";
import { noted, prepared, put } from "./log.js";
import * as vault from "./vault.js";
import { later, vi } from "./speaking.js";

export const CHUNK = 48 * 1024
const LONGEST = 1920
const QUALITY = 0.7
const SMALL = 240

/**
 * Keep a photo. When it resolves, the chunks and the saying m/… are on the disk.
 * @param {string} visit
 * @param {Blob} file a picture that the browser can read
 * @param {{criterion_code?: string, caption?: string, gps?: object|null, taken_wall?: number}} about
 * @returns {Promise<{media_id: string, sha256: string, size: number, w: number, h: number}>} fails with StorageFull (text still fits), Unreadable
 */
export async function keep(visit, file, { criterion_code = "", caption = "", gps = null, taken_wall } = {}) {
  const [media_id, author] = [uuid7(), person()]
  const { bytes, w, h, thumb } = await shrunk(file, author)
  const [sha256, orig_sha256] = [await sha256hex(bytes), await sha256hex(await file.arrayBuffer())]
  const about = { sha256, size: bytes.byteLength, mime: "image/jpeg", w, h, orig_sha256 }
  const taken = { taken_wall: taken_wall ?? file.lastModified ?? Date.now(), gps, criterion_code, caption }
  const one = await prepared(visit, `m/${media_id}`, { ...about, ...taken }, { author, ...(gps && { gps }) })
  const chunks = await cut(bytes, author)
  const row = { media_id, visit, sha256, size: bytes.byteLength, wall: one.op.wall, state: "captured", offset: 0 }
  const write = async (store) => {
    store("media").put({ ...row, thumb })
    chunks.forEach((chunk, n) => store("chunks").put(chunk, [media_id, n]))
    return put(store, one)
  }
  noted(await tx(["meta", "ops", "fields", "packs", "media", "chunks"], "readwrite", write, { ballast: false, whose: author }))
  return { media_id, sha256, size: bytes.byteLength, w, h }
}

/**
 * The whole photo again. @returns {Promise<ArrayBuffer>} fails with Damaged when a chunk is not there
 */
export async function whole(media_id) {
  const row = await media(media_id)
  const bytes = new Uint8Array(row.size)
  for (let at = 0, n = 0; at < row.size; at += CHUNK, n++) bytes.set(new Uint8Array(await chunk(media_id, n)), at)
  return bytes.buffer
}

/** @returns {Promise<ArrayBuffer>} one chunk in plain. Fails with Damaged */
export async function chunk(media_id, n, whose = person()) {
  const kept = await tx(["chunks"], "readonly", (store) => asked(store("chunks").get([media_id, n])), { whose })
  if (!kept) throw Object.assign(new Error(vi`Một phần của ảnh không còn trên máy.`), { name: "Damaged", kept: later`Một phần của ảnh không còn trên máy.` })
  return vault.bytesOf(kept, whose)
}

/** @returns {Promise<object|undefined>} {media_id, visit, sha256, size, state: "captured"|"complete", offset, problem} */
export const media = (media_id) => tx(["media"], "readonly", (store) => asked(store("media").get(media_id)))

/** @returns {Promise<object[]>} all photos of a visit, kept ones and those taken back */
export const ofVisit = (visit) =>
  tx(["media"], "readonly", (store) => asked(store("media").index("visit").getAll(visit)))

/** @returns {Promise<Blob|null>} a small JPEG, to be painted on a canvas; null for a photo of another phone */
export async function thumbnail(media_id) {
  const row = await media(media_id)
  return row?.thumb ? new Blob([await vault.bytesOf(row.thumb)], { type: "image/jpeg" }) : null
}

/** @returns {Promise<{sent: number, size: number, complete: boolean, problem: string|null}|null>} bytes on the server's disk */
export async function progress(media_id) {
  const row = await media(media_id)
  if (!row) return null
  const complete = row.state === "complete"
  return { sent: complete ? row.size : row.offset, size: row.size, complete, problem: row.problem ?? null }
}

/** The photo, upright as it was taken, and no larger than needed; and a small one of it. */
async function shrunk(file, author) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => {
    throw Object.assign(new Error(vi`Không đọc được ảnh này. Hãy chụp lại.`), { name: "Unreadable" })
  })
  const canvas = painted(picture, LONGEST)
  const bytes = await jpeg(canvas)
  const thumb = await vault.seal(await jpeg(painted(canvas, SMALL)), author)
  return { bytes, w: canvas.width, h: canvas.height, thumb }
}

/** A fresh canvas: whatever the camera wrote beside the picture (place, name of the phone) is gone. */
function painted(picture, longest) {
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height))
  const canvas = document.createElement("canvas")
  canvas.width = Math.max(1, Math.round(picture.width * scale))
  canvas.height = Math.max(1, Math.round(picture.height * scale))
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height)
  picture.close?.()
  return canvas
}

async function jpeg(canvas) {
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY))
  if (!blob) throw Object.assign(new Error(vi`Không đọc được ảnh này. Hãy chụp lại.`), { name: "Unreadable" })
  return blob.arrayBuffer()
}

async function cut(bytes, author) {
  const chunks = []
  for (let at = 0; at < bytes.byteLength; at += CHUNK) chunks.push(await vault.seal(bytes.slice(at, at + CHUNK), author))
  return chunks
}
