// Who works on this phone. A session that ends pauses the sending and nothing else; every person has a store of their own.

import * as db from "../db.js";
import * as syncing from "../sync.js";
import * as vault from "../vault.js";
import { flush } from "./typing.js";
import { theirs, vi } from "../speaking.js";

const PEOPLE = "kt-people"
const LAST = "kt-last"
const FINISHING = "kt-finishing"
const PROVING = "kt-proving"
const redraw = () => dispatchEvent(new Event("field:redraw"))

function known() {
  try { return JSON.parse(localStorage.getItem(PEOPLE)) ?? [] } catch { return [] }
}

async function take({ uid, name }) {
  if (session.person?.uid !== uid) dispatchEvent(new Event("field:person"))
  localStorage.setItem(PEOPLE, JSON.stringify([...known().filter((one) => one.uid !== uid), { uid, name }]))
  localStorage.setItem(LAST, uid)
  await db.open(uid)
  session.person = { uid, name }
}

/** What is typed is kept, then the key is put away, and everything in the clear that a screen still holds. */
async function shut(forced = false) {
  await flush().catch((fault) => { if (!forced) throw fault })
  vault.lock()
  dispatchEvent(new Event("field:locked"))
}

export const session = {
  person: null,
  /** Whether the office wants the password once more before this phone is enrolled; a page that the phone dropped meanwhile still knows. */
  get mustProve() { return sessionStorage.getItem(PROVING) !== null },
  set mustProve(wanted) {
    if (wanted) sessionStorage.setItem(PROVING, "1")
    else sessionStorage.removeItem(PROVING)
  },

  /** Whoever worked here last is here again, with a network or without. */
  async resume() {
    const last = known().find((one) => one.uid === localStorage.getItem(LAST))
    const finished = sessionStorage.getItem(FINISHING)
    sessionStorage.removeItem(FINISHING)
    if (last) await take(last)
    else if (finished) await syncing.whoami().then((there) => there && take(there.user), () => {}) // what was typed before is not asked for twice
  },

  async be(one) {
    await shut()
    await take(one)
    redraw()
  },

  async other() {
    await shut()
    await db.close()
    session.person = null
    localStorage.removeItem(LAST)
    dispatchEvent(new Event("field:person"))
    redraw()
  },

  /** Fails with Unkept while something that was typed is not on the disk, unless it is `forced`. */
  async lock({ forced = false } = {}) {
    await shut(forced)
    redraw()
  },

  /** Signs in with the office's own form. @returns {Promise<string|(string|Node)[]>} what is wrong, or "" */
  async signIn(login, password) {
    if (!login || !password) return vi`Hãy ghi tên đăng nhập và mật khẩu.`
    try {
      let there = await syncing.whoami()
      if (there && (session.mustProve || (session.person && there.user.uid !== session.person.uid))) {
        const kept = await post("/sign-out/", {})
        if (kept) return kept
        there = null
      }
      if (!there) {
        const refused = await post("/sign-in/", { login, password, next: "/field/" })
        if (refused) return refused
        session.mustProve = false
        there = await syncing.whoami()
      }
      if (!there) return await finishThere()
      if (session.person && session.person.uid !== there.user.uid) return vi`Máy đang mở của ${theirs(session.person.name)}. Hãy đăng nhập đúng người này, hoặc chọn «Người khác dùng máy này» ở màn hình mở khóa.`
      await take(there.user)
      if (vault.isOpen()) void syncing.sync({ now: true })
      return ""
    } catch (fault) {
      return fault.name === "Offline" || fault instanceof TypeError ? vi`Chưa có mạng. Hãy thử lại khi có mạng.` : vi`Chưa đăng nhập được. Hãy thử lại.`
    }
  },

  async signOut() {
    await shut()
    await post("/sign-out/", {}).catch(() => {})
    await session.other()
  },

  /** Stores of other people on this phone, with what waits in them; only counts can be read without their key. */
  async others() {
    const names = new Map(known().map((one) => [one.uid, one.name]))
    const stores = await db.known().catch(() => [])
    return stores.filter((one) => one.uid !== session.person?.uid).map((one) => ({ ...one, name: one.name || names.get(one.uid) || "" }))
  },
}

/** The password was right and is not enough: a code, a passkey, a first factor, or a password of one's own is asked for by the office's own pages. */
async function finishThere() {
  await flush()
  sessionStorage.setItem(FINISHING, "1")
  location.assign("/sign-in/second/")
  return vi`Mật khẩu đúng. Đang mở bước tiếp theo…`
}

const tooOften = () => vi`Thử quá nhiều lần. Hãy đợi ít phút rồi thử lại.`

/** Sends a form of the office's pages. @returns {Promise<string>} what the page says against it, or ""; fails where no page of the office answered */
async function post(path, values) {
  const options = { credentials: "same-origin", cache: "no-store", signal: AbortSignal.timeout(30_000) }
  const asked = await fetch(path, options)
  if (asked.status === 429) return tooOften() // nothing was sent: a proxy in front counts, too
  if (asked.redirected) return ""
  if (!asked.ok) throw new Error(`${path}: ${asked.status}`)
  const page = new DOMParser().parseFromString(await asked.text(), "text/html")
  const token = page.querySelector("[name=csrfmiddlewaretoken]")?.value
  if (!token) return "" // signed in or out already: the next question to the server tells
  const reply = await fetch(path, { ...options, method: "POST", redirect: "manual", body: new URLSearchParams({ ...values, csrfmiddlewaretoken: token }) })
  if (reply.status === 429) return tooOften()
  if (reply.type === "opaqueredirect") return "" // let in: where the office would go next is not ours
  const told = new DOMParser().parseFromString(await reply.text(), "text/html").querySelector(".error-summary li, .errorlist li, [role=alert] p")
  if (!told && !reply.ok) throw new Error(`${path}: ${reply.status}`) // no word against the password, and none for it
  return told?.textContent.trim() || (path === "/sign-in/" ? vi`Tên đăng nhập hoặc mật khẩu chưa đúng.` : "")
}
