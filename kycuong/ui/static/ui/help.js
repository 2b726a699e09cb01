// Opens and closes the help of the page by «?» while no field has the focus, and closes it by Esc. A key without Ctrl may disturb
// who speaks to the computer or hits keys by chance: on the page of help it can be switched off for this browser.

const help = document.querySelector("[data-help]")
const choice = document.querySelector("[data-help-key]")
const KEPT = "kycuong-help-key"

function shelf(act) {
  try {
    return act(window.localStorage)
  } catch {
    return null // a browser that forbids storage has the key
  }
}

const isOn = () => shelf((kept) => kept.getItem(KEPT)) !== "off"

if (choice) {
  choice.checked = isOn()
  choice.closest("[hidden]").hidden = false
  choice.addEventListener("change", () => {
    shelf((kept) => (choice.checked ? kept.removeItem(KEPT) : kept.setItem(KEPT, "off")))
  })
}

document.addEventListener("keydown", (event) => {
  if (!help || event.defaultPrevented) return
  if (event.key === "Escape" && help.open && help.contains(document.activeElement)) {
    help.open = false
    help.querySelector("summary").focus()
  }
  if (event.key !== "?" || event.ctrlKey || event.altKey || event.metaKey || !isOn()) return
  if (event.target.closest("input, select, textarea, [contenteditable], dialog[open]")) return
  event.preventDefault()
  help.open = !help.open
  help.querySelector("summary").focus()
})
