// Light, dark or as the system says, chosen without loading the page anew: what is being typed stays. Without scripts the form does it.

const YEAR = 365 * 24 * 3600

for (const form of document.querySelectorAll("[data-schemes]")) {
  form.addEventListener("submit", (event) => {
    const chosen = event.submitter
    if (!chosen?.dataset.media) return
    event.preventDefault()
    const secure = location.protocol === "https:" ? "; secure" : ""
    document.cookie = `${form.dataset.schemes}=${chosen.value}; path=/; max-age=${YEAR}; samesite=lax${secure}`
    for (const sheet of document.querySelectorAll("link[data-dark]")) sheet.media = chosen.dataset.media
    for (const button of form.querySelectorAll("[aria-pressed]")) button.setAttribute("aria-pressed", String(button === chosen))
  })
}
