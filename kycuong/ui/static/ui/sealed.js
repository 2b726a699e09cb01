// Seals words for one person (AES-256-GCM): the key comes with that person's pages and is stored nowhere.

const SEALED = "1."
const given = document.body.dataset.keepKey ?? ""

/** Whether this browser can: only over HTTPS, or on the machine itself. */
export const sealing = Boolean(given && window.crypto?.subtle)

const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
const letters = (buffer) => [...new Uint8Array(buffer)].map((byte) => String.fromCharCode(byte)).join("")

const key = sealing ? crypto.subtle.importKey("raw", bytes(given), "AES-GCM", false, ["encrypt", "decrypt"]) : null
const bound = (address) => new TextEncoder().encode(address)

/** @returns {Promise<string>} what only `unseal` at the same address, on a page of the same person, can read */
export async function seal(words, address) {
  if (!sealing) return words
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const way = { name: "AES-GCM", iv, additionalData: bound(address) }
  const closed = await crypto.subtle.encrypt(way, await key, new TextEncoder().encode(words))
  return SEALED + btoa(letters(iv) + letters(closed))
}

/** @returns {Promise<string|null>} null for what this page cannot read */
export async function unseal(text, address) {
  if (!text.startsWith(SEALED)) return text // kept before there were seals, or where none can be made
  if (!sealing) return null
  try {
    const all = bytes(text.slice(SEALED.length))
    const way = { name: "AES-GCM", iv: all.slice(0, 12), additionalData: bound(address) }
    return new TextDecoder().decode(await crypto.subtle.decrypt(way, await key, all.slice(12)))
  } catch {
    return null
  }
}
