// When and in which order the phone speaks with the server, and what may be called sent.

import { sha256hex } from "./canonical.js";
import { asked, person, setMeta, tx } from "./db.js";
import { passOn } from "./bundle.js";
import { device, onSaid, waiting } from "./log.js";
import { fetchPacks, packs } from "./packs.js";
import { purge, received, recover, stale } from "./purge.js";
import { more, sendOps, stopFor, Stop } from "./send.js";
import { onLine } from "./thrift.js";
import { sendPhotos } from "./upload.js";
import * as vault from "./vault.js";
import { alone, ask, Offline, trust } from "./wire.js";
import { alarm, attest } from "./witness.js";

const MINUTE = 60_000
const listeners = new Set()
let told = { state: "idle", sent: 0, total: 0, media: {}, last_ok: null, alarm: null }
let running = null
let [failures, notBefore, forbidden] = [0, 0, 0]

/**
 * Send and fetch now, one tab at a time.
 * @param {{now?: boolean}} options now: a person asked; do not wait out our own backing off (what the server asked for stands)
 * @returns {Promise<{state: string}>} never fails: the state says what happened (see the contract)
 */
export function sync({ now = false } = {}) {
  if (running) return running
  if (Date.now() < forbidden || (!now && Date.now() < notBefore)) return Promise.resolve(told)
  running = alone(run).finally(() => (running = null))
  return running
}

/** The phone is open again: go on where the lock, or another person, broke off. */
export async function resume() {
  await running
  await sync({ now: true })
}

/** What does not fit the log any more, or again, is told anew: its owner has decided on it. */
export async function reconsider(whose = person()) {
  tell({ alarm: await alarm(whose) }, whose)
}

/** Another person works here now: what was told of the one before is nobody's business. */
export function forget() {
  notBefore = failures = 0
  tell({ state: "idle", sent: 0, total: 0, media: {}, last_ok: null, alarm: null })
}

/**
 * Call `tell` with {state, sent, total, media: {id: {sent, size}}, last_ok}: sayings sent of those that waited, bytes of
 * photos on the server's disk, when the server last answered (ms). @returns {() => void} to stop it
 */
export function onProgress(tell) {
  listeners.add(tell)
  return () => listeners.delete(tell)
}

/** Watch for every occasion to send. @returns {() => void} to stop it */
export function start() {
  let soon = 0
  const later = () => {
    clearTimeout(soon)
    soon = setTimeout(async () => { await running; sync() }, 1500) // one under way may have passed it already
  }
  const seen = () => document.visibilityState === "visible" && sync()
  const stops = [onSaid(later), onLine(back)]
  addEventListener("online", back)
  document.addEventListener("visibilitychange", seen)
  const timer = setInterval(sync, MINUTE)
  sync()
  return () => {
    removeEventListener("online", back)
    document.removeEventListener("visibilitychange", seen)
    clearInterval(timer)
    clearTimeout(soon)
    for (const stop of stops) stop()
  }
}

/** Who is signed in at the server, or null. Fails with Offline. @returns {Promise<object|null>} {user, csrf, policy …} */
export async function whoami() {
  const reply = await ask("GET", "start")
  if (reply.status === 401 || unfinished(reply)) return null
  if (reply.status !== 200 || !reply.data?.user) stopFor(reply)
  trust(reply.data.csrf)
  return reply.data
}

/** Signed in by the password, and a second factor, or a password of one's own, must come first. */
const unfinished = ({ status, data }) => status === 403 && /:(second-factor-needed|password-is-temporary)$/.test(data?.type)

/**
 * Tell the office of this phone, and give it the key; from then on drafts can be written.
 * @param {string} name what the office calls the phone
 * @param {string} passphrase needed only when the office knew the phone and has lost it (state not_enrolled)
 * @returns {Promise<void>} fails with Stop, Offline, WrongPassphrase
 */
export async function enrol(name, passphrase = "") {
  const whose = person()
  const there = await whoami()
  if (!there) throw new Stop("signed_out")
  const [uid, typed] = [await device(whose), passphrase && (await vault.revealed(passphrase, whose))]
  if (there.user.uid !== whose || person() !== whose) throw new Stop("other_user") // a key is kept for its owner, and for nobody else
  const reply = await ask("POST", "devices", { json: { uid, name, key: typed || vault.rawForEscrow() } })
  if (reply.status === 403 && String(reply.data?.type).endsWith(":step-up-needed")) throw new Stop("prove_again")
  if (reply.status !== 201) stopFor(reply)
  await vault.confirm(whose)
}

/** @returns {Promise<boolean>} whether the server holds, by its own count, all that was said here about the visit */
export async function complete(visit, whose = person()) {
  const [own, receipt] = await Promise.all([
    ours(visit, whose), receiptOf(visit, whose),
  ])
  return own.whole && receipt?.ops_sha === own.ops_sha && receipt?.media_sha === own.media_sha
}

/** What may go now was not there for a round under way: it failed for want of a network, or has passed what waited for this line. */
export async function back() {
  if (running && !["offline", "idle"].includes((await running).state)) return
  await sync({ now: true })
}

