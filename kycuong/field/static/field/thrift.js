// Photos may wait for Wi-Fi, so that nobody pays for them on the road; text and signatures never wait. Each person decides.

import { meta, person, setMeta } from "./db.js";

const SETTING = "photos_wifi"
const FREE = ["wifi", "ethernet"]
const METERED = ["cellular", "bluetooth", "wimax"]
let byHand = ""

/** @returns {boolean|null} whether this line is Wi-Fi or a cable; null where the browser does not tell */
export function onWifi() {
  const type = navigator.connection?.type
  if (FREE.includes(type)) return true
  return METERED.includes(type) ? false : null
}

/** @returns {Promise<boolean>} whether this person's photos wait for Wi-Fi */
export const thrifty = async () => Boolean(await meta(SETTING))

/** The switch, kept in the store of whoever works. */
export async function setThrifty(on) {
  byHand = ""
  await setMeta(SETTING, on)
}

/** Let the photos go over any line until `later`, or until this page is gone. */
export function release() {
  byHand = person()
}

/** They wait again. */
export function later() {
  byHand = ""
}

/** @returns {Promise<boolean>} whether photos may be sent over the line that there is now */
export async function photosMayGo() {
  return !(await thrifty()) || onWifi() === true || (byHand !== "" && byHand === person())
}

/** Call `tell` when the phone comes to another line. @returns {() => void} to stop it */
export function onLine(tell) {
  navigator.connection?.addEventListener?.("change", tell)
  return () => navigator.connection?.removeEventListener?.("change", tell)
}
