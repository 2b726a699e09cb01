// Names that a phone may give without asking anybody.

/**
 * A UUID version 7 (RFC 9562 §5.7): 48 bits of milliseconds, then random bits. Its order means nothing to any rule.
 * @param {number} now milliseconds since 1970; a clock that is wrong only spoils the order
 * @returns {string}
 */
export function uuid7(now = Date.now()) {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  let rest = Math.min(Math.max(0, Math.floor(now) || 0), 2 ** 48 - 1)
  for (let i = 5; i >= 0; i--) {
    bytes[i] = rest % 256
    rest = Math.floor(rest / 256)
  }
  bytes[6] = 0x70 | (bytes[6] & 0x0f)
  bytes[8] = 0x80 | (bytes[8] & 0x3f)
  return hex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5")
}

/** Bytes as hexadecimal digits. */
export const hex = (bytes) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("")

/** Bytes as base64. */
export function base64(bytes) {
  const view = new Uint8Array(bytes)
  let text = ""
  for (let at = 0; at < view.length; at += 8192) text += String.fromCharCode(...view.subarray(at, at + 8192))
  return btoa(text)
}

/** @returns {Uint8Array} the bytes of a base64 text */
export const unbase64 = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
