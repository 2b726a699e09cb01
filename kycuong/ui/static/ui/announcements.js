// «Đã đọc» puts an announcement away on the spot, so that nothing that is being typed below it is lost. Without scripts the page loads anew.

for (const form of document.querySelectorAll("[data-announcements] form")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault()
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" }).catch(() => null)
    if (answer?.type !== "opaqueredirect") {
      form.submit() // whatever stands in the way is told on a page
      return
    }
    form.closest(".announcement").remove()
    document.querySelector("#main").focus()
  })
}
