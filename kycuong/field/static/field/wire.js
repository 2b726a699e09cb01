// One request. A reply counts only when it carries our header: what a hotel, a proxy or a sign-in page says is no network.

export const API = "/api/v1/field/"
const PATIENCE = 30_000

/** No reply that counts: no network, a wall in between, or a server that hangs. */
export class Offline extends Error {
  name = "Offline"
}

let token = ""

/** The token against forged requests, from the last `start`. */
export function trust(csrf) {
  token = csrf
}

/**
 * @param {string} method
 * @param {string} path below /api/v1/field/
 * @param {{json?: any, text?: string, body?: ArrayBuffer, headers?: object, patience?: number}} what patience in milliseconds
 * @returns {Promise<{status: number, headers: Headers, data: any}>} data: what the reply says in JSON, or null. Fails with Offline
 */
export async function ask(method, path, { json, text, body, headers = {}, patience = PATIENCE } = {}) {
  const sent = text ?? (json === undefined ? body : JSON.stringify(json))
  const typed = json === undefined && text === undefined ? {} : { "Content-Type": "application/json" }
  const said = { "KT-Protocol": "1", ...typed, ...(method === "GET" || method === "HEAD" ? {} : { "X-CSRFToken": token }), ...headers }
  const options = { method, headers: said, body: sent, cache: "no-store", redirect: "error", credentials: "same-origin" }
  try {
    const reply = await fetch(API + path, { ...options, signal: AbortSignal.timeout(patience) })
    if (reply.headers.get("KT-Protocol") !== "1") throw new Offline("not ours")
    return { status: reply.status, headers: reply.headers, data: method === "HEAD" ? null : await spoken(reply) }
  } catch (error) {
    throw error instanceof Offline ? error : new Offline(String(error), { cause: error })
  }
}

/** One tab at a time speaks with the server: the others wait for their turn. */
export const alone = (fn) => navigator.locks.request("kycuong-field", fn)

/** Seconds for which the server asks to be left alone, or 0. */
export const retryAfter = ({ headers }) => Math.min(3600, Number(headers.get("Retry-After")) || 0)

async function spoken(reply) {
  if (reply.status === 204 || !reply.headers.get("Content-Type")?.includes("json")) return null
  return reply.json() // what was cut off in the middle fails, and counts as no network
}
