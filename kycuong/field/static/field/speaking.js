// Which language this phone speaks. Sentences stand in Vietnamese where they are said; English is a table of its own, fetched
// only where somebody has chosen it. What is recorded, read out and signed is Vietnamese in either (ADR 0052).

const YEAR = 365 * 24 * 3600
const PATIENCE = 3000
const secure = location.protocol === "https:"
const COOKIE = secure ? "__Host-language" : "language" // the one of the office's pages: kycuong/site/settings.py
const HOLE = /(\{\d(?:\|[^|}]*\|[^}]*)?\})/

let table = null
let english = false

const wanted = () => document.cookie.split("; ").includes(`${COOKIE}=en`)

/** @returns {"vi"|"en"} what is spoken now: Vietnamese, too, where English was chosen and cannot be had */
export const language = () => (english ? "en" : "vi")

/**
 * Before the first screen: what was chosen here or on a page of the office. Without a network English comes from the worker; on one
 * that hangs nobody waits for it: the phone speaks Vietnamese until it comes.
 */
export async function begin() {
  if (wanted()) {
    remember("en") // some browsers forget what a script has kept after a week
    const come = fetched()
    if (!(await soon(come, PATIENCE))) come.then((there) => there && show())
  }
  show()
}

/** @returns {Promise<boolean>} false when English is not on this phone and cannot be fetched: then nothing changes */
export async function choose(code) {
  if (code === "en" && !(await soon(fetched(), 5 * PATIENCE))) return false
  remember(code)
  show()
  return true
}

const remember = (code) => { document.cookie = `${COOKIE}=${code}; path=/; max-age=${YEAR}; samesite=lax${secure ? "; secure" : ""}` }

/** What comes within so many milliseconds, else false. */
const soon = (promise, time) => Promise.race([promise, new Promise((late) => setTimeout(late, time, false))])

const fetched = () => import("./english.js").then(({ ENGLISH }) => Boolean((table = ENGLISH)), () => false)

function show() {
  english = table !== null && wanted()
  document.documentElement.lang = language()
  const manifest = document.querySelector("link[rel=manifest]")
  manifest?.setAttribute("href", `${manifest.getAttribute("href").split("?")[0]}${english ? "?language=en" : ""}`)
  dispatchEvent(new Event("field:language"))
}

/**
 * A sentence for people, as the tag of a template, in the language that is spoken.
 * @returns {string|(string|Node)[]} a list for `h` and `put` where a hole is marked as Vietnamese (`theirs`), else a string
 */
export function vi(parts, ...holes) {
  const said = english && table[parts.reduce((all, part, at) => `${all}{${at - 1}}${part}`)]
  if (!said) return verbatim(parts, ...holes)
  const made = said.split(HOLE).map((part, at) => (at % 2 ? filled(part.slice(1, -1), holes) : part))
  return made.some((one) => typeof one === "object") ? made.flat() : made.join("")
}

/** «0» the first hole; «0|photo|photos» the word that goes with its number. */
function filled(hole, holes) {
  const [place, one, several] = hole.split("|")
  const given = holes[place]
  if (several === undefined) return given
  return Number(given) === 1 ? one : several
}

/** A sentence that is recorded, sent or compared word for word: Vietnamese in either language. Where it is shown: `theirs`. */
export const verbatim = (parts, ...holes) => parts.reduce((all, part, at) => all + holes[at - 1] + part)

/** A sentence that is kept on this phone in Vietnamese and shown later (`ofBoth`): it has its English, too. */
export const later = verbatim

/** Data, and whatever else is Vietnamese inside a page in English: marked there as what it is. */
export function theirs(text) {
  if (!english || !text) return text
  return Object.assign(document.createElement("span"), { lang: "vi", textContent: text })
}

/** Do something that takes no time in Vietnamese: the words that will be read out and signed. */
export function inVietnamese(make) {
  const was = english
  english = false
  try {
    return make()
  } finally {
    english = was
  }
}

/** Of what the server says in both languages, the one that is spoken. @param {{detail?, detail_en?, vi?, en?}|string} told */
export function ofBoth(told) {
  if (typeof told === "string") return english ? table[told] ?? theirs(told) : told // kept here in Vietnamese
  return (english && (told?.detail_en ?? told?.en)) || theirs(told?.detail ?? told?.vi ?? "")
}
