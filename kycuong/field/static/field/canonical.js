// One value, one spelling, as kycuong/audit/canonical.py writes it: what is hashed here is hashed equally there.

import { hex } from "./ids.js";

/**
 * Canonical JSON (RFC 8785 for values without fractions): members in order, no blanks.
 * @param {any} value text, whole numbers, true, false, null, lists, objects of these
 * @returns {string} TypeError for what has no canonical form (undefined, NaN, fractions, too large numbers, half a surrogate)
 */
export function dumps(value) {
  if (value === null || value === true || value === false) return String(value)
  if (typeof value === "string") return text(value)
  if (typeof value === "number" && Number.isSafeInteger(value)) return String(value === 0 ? 0 : value)
  if (Array.isArray(value)) return `[${Array.from(value, dumps).join(",")}]`
  if (typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype) return members(value)
  throw new TypeError(`no canonical form: ${String(value).slice(0, 50)}`)
}

/** @returns {Promise<string>} SHA-256 in hexadecimal digits, of bytes or of a text in UTF-8 */
export async function sha256hex(data) {
  const bytes = typeof data === "string" ? new TextEncoder().encode(data) : data
  return hex(await crypto.subtle.digest("SHA-256", bytes))
}

/** @returns {Promise<string>} SHA-256 of the canonical form */
export const hashed = async (value) => sha256hex(dumps(value))

/** Names sort by UTF-16 code units, which is what `sort` does with texts. */
function members(value) {
  const names = Object.keys(value).sort()
  return `{${names.map((name) => `${text(name)}:${dumps(value[name])}`).join(",")}}`
}

function text(value) {
  if (/\p{Surrogate}/u.test(value)) throw new TypeError("half a character")
  return JSON.stringify(value)
}
