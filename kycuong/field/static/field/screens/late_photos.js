// Pictures on their way from the camera of the phone. While one is awaited the phone does not lock itself, for some minutes;
// one that comes back to a locked phone waits in memory, never on the disk, until its owner opens the phone.

import { phone } from "./phone.js";

const PATIENCE = 10 * 60_000
let out = null // the place at which the camera was opened last
const parked = []

/** The camera, or the gallery, is opened for this place: {box, visit, uid, code, caption}. */
export function expect(place) {
  out = { ...place, since: Date.now(), place }
}

/** It came back, with pictures or without. */
export const back = () => { out = null }

/** Whether somebody may still be taking a picture, so that the phone must not lock itself. */
export const awaited = () => out !== null && Date.now() - out.since < PATIENCE

/** Keeps a picture, or holds on to it when the phone is locked. @returns {Promise<boolean>} whether it is on the disk */
export async function keep(place, file, about) {
  try {
    if (place.visit) await phone.keepPhoto(place.visit, file, about)
    else await phone.keepLatePhoto(place.uid, file, about, place.whose)
    return true
  } catch (fault) {
    if (fault.name !== "Locked") throw fault
    const bytes = await file.arrayBuffer().catch(() => null) // the system may clear away what the camera wrote
    parked.push({ uid: place.uid, whose: place.whose, file: bytes ? new Blob([bytes], { type: file.type }) : file, about })
    return false
  }
}

/** How many pictures of the person who works here wait for the phone to be opened. */
export const waiting = () => parked.filter((one) => one.whose === phone.person?.uid).length

/** The phone is open: what waited is kept now. @returns {Promise<number>} how many; those that did not fit wait on */
export async function settle() {
  let kept = 0
  for (const one of parked.splice(0)) {
    if (one.whose !== phone.person?.uid) { parked.push(one); continue }
    try {
      kept += Number(await keep({ uid: one.uid, whose: one.whose }, one.file, one.about))
    } catch (fault) {
      if (fault.name === "StorageFull") parked.push(one)
      dispatchEvent(new CustomEvent("field:fault", { detail: fault }))
    }
  }
  return kept
}

addEventListener("field:locked", () => { if (out) out.place.visit = null }) // nothing of a visit stays readable behind the lock
