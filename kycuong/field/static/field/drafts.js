// What is begun and not yet said: signatures under minutes. It lies sealed on this phone only, is never sent, and is gone
// with the saying that it becomes.

import { asked, meta, person, tx } from "./db.js";
import * as vault from "./vault.js";

const name = (key) => `draft ${key}`
let going = Promise.resolve()

/** Under which name a saying finds the draft that it makes superfluous: `say(…, {drops})`. */
export const named = name

/**
 * Keep the whole draft in place of the last one; when it resolves, it is on the disk.
 * @param {string} key "sign-<visit>" or "add-<visit>"
 * @param {object} draft what JSON can hold
 * @returns {Promise<void>} fails with Locked, EscrowMissing, StorageFull
 */
export function keep(key, draft) {
  const whose = person()
  const next = going.then(async () => {
    const sealed = await vault.seal(draft, whose)
    await tx(["meta"], "readwrite", (store) => asked(store("meta").put(sealed, name(key))), { whose })
  })
  going = next.catch(() => null) // the next one is another try
  return next
}

/** @returns {Promise<object|null>} the draft as it was kept last; {lost: true} in place of one that can no longer be read */
export async function read(key) {
  await going
  const sealed = await meta(name(key))
  return sealed ? vault.open(sealed).catch(unreadable) : null
}

/** Take it off the phone without a saying. */
export const drop = (key) => tx(["meta"], "readwrite", (store) => asked(store("meta").delete(name(key))))

/** In a transaction over meta: whether an addendum has been begun at this visit. @returns {Promise<boolean>} */
export const begunIn = async (store, visit) => Boolean(await asked(store("meta").count(name(`add-${visit}`))))

/** In a transaction over meta: whatever was begun at this visit. */
export function emptyIn(store, visit) {
  for (const kind of ["sign", "add"]) store("meta").delete(name(`${kind}-${visit}`))
}

function unreadable(error) {
  if (error.name !== "Damaged") throw error
  return { lost: true }
}
