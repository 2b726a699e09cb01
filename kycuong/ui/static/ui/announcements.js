// «Đã đọc» puts an announcement away on the spot, so that nothing that is being typed below it is lost. Without scripts the page loads anew.

for (const form of document.querySelectorAll("[data-announcements] form")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault()
    const region = form.closest("[data-announcements]")
    const asked = { method: "POST", headers: { Accept: "application/json" }, body: new FormData(form), redirect: "manual" }
    const answer = await fetch(form.action, asked).catch(() => null)
    const gone = answer?.status === 204 // a page to sign in, or one that refuses, is none
    region.querySelector("[data-told]").textContent = gone ? region.dataset.done : region.dataset.failed
    if (!gone) return
    form.closest(".announcement").remove()
    document.querySelector("#main").focus()
  })
}
