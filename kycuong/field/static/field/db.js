// The store of one person on this phone. Saved means: the transaction is complete and on the disk (durability strict).

import { vi } from "./speaking.js";

const VERSION = 1
const PREFIX = "kt-"
const BALLAST = "ballast"
export const BALLAST_BYTES = 8 * 1024 * 1024
const PIECE = 1024 * 1024
const REOPEN = ["InvalidStateError", "UnknownError"]

/** Nothing more fits, and this kind of thing may not use up the room kept free for text and signatures. */
export class StorageFull extends Error {
  name = "StorageFull"
}

/** Another tab runs a newer release: this page must be loaded anew. Nothing is lost. */
export class Outdated extends Error {
  name = "Outdated"
}

/** What was begun for one person must not be read or written in the store of the next one. */
export class NotYours extends Error {
  name = "Locked"
}

let name = ""
let opening = null

/**
 * Choose whose store is used from here on, and open it.
 * @param {string} person uid of the person who works
 * @returns {Promise<IDBDatabase>} fails with Outdated when the store is a newer release's
 */
export async function open(person) {
  const moves = name !== PREFIX + person
  name = PREFIX + person // first: whatever begins from here on is this person's
  if (moves) await close()
  return connection()
}

/** Whose store is open, or "". */
export const person = () => name.slice(PREFIX.length)

/** @returns {Promise<{uid: string, name: string, ops: number, media: number}[]>} who worked here, and how much waits */
export async function known() {
  const all = (await indexedDB.databases()).map((one) => one.name).filter((one) => one.startsWith(PREFIX))
  return Promise.all(all.map((one) => counted(one).catch(() => ({ uid: one.slice(PREFIX.length), name: "", ops: 0, media: 0 }))))
}

async function counted(which) {
  const db = await start(which)
  const store = db.transaction(["meta", "ops", "media"], "readonly")
  const count = (of, state) => asked(store.objectStore(of).index("state").count(state))
  const [called, ops, media] = await Promise.all([
    asked(store.objectStore("meta").get("name")), count("ops", "queued"), count("media", "captured"),
  ])
  db.close()
  return { uid: which.slice(PREFIX.length), name: called ?? "", ops, media }
}

/** Let go of the connection; the next use opens it again. */
export async function close() {
  const was = opening
  opening = null
  if (was) await was.then((db) => db.close(), () => null)
}

/** A request as a promise. */
export const asked = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

/**
 * One transaction; resolves with what `fn` gave, once everything is on the disk.
 * @param {string[]} stores
 * @param {"readonly"|"readwrite"} mode
 * @param {(store: (name: string) => IDBObjectStore) => any} fn may wait for requests only (`asked`); it may run twice
 * @param {{ballast?: boolean, whose?: string}} may ballast false: what is written must not use up the room kept for text;
 *   whose: the person for whom it was begun; fails with Locked when another one works here meanwhile
 * @returns {Promise<any>} fails with StorageFull, Outdated, Locked, or what the browser says
 */
export async function tx(stores, mode, fn, { ballast = true, whose = person() } = {}) {
  let reopened = false
  let freed = false
  for (;;) {
    try {
      return await once(stores, mode, fn, whose)
    } catch (error) {
      if (REOPEN.includes(error?.name) && !reopened) {
        reopened = true
        await close()
      } else if (error?.name === "QuotaExceededError") {
        if (!ballast || freed || !(await release(whose))) throw new StorageFull(vi`Máy đã đầy bộ nhớ.`, { cause: error })
        freed = true
      } else throw error
    }
  }
}

async function once(stores, mode, fn, whose) {
  const db = await connection()
  if (whose !== person() || db.name !== PREFIX + whose) throw new NotYours(vi`Người khác đã mở máy này.`)
  const transaction = db.transaction(stores, mode, { durability: "strict" })
  const done = new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(transaction.error ?? new DOMException("aborted", "AbortError"))
  })
  done.catch(() => null) // told below, or by `fn` first
  try {
    const value = await fn((store) => transaction.objectStore(store))
    await done
    return value
  } catch (error) {
    try {
      transaction.abort()
    } catch {
      // it is over already
    }
    throw transaction.error ?? error
  }
}

/** A small clear setting of this store. */
export const meta = (key, whose = person()) => tx(["meta"], "readonly", (store) => asked(store("meta").get(key)), { whose })

/** Write a small clear setting. */
export const setMeta = (key, value, whose = person()) => tx(["meta"], "readwrite", (store) => asked(store("meta").put(value, key)), { whose })

/** Keep 8 MB that are given back when nothing else fits. @returns {Promise<boolean>} whether they are there */
export async function reserve() {
  if (await meta(BALLAST)) return true
  const piece = new Uint8Array(PIECE)
  for (let at = 0; at < PIECE; at += 65536) crypto.getRandomValues(piece.subarray(at, at + 65536)) // zeros would be packed
  const write = (store) => {
    for (let n = 0; n < BALLAST_BYTES / PIECE; n++) store("chunks").put(piece.buffer, [BALLAST, n])
    store("meta").put(true, BALLAST)
  }
  return tx(["chunks", "meta"], "readwrite", write, { ballast: false }).then(() => true, () => false)
}

/** Give the ballast back. @returns {Promise<boolean>} whether there was any */
export function release(whose = person()) {
  return once(["chunks", "meta"], "readwrite", async (store) => {
    const had = await asked(store("meta").get(BALLAST))
    store("chunks").delete(IDBKeyRange.bound([BALLAST], [BALLAST, []]))
    store("meta").delete(BALLAST)
    return Boolean(had)
  }, whose).catch(() => false)
}

function connection() {
  const mine = (opening ??= start(name))
  mine.catch(() => {
    if (opening === mine) opening = null
  })
  return mine
}

function start(which) {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(which, VERSION)
    request.onupgradeneeded = () => furnish(request.result)
    request.onerror = () =>
      reject(request.error.name === "VersionError" ? new Outdated(vi`Hãy tải lại trang.`) : request.error)
    request.onsuccess = () => {
      const db = request.result
      const gone = () => {
        if (which === name) opening = null
      }
      db.onclose = gone
      db.onversionchange = () => {
        db.close()
        gone()
      }
      resolve(db)
    }
  })
}

/** Additive only: a phone with drafts of an older release opens with a newer one. */
function furnish(db) {
  for (const store of ["meta", "chunks"]) db.createObjectStore(store)
  const keyed = { ops: "op_id", fields: "key", media: "media_id", packs: "visit", checklists: "sha256" }
  for (const [store, keyPath] of Object.entries({ ...keyed, receipts: "visit", bundles: "sha256" })) {
    const made = db.createObjectStore(store, { keyPath })
    if (["ops", "fields", "media"].includes(store)) made.createIndex("visit", "visit")
    if (["ops", "media"].includes(store)) made.createIndex("state", "state")
  }
}
