// What the server holds whole is taken off the phone after some days, and only on its word of this very moment. What it holds
// no longer is sent anew while it is here; where it is not, that is told to a person.

import { asked, tx } from "./db.js";
import { begunIn, emptyIn } from "./drafts.js";
import { ask } from "./wire.js";

const DAY = 86_400_000

/** Whether it is time to ask the server again: it may have been restored from an older copy since. */
export const stale = (receipt) => Math.abs(Date.now() - (receipt?.asked ?? 0)) > (receipt?.purged ? 7 * DAY : DAY)

/**
 * Days after the server has confirmed a signed visit, take its contents off the phone. Names and receipts stay.
 * @param {number} days
 * @param {(visit: string) => Promise<boolean>} confirmed asks the server now whether it holds all that was said here
 * @param {string} whose uid of the person whose store it is, here and below; fails with Locked when another one works here meanwhile
 */
export async function purge(days, confirmed, whose) {
  const receipts = await tx(["receipts"], "readonly", (store) => asked(store("receipts").getAll()), { whose })
  for (const { visit } of receipts.filter((one) => !one.purged && one.ops_sha && one.at < Date.now() - days * DAY)) {
    const known = await tx(["packs"], "readonly", (store) => asked(store("packs").get(visit)), { whose })
    if (known && known.state !== "draft" && (await confirmed(visit))) await empty(visit, whose)
  }
}

/** Keep the server's word: with the hour of the first one, and whether the visit was emptied. */
export const received = (visit, own, whose) => tx(["receipts"], "readwrite", async (store) => {
  const was = await asked(store("receipts").get(visit))
  const same = was?.ops_sha === own.ops_sha && was?.media_sha === own.media_sha
  store("receipts").put({ ...was, visit, ...own, at: same ? was.at : Date.now(), asked: Date.now() })
}, { whose })

/**
 * The server counts less than was sent: its word is void, and photos that it has no longer wait again or are told as lost.
 * @param {{asked?: number}} options when it was asked: now, where asking again at once would tell nothing new
 */
export async function recover(visit, whose, { asked: when = 0 } = {}) {
  await tx(["receipts"], "readwrite", async (store) => {
    const was = await asked(store("receipts").get(visit))
    store("receipts").put({ ...was, visit, ops_sha: "", asked: when })
  }, { whose })
  const rows = await tx(["media"], "readonly", (store) => asked(store("media").index("visit").getAll(visit)), { whose })
  for (const { media_id } of rows.filter((one) => one.state === "complete")) {
    const { status, headers } = await ask("HEAD", `media/${media_id}`)
    if (![204, 404].includes(status)) continue // no word about this photo
    const there = status === 204 && headers.get("Upload-Complete") === "?1"
    await again(media_id, there, status === 204 ? Number(headers.get("Upload-Offset")) || 0 : 0, whose)
  }
}

function again(media_id, there, offset, whose) {
  return tx(["media", "chunks"], "readwrite", async (store) => {
    const { lost: _, ...row } = await asked(store("media").get(media_id))
    const here = await asked(store("chunks").count(IDBKeyRange.bound([media_id], [media_id, []])))
    if (there) store("media").put(row)
    else if (here) store("media").put({ ...row, state: "captured", offset })
    else store("media").put({ ...row, lost: Date.now() })
  }, { whose })
}

/** @returns {Promise<Object<string, {ops: number, media: number}>>} by visit: what neither the server nor this phone has */
export async function lost() {
  const [ops, media] = await tx(["ops", "media"], "readonly", (store) => Promise.all([
    asked(store("ops").index("state").getAll("acked")), asked(store("media").index("state").getAll("complete")),
  ]))
  const found = {}
  const count = (visit, what) => { (found[visit] ??= { ops: 0, media: 0 })[what] += 1 }
  for (const op of ops.filter((one) => one.lost)) count(op.visit, "ops")
  for (const row of media.filter((one) => one.lost)) count(row.visit, "media")
  return found
}

function empty(visit, whose) {
  return tx(["meta", "ops", "fields", "media", "chunks", "receipts"], "readwrite", async (store) => {
    const of = (name) => asked(store(name).index("visit").getAll(visit))
    const [ops, media] = [await of("ops"), await of("media")]
    const whole = ops.every((op) => op.state === "acked" && !op.lost) && media.every((one) => one.state === "complete")
    if (!whole || (await begunIn(store, visit))) return // something was said, or begun, since the server was asked
    emptyIn(store, visit)
    store("receipts").put({ ...(await asked(store("receipts").get(visit))), purged: Date.now() })
    for (const op of ops) if (op.sealed) store("ops").put({ ...op, sealed: null })
    for (const row of await of("fields")) store("fields").delete(row.key)
    for (const row of media) {
      if (row.thumb) store("media").put({ ...row, thumb: null })
      store("chunks").delete(IDBKeyRange.bound([row.media_id], [row.media_id, []]))
    }
  }, { whose })
}
