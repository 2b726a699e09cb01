// Brings the page of a file up to date while the file is made. Without this module a link on the page does the same.

const SECONDS = 2

async function look() {
  const shown = document.querySelector("[data-export]")
  if (!shown?.hasAttribute("data-under-way")) return
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } })
    const page = new DOMParser().parseFromString(await answer.text(), "text/html")
    const fresh = page.querySelector("[data-export]")
    if (answer.ok && fresh) shown.replaceWith(document.adoptNode(fresh))
  } catch {
    // No connection: the next look asks again.
  }
  setTimeout(look, SECONDS * 1000)
}

setTimeout(look, SECONDS * 1000)
