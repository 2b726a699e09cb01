// Opens and closes the main menu on narrow screens, and the account menu when something else is clicked or Esc is pressed.

for (const button of document.querySelectorAll("[data-menu]")) {
  button.addEventListener("click", () => {
    button.setAttribute("aria-expanded", String(button.getAttribute("aria-expanded") !== "true"))
  })
}

const popups = document.querySelectorAll("[data-menu-popup]")

document.addEventListener("click", (event) => {
  for (const popup of popups) if (!popup.contains(event.target)) popup.open = false
})

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return
  for (const popup of popups) {
    if (popup.open && popup.contains(document.activeElement)) popup.querySelector("summary").focus()
    popup.open = false
  }
})
