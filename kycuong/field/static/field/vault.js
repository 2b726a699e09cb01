// What is written on the phone is unreadable without the passphrase; and the office holds a copy of the key, so that a
// forgotten passphrase never means lost work. Before the office has confirmed its copy, nothing can be sealed.

import { asked, meta, person, tx } from "./db.js";
import { base64, unbase64 } from "./ids.js";
import { later, vi } from "./speaking.js";

const ITERATIONS = 600_000
export const LEAST = 8

class Refusal extends Error {
  constructor(name, sentence) {
    super(sentence)
    this.name = name
  }
}

let key = null
let raw = null
let owner = ""

/** Whether values can be sealed and opened now: with the key of whoever's store is open, and for no one else. */
export const isOpen = (whose = person()) => key !== null && owner === whose && whose === person()

/** @returns {Promise<"none"|"unconfirmed"|"ready">} whether this store has a key, and whether the office has it, too */
export async function state() {
  const kept = await meta("vault")
  if (!kept) return "none"
  return kept.escrowed ? "ready" : "unconfirmed"
}

/**
 * Make the data key of this phone. Nothing can be sealed until `confirm` says that the office has it, too.
 * @param {string} passphrase at least 8 characters; fails with TooShort, or Exists when there is a key already
 */
export async function create(passphrase) {
  ensureLong(passphrase)
  const whose = person()
  if (await meta("vault", whose)) throw new Refusal("Exists", vi`Máy này đã có khóa.`)
  await keep(crypto.getRandomValues(new Uint8Array(32)), passphrase, false, whose)
}

/** @returns {Promise<boolean>} whether this store has a key */
export const exists = async () => (await state()) !== "none"

/** Open with the passphrase. @returns {Promise<boolean>} false when it is the wrong one */
export async function unlock(passphrase) {
  const whose = person()
  const kept = await meta("vault", whose)
  const bytes = await unwrapped(kept, passphrase)
  if (!bytes || person() !== whose) return false // somebody else has opened the phone meanwhile
  await take(bytes, kept.escrowed, whose)
  return true
}

/** Forget the key until the next `unlock`. */
export function lock() {
  raw?.fill(0)
  key = raw = null
}

/** @returns {string} base64 of the 32 bytes for the office; only while it has not confirmed them. Fails with Locked */
export function rawForEscrow() {
  if (!raw || !isOpen()) throw new Refusal("Locked", vi`Khóa đã được gửi, hoặc máy đang khóa.`)
  return base64(raw)
}

/** The same for an office that has lost its copy: fails with WrongPassphrase. @returns {Promise<string>} base64 */
export async function revealed(passphrase, whose = person()) {
  const bytes = await unwrapped(await meta("vault", whose), passphrase)
  if (!bytes) throw new Refusal("WrongPassphrase", vi`Mật khẩu chưa đúng. Hãy gõ lại.`)
  return base64(bytes)
}

/** The office has this person's key: from here on things can be sealed. */
export async function confirm(whose = person()) {
  await tx(["meta"], "readwrite", async (store) => {
    const kept = await asked(store("meta").get("vault"))
    return asked(store("meta").put({ ...kept, escrowed: Date.now() }, "vault"))
  }, { whose })
  if (owner !== whose) return
  raw?.fill(0)
  raw = null
}

/**
 * Put the key that the office gave back under a new passphrase.
 * @param {string} given base64 of 32 bytes
 * @param {string} passphrase fails with TooShort, or WrongKey when the bytes do not open what lies on this phone
 * @param {string} whose for whom the office was asked; fails with Locked when another one works here meanwhile
 */
export async function adopt(given, passphrase, whose = person()) {
  ensureLong(passphrase)
  const [bytes, kept] = [unbase64(given), await meta("vault", whose)]
  const candidate = await imported(bytes)
  if (kept?.check) {
    await crypto.subtle.decrypt({ name: "AES-GCM", iv: kept.check.iv }, candidate, kept.check.data).catch(() => {
      throw new Refusal("WrongKey", vi`Khóa này không phải của máy này.`)
    })
  }
  await keep(bytes, passphrase, Date.now(), whose)
}

/**
 * Seal a value, or bytes as they are.
 * @param {any} value what JSON can hold, or an ArrayBuffer
 * @param {string} whose under whose key; fails with Locked when that is not the one that is open
 * @returns {Promise<{iv: Uint8Array, data: ArrayBuffer}>} fails with Locked, or EscrowMissing
 */
export async function seal(value, whose = person()) {
  if (!isOpen(whose)) throw new Refusal("Locked", vi`Hãy mở khóa bằng mật khẩu của máy này.`)
  if (raw) throw new Refusal("EscrowMissing", vi`Cơ quan chưa giữ khóa của máy này. Hãy bật mạng và đăng ký máy trước.`)
  return sealed(key, value instanceof ArrayBuffer ? value : new TextEncoder().encode(JSON.stringify(value)))
}

/** @returns {Promise<any>} the value that was sealed. Fails with Locked, or Damaged */
export async function open(one, whose = person()) {
  const bytes = await bytesOf(one, whose)
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    throw damaged()
  }
}

/** @returns {Promise<ArrayBuffer>} the bytes that were sealed */
export async function bytesOf(one, whose = person()) {
  if (!isOpen(whose)) throw new Refusal("Locked", vi`Hãy mở khóa bằng mật khẩu của máy này.`)
  const { iv, data } = one ?? {}
  return crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, data).catch(() => {
    throw damaged()
  })
}

const damaged = () => Object.assign(new Refusal("Damaged", vi`Phần này trên máy đã hỏng.`), { kept: later`Phần này trên máy đã hỏng.` })

function ensureLong(passphrase) {
  if ([...passphrase.normalize("NFC")].length < LEAST) {
    throw new Refusal("TooShort", vi`Mật khẩu cần ít nhất ${LEAST} ký tự.`)
  }
}

async function unwrapped(kept, passphrase) {
  if (!kept) throw new Refusal("Locked", vi`Máy này chưa có khóa.`)
  const wrapping = await derived(passphrase, kept.salt, kept.iterations)
  const bytes = await crypto.subtle.decrypt({ name: "AES-GCM", iv: kept.iv }, wrapping, kept.wrapped).catch(() => null)
  return bytes && new Uint8Array(bytes)
}

async function keep(bytes, passphrase, escrowed, whose) {
  const salt = crypto.getRandomValues(new Uint8Array(16))
  const { iv, data: wrapped } = await sealed(await derived(passphrase, salt, ITERATIONS), bytes)
  const check = await sealed(await imported(bytes), new TextEncoder().encode("kycuong"))
  const kept = { salt, iterations: ITERATIONS, iv, wrapped, check, escrowed }
  await tx(["meta"], "readwrite", (store) => asked(store("meta").put(kept, "vault")), { whose })
  await take(bytes, escrowed, whose)
}

/** A key is taken for the one whose passphrase was typed, even when that took a while. */
async function take(bytes, escrowed, whose) {
  const made = await imported(bytes)
  const copy = escrowed ? null : bytes.slice()
  bytes.fill(0)
  if (person() !== whose) throw new Refusal("Locked", vi`Người khác đã mở máy này.`)
  ;[owner, key, raw] = [whose, made, copy]
}

async function sealed(under, bytes) {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, under, bytes) }
}

const imported = (bytes) => crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"])

async function derived(passphrase, salt, iterations) {
  const typed = new TextEncoder().encode(passphrase.normalize("NFC"))
  const from = await crypto.subtle.importKey("raw", typed, "PBKDF2", false, ["deriveKey"])
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations }
  return crypto.subtle.deriveKey(how, from, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"])
}
