// Wipes what a page shows once its session is over, with or without a network; whoever signs out does so in every tab.

import { forgetAll } from "./keep.js";
import { sealing } from "./sealed.js";

const person = document.body.dataset.person ?? ""
const idle = Number(document.body.dataset.idle ?? 0) * 1000
const tabs = "BroadcastChannel" in window ? new BroadcastChannel("kycuong") : null
const LOOK = 30_000 // a machine that slept wakes up late: look at the clock now and then, not once
const TELL = 300_000 // who types is at work: the server is told so, now and then

let until = Date.now() + idle
let looked = Date.now()
let typed = 0
let told = Date.now()
let over = false

const words = document.documentElement.lang.startsWith("en")
  ? {
      title: "The session is over", again: "Sign in again",
      sealed: "This page was cleared. What was typed and not saved is kept sealed in this tab: only you can open it, by signing in again.",
      plain: "This page was cleared. What was typed and not saved comes back when you sign in again in this tab; close the tab if others use this machine.",
      none: "This page was cleared.",
      out: "You signed out in another tab. This page was cleared.",
    }
  : {
      title: "Phiên đăng nhập đã hết", again: "Đăng nhập lại",
      sealed: "Trang này đã được dọn. Nội dung nhập dở vẫn được giữ, đã mã hóa, trong thẻ này: chỉ mở được khi chính bạn đăng nhập lại.",
      plain: "Trang này đã được dọn. Nội dung nhập dở có lại khi bạn đăng nhập lại trong thẻ này; máy có người khác dùng thì hãy đóng thẻ.",
      none: "Trang này đã được dọn.",
      out: "Bạn đã đăng xuất ở một thẻ khác. Trang này đã được dọn.",
    }

/** Nothing of the page stays in the window: not its words, not its title, not the key of what is kept. */
function wipe(text) {
  if (over) return
  over = true
  const [place, inside, section, row] = ["main", "div", "section", "div"].map((name) => document.createElement(name))
  place.className = "frame-main"
  inside.className = "inside"
  section.className = "problem ended"
  section.setAttribute("role", "alert")
  const [title, said, again] = ["h1", "p", "a"].map((name) => document.createElement(name))
  title.textContent = words.title
  said.textContent = text
  again.textContent = words.again
  again.className = "button button-primary"
  again.href = window.location.href
  row.className = "row"
  row.append(again)
  section.append(title, said, row)
  inside.append(section)
  place.append(inside)
  document.title = `${words.title} · Kỷ Cương`
  for (const name of Object.keys(document.body.dataset)) delete document.body.dataset[name]
  document.body.replaceChildren(place)
}

/** What became of what was typed here. */
function ended() {
  if (!document.querySelector("form[data-keep]")) return words.none
  return sealing ? words.sealed : words.plain
}

/** Asks; only typing since the last time prolongs the session. Without an answer the time that was left decides. */
async function ask() {
  const working = typed > told
  const asked = Date.now()
  try {
    const answer = await fetch(working ? "/session/?typing" : "/session/", { cache: "no-store" })
    const said = await answer.json()
    if (said.person !== person || said.left <= 0) wipe(ended())
    else until = Date.now() + said.left * 1000
    if (working) told = asked
  } catch {
    if (Date.now() >= until) wipe(ended())
  }
}

async function look() {
  const moment = Date.now()
  if (moment < looked) until -= looked - moment // a clock that is set back gives no time
  looked = moment
  if (moment >= until || (typed > told && moment - told > TELL)) await ask()
  if (!over) setTimeout(look, Math.min(LOOK, Math.max(until - Date.now(), 0) + 500))
}

if (person) {
  setTimeout(look, Math.min(LOOK, idle + 500))
  document.addEventListener("input", () => (typed = Date.now()), { capture: true, passive: true })
  document.addEventListener("visibilitychange", () => document.hidden || over || ask())
  if (tabs) {
    tabs.addEventListener("message", (event) => {
      if (event.data !== person) return
      forgetAll()
      wipe(words.out)
    })
  }
}
for (const form of document.querySelectorAll("form[data-keep-forget]")) {
  form.addEventListener("submit", () => {
    forgetAll()
    tabs?.postMessage(person)
  })
}