async function run() {
  const whose = person()
  if (!vault.isOpen()) return tell({ state: "locked" })
  const known = await alarm(whose).catch(() => told.alarm) // told without a line, too
  tell({ state: "sending", sent: 0, total: 0, media: {}, alarm: known }, whose)
  let outcome = await attempt()
  if (outcome.state === "refused") outcome = await attempt() // the token may have been renewed by a sign-in elsewhere
  failures = outcome.state === "offline" ? failures + 1 : 0
  const pause = Math.min(300, 5 * 2 ** Math.min(failures, 7)) * (0.5 + Math.random() / 2)
  notBefore = failures ? Date.now() + pause * 1000 : 0
  forbidden = outcome.after ? Date.now() + outcome.after * 1000 : 0
  return tell(outcome, whose)
}

async function attempt() {
  try {
    return await exchange()
  } catch (error) {
    if (error instanceof Stop) return { state: error.state, after: error.after }
    if (error instanceof Offline) return { state: "offline" }
    if (error.name === "Locked") return { state: "locked" }
    return { state: "offline", problem: String(error) }
  }
}

async function exchange() {
  const whose = person()
  const known = await whoami()
  if (!known) throw new Stop("signed_out")
  if (known.user.uid !== whose || person() !== whose) throw new Stop("other_user")
  tell({ last_ok: Date.now() }, whose)
  await tx(["meta"], "readwrite", (store) => {
    store("meta").put(known.policy, "policy")
    store("meta").put(known.user.name, "name")
  }, { whose })
  const said = say(whose)
  const watched = said.catch((error) => { if (!(error instanceof Stop)) throw error })
    .then(() => watch(known.checkpoint, whose), () => null) // beside what follows: nothing waits for a witness
  try {
    await said
    return await rest(known, whose)
  } finally {
    await watched
  }
}

/** Follow the log; what hinders that hinders nothing else. */
async function watch(checkpoint, whose) {
  try {
    await attest(checkpoint, whose)
    tell({ alarm: await alarm(whose) }, whose)
  } catch {
    // no line, or the phone was locked: the next round asks again
  }
}

async function rest(known, whose) {
  const failed = await fetchPacks(whose).then(() => null, (error) => error)
  if (failed && failed.state !== "offline") throw failed
  const first = async () => (await more(whose)) && say(whose) // a signature waits for no photo
  await sendPhotos((id, sent, size) => tell({ media: { ...told.media, [id]: { sent, size } } }, whose), first, whose)
  if (failed) throw failed
  if (Object.keys(told.media ?? {}).length) await settle(whose)
  const left = await compare(whose)
  await purge(known.policy?.purge_days ?? 7, async (visit) => confirmed(visit, await ours(visit, whose), whose), whose)
  const wait = await waiting(whose)
  await passOn(whose) // what is a colleague's comes after all that is one's own
  return { state: left || wait.ops || wait.media ? "idle" : "sent" }
}

async function say(whose) {
  const { offset } = await sendOps((sent, total) => tell({ sent, total }, whose), whose)
  await setMeta("offset", offset, whose)
}

/** The server looks at photos when it has answered; the last one may then let signed minutes into the record. */
async function settle(whose) {
  for (const pause of [0, 700, 2000, 4000]) {
    await new Promise((later) => setTimeout(later, pause))
    await fetchPacks(whose)
    const all = (await packs(whose)).flatMap((one) => Object.values(one.media ?? {}))
    if (!all.some((one) => one.complete && one.checked === false)) return
  }
}

/** Compare with the server's own count. @returns {Promise<number>} how many visits are not whole there */
async function compare(whose) {
  const all = await tx(["ops"], "readonly", (store) => asked(store("ops").getAll()), { whose })
  const visits = new Set(all.map((op) => op.visit))
  let left = 0
  for (const visit of visits) {
    const own = await ours(visit, whose)
    if (own.lost && stale(await receiptOf(visit, whose))) await recover(visit, whose, { asked: Date.now() }) // its photos, too
    if (!own.whole) left += 1
    else if ((stale(await receiptOf(visit, whose)) || !(await complete(visit, whose))) && !(await confirmed(visit, own, whose))) left += 1
  }
  return left
}

const receiptOf = (visit, whose) => tx(["receipts"], "readonly", (store) => asked(store("receipts").get(visit)), { whose })

/** Ask now, whatever the server said before: it may have been restored from an older copy. */
async function confirmed(visit, own, whose) {
  if (!own.whole) return false
  const { status, data } = await ask("GET", `visits/${visit}/manifest?device=${await device(whose)}`)
  const equal = status === 200 && ["ops", "ops_sha", "media", "media_sha"].every((name) => data?.[name] === own[name])
  if (equal) await received(visit, own, whose)
  else if (status === 200) await recover(visit, whose)
  return equal
}

async function ours(visit, whose) {
  const [ops, media] = await tx(["ops", "media"], "readonly", (store) => Promise.all([
    asked(store("ops").index("visit").getAll(visit)), asked(store("media").index("visit").getAll(visit)),
  ]), { whose })
  const digest = (ids) => sha256hex(ids.sort().join("\n"))
  const whole = ops.every((op) => op.state === "acked" && !op.lost) && media.every((one) => one.state === "complete")
  return {
    whole, lost: [...ops, ...media].some((one) => one.lost), ops: ops.length, ops_sha: await digest(ops.map((op) => op.op_id)),
    media: media.length, media_sha: await digest(media.map((one) => one.media_id)),
  }
}

/** What became of one person's things is told to nobody else. */
function tell(outcome, whose = person()) {
  if (whose !== person()) return told
  told = { ...told, ...outcome }
  for (const one of listeners) one(told)
  return told
}
