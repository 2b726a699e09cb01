// The phone as a witness: it keeps the last checkpoint of the office's log, and believes a later one only when that log has
// grown out of it (RFC 9162 §2.1.4; notes as C2SP writes them). What does not fit is kept with both checkpoints; nothing is lost by it.

import { meta, setMeta } from "./db.js";
import { hex, unbase64 } from "./ids.js";
import { ask } from "./wire.js";

const KEPT = "witness"
const UNDECIDED = "undecided"
const ALARM = "witness_alarm"
const PATIENCE = 10_000
const MOST = 20 // of what did not fit later
const ACCEPTED = "witness_accepted"

/** @returns {Promise<object|null>} what did not fit first: {why, kept, offered, key, at, later: [the same]}; it stays until its owner accepts it, or the phone is emptied */
export const alarm = async (whose) => (await meta(ALARM, whose)) ?? null

/** @returns {Promise<{kept: string, alarm: object|null, accepted: object[]}>} for the parcel: whoever opens it can compare */
export const told = async (whose) => ({
  kept: (await meta(KEPT, whose))?.note ?? "", alarm: await alarm(whose), accepted: (await meta(ACCEPTED, whose)) ?? [],
})

/**
 * Follow another history knowingly, after a restoration that was told of. Both checkpoints stay in every parcel from then on.
 * @param {object} seen the alarm that the owner read: one that came since is not accepted with it
 * @returns {Promise<boolean>} false when there is nothing like it any more, or when what was offered bears no signature of the log
 */
export async function accept(seen, whose) {
  const [now, kept] = [await alarm(whose), await meta(KEPT, whose)]
  if (!acceptable(now) || now.why !== seen.why || now.offered !== seen.offered) return false
  await setMeta(ACCEPTED, [...((await meta(ACCEPTED, whose)) ?? []), { ...now, accepted: Date.now() }], whose)
  const next = read(now.offered)
  if (kept?.note === now.kept) await setMeta(KEPT, next && { note: now.offered, key: now.key, size: next.size, root: next.root }, whose)
  await setMeta(ALARM, null, whose)
  return true
}

/** No restoration takes a signature away: that is never accepted. */
export const acceptable = (one) => Boolean(one) && one.why !== "unsigned"

/**
 * Compare what the server says of its log with what it said before.
 * @param {{key: string, note: string}|null|undefined} offered its last checkpoint, null when it has none, undefined when it says nothing of it
 * @param {string} whose
 * @returns {Promise<string>} "": fits; undecided: nothing was shown and nothing is written; else lost, other, unsigned. Fails with Offline
 */
export async function attest(offered, whose) {
  const kept = await meta(KEPT, whose)
  if (offered === undefined || (!offered && !kept)) return ""
  const now = offered && read(offered.note)
  const why = await fault(kept, now, offered)
  if (why === UNDECIDED) return why
  if (why) await note({ why, kept: kept?.note ?? "", offered: offered?.note ?? "", key: offered?.key ?? "", at: Date.now() }, whose)
  else if (!kept || now.size > kept.size) await setMeta(KEPT, { note: offered.note, key: offered.key, size: now.size, root: now.root }, whose)
  return why
}

/** The first that did not fit is the evidence: what comes later stands beside it, never in its place. */
async function note(found, whose) {
  const first = await alarm(whose)
  if (!first) return setMeta(ALARM, { ...found, later: [] }, whose)
  const later = first.later ?? []
  const known = [first, ...later].some((one) => ["why", "kept", "offered"].every((name) => one[name] === found[name]))
  if (!known && later.length < MOST) await setMeta(ALARM, { ...first, later: [...later, found] }, whose)
}

async function fault(kept, now, offered) {
  if (!now) return offered ? "unsigned" : "lost"
  if ((await signed(offered)) === false) return "unsigned"
  if (!kept) return ""
  if (now.size < kept.size) return "lost"
  if (now.size === kept.size) return now.root === kept.root ? "" : "other"
  const { status, data } = await ask("GET", `witness/${kept.size}/${now.size}`, { patience: PATIENCE })
  if (status !== 200) return UNDECIDED // refused, or a server in trouble: it has shown neither
  return Array.isArray(data?.path) && (await leads(kept, now, data.path)) ? "" : "other"
}

/** @returns {{size: number, root: string, text: string, lines: string[]}|null} null for what is no note of any entry */
export function read(note) {
  const [text = "", lines = ""] = String(note ?? "").trim().split("\n\n")
  const [, size, root, ...more] = text.split("\n")
  if (more.length || !/^[1-9]\d{0,14}$/.test(size ?? "") || !/^[A-Za-z0-9+/]{43}=$/.test(root ?? "")) return null
  return { size: Number(size), root, text: `${text}\n`, lines: lines.split("\n") }
}

/** @returns {Promise<boolean|null>} whether the key signed the note; null where this browser has no Ed25519 */
export async function signed({ note, key }) {
  try {
    const [name, tag] = key.split("+", 2)
    const raw = unbase64(key.slice(name.length + tag.length + 2)).slice(1)
    const told = read(note)
    const lines = told.lines.filter((one) => one.startsWith(`— ${name} `))
    const blobs = lines.map((one) => unbase64(one.slice(name.length + 3))).filter((blob) => hex(blob.slice(0, 4)) === tag)
    const known = await crypto.subtle.importKey("raw", raw, "Ed25519", false, ["verify"]).catch((error) => error)
    if (known instanceof Error) return known.name === "NotSupportedError" ? null : false
    const text = new TextEncoder().encode(told.text)
    for (const blob of blobs) if (await crypto.subtle.verify("Ed25519", known, blob.slice(4), text)) return true
    return false
  } catch {
    return false
  }
}

/** Whether a proof leads from the old root to both roots. @param {string[]} path in base64 */
export async function leads(old, now, path) {
  if (!(old.size > 0 && old.size < now.size)) return false
  const spans = between(old.size, now.size)
  if (spans.length !== path.length) return false
  let hashes
  try {
    hashes = path.map(unbase64)
  } catch {
    return false
  }
  const whole = Number.isInteger(Math.log2(old.size)) // the old tree is itself a subtree: no hash tells it
  let before = whole ? unbase64(old.root) : hashes[0]
  let after = before
  for (let at = whole ? 0 : 1; at < spans.length; at++) {
    const left = spans[at].first < old.size
    if (left) before = await node(hashes[at], before)
    after = left ? await node(hashes[at], after) : await node(after, hashes[at])
  }
  return same(before, unbase64(old.root)) && same(after, unbase64(now.root))
}

/** The subtrees whose roots show that a log of `size` entries begins with one of `old`. */
function between(old, size) {
  let [first, last] = [0, size]
  const found = []
  while (old < last) {
    let half = 1
    while (half * 2 < last - first) half *= 2
    const middle = first + half
    if (old <= middle) {
      found.unshift({ first: middle, last })
      last = middle
    } else {
      found.unshift({ first, last: middle })
      first = middle
    }
  }
  return first ? [{ first, last }, ...found] : found
}

async function node(left, right) {
  const data = new Uint8Array(1 + left.length + right.length)
  data[0] = 1
  data.set(left, 1)
  data.set(right, 1 + left.length)
  return new Uint8Array(await crypto.subtle.digest("SHA-256", data))
}

const same = (one, other) => one.length === other.length && one.every((byte, at) => byte === other[at])
