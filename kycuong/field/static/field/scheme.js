// Light or dark on this phone, before anything is painted: the page is kept whole, so it reads the choice from the cookie itself.
// No module: a module would run after the first paint. The device's screen says "field:scheme" when somebody chooses anew.

{
  const MEDIA = { light: "not all", dark: "screen" }
  const YEAR = 365 * 24 * 3600
  const secure = location.protocol === "https:"
  const name = secure ? "__Host-scheme=" : "scheme="
  const sheet = document.querySelector("link[data-dark]")
  const system = sheet.media

  const show = () => {
    const chosen = document.cookie.split("; ").find((one) => one.startsWith(name))?.slice(name.length)
    sheet.media = MEDIA[chosen] ?? system
    document.documentElement.dataset.scheme = chosen in MEDIA ? chosen : "system"
  }

  addEventListener("field:scheme", (event) => {
    document.cookie = `${name}${event.detail}; path=/; max-age=${YEAR}; samesite=lax${secure ? "; secure" : ""}`
    show()
  })
  show()
}
