// Keeps what is typed into <form data-keep="key"> in this tab until it is saved: for a session that ends, a closed lid.
// A copy belongs to one person (body data-person), sealed with a key that only pages of that person bring (data-keep-key). It goes
// when the save is confirmed (data-kept-clear="key"), when the person drops it, and at sign-out, in every tab (leave.js).

import { seal, unseal, sealing } from "./sealed.js";

const person = document.body.dataset.person ?? ""
const skipped = new Set(["password", "file", "submit", "button", "reset", "image"])

const address = (key) => `kycuong:${person}:${key}`
let forgotten = false
let writing = Promise.resolve()

function store(act) {
  try {
    return act(window.sessionStorage)
  } catch {
    return null // a browser that forbids storage still lets people work
  }
}

/** Writes one after another, so that what was typed last stands there in the end; null takes it away. */
function write(key, words) {
  writing = writing.then(async () => {
    if (forgotten) return
    const text = words === null ? null : await seal(words, address(key))
    if (!forgotten) store((shelf) => (text === null ? shelf.removeItem(address(key)) : shelf.setItem(address(key), text)))
  }).catch(() => null) // what could not be kept now is kept with the next letter
}

/** Names and values of the form, in order, as they are now. */
export function typed(form) {
  return [...form.elements]
    .filter((field) => field.name && !skipped.has(field.type) && field.name !== "csrfmiddlewaretoken")
    .map((field) => {
      if (field.type === "checkbox" || field.type === "radio") return [field.name, field.value, field.checked]
      if (field.type === "select-multiple") return [field.name, [...field.selectedOptions].map((one) => one.value)]
      return [field.name, field.value]
    })
}

/** Puts kept values back: a name that occurs several times gets them in order. */
export function restore(form, kept) {
  form.dispatchEvent(new CustomEvent("keep:restore", { detail: kept, bubbles: true })) // lets a page add its rows first
  const seen = new Map()
  for (const field of form.elements) {
    const chosen = field.type === "checkbox" || field.type === "radio"
    const same = kept.filter(([name, value]) => name === field.name && (!chosen || value === field.value))
    const at = seen.get(field.name) ?? 0
    const found = chosen ? same[0] : same[at]
    seen.set(field.name, at + 1)
    if (!found) continue
    if (chosen) field.checked = found[2]
    else if (field.type === "select-multiple") for (const one of field.options) one.selected = found[1].includes(one.value)
    else field.value = found[1]
  }
  form.dispatchEvent(new CustomEvent("keep:restored", { bubbles: true }))
}

function announce(form, key, before) {
  const note = document.createElement("div")
  note.className = "notice notice-planned kept"
  note.setAttribute("role", "status")
  const text = document.createElement("p")
  text.textContent = document.documentElement.lang.startsWith("en")
    ? "What you typed earlier has been put back."
    : "Đã khôi phục nội dung nhập dở lần trước."
  const drop = document.createElement("button")
  drop.type = "button"
  drop.className = "button button-secondary"
  drop.textContent = document.documentElement.lang.startsWith("en") ? "Discard it" : "Bỏ nội dung này"
  drop.addEventListener("click", () => {
    write(key, null)
    restore(form, before)
    note.remove()
    form.querySelector("input:not([type=hidden]), select, textarea")?.focus()
  })
  note.append(text, drop)
  form.prepend(note)
}

async function keep(form) {
  const key = form.dataset.keep
  const before = typed(form)
  const plain = JSON.stringify(before)
  const save = () => write(key, JSON.stringify(typed(form)))
  for (const kind of ["input", "change", "submit"]) form.addEventListener(kind, save)
  const kept = store((shelf) => shelf.getItem(address(key)))
  const answered = form.querySelector("[aria-invalid=true], [data-answered]") || document.querySelector(".error-summary")
  const text = kept && !answered ? await unseal(kept, address(key)) : null
  if (text && text !== plain && JSON.stringify(typed(form)) === plain) {
    restore(form, JSON.parse(text))
    announce(form, key, before)
  }
}

/** Nothing that anybody typed here stays; what is on its way into the store does not get there any more. */
export function forgetAll() {
  forgotten = true
  store((shelf) => {
    for (const name of Object.keys(shelf)) if (name.startsWith("kycuong:")) shelf.removeItem(name)
  })
}

/** Where a browser cannot seal (no HTTPS), the next person at least finds nothing. */
function forgetOthers() {
  store((shelf) => {
    for (const name of Object.keys(shelf)) {
      if (name.startsWith("kycuong:") && !name.startsWith(address(""))) shelf.removeItem(name)
    }
  })
}

if (person && !sealing) forgetOthers()
for (const marker of document.querySelectorAll("[data-kept-clear]")) {
  store((shelf) => shelf.removeItem(address(marker.dataset.keptClear))) // at once: the next form of the same key must find nothing
}
for (const form of document.querySelectorAll("form[data-keep]")) keep(form)
