// Makes what the screens show. Text is always set as text, so that nothing anybody typed is ever read as markup.

const SVG = "http://www.w3.org/2000/svg"
const PATHS = {
  back: "M15 5l-7 7 7 7",
  next: "M9 5l7 7-7 7",
  check: "M4 13l5 5L20 6",
  cross: "M6 6l12 12M18 6L6 18",
  half: "M12 4a8 8 0 1 0 0 16V4z",
  dash: "M5 12h14",
  pencil: "M4 20l1-4L16 5l3 3L8 19l-4 1z",
  phone: "M7 3h10v18H7zM11 18h2",
  cloud: "M7 18a4 4 0 0 1 0-8 5 5 0 0 1 10-1 4 4 0 0 1 0 9z",
  sent: "M7 18a4 4 0 0 1 0-8 5 5 0 0 1 10-1 4 4 0 0 1 0 9zM9 13l2 2 4-4",
  clock: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 8v5l3 2",
  warning: "M12 4l9 16H3zM12 10v4M12 17v.5",
  camera: "M4 8h4l2-3h4l2 3h4v11H4zM12 10a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7z",
  plus: "M12 5v14M5 12h14",
  trash: "M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13",
  person: "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4 21c1-5 4-7 8-7s7 2 8 7",
  lock: "M6 11h12v9H6zM8 11V8a4 4 0 0 1 8 0v3",
  note: "M5 4h14v12l-4 4H5zM15 20v-4h4M8 9h8M8 13h5",
  pen: "M3 20c4-8 6 3 9-3 2-4 4-9 6-8s-4 8-1 8 3-2 4-3",
  box: "M4 8l8-4 8 4v9l-8 4-8-4zM4 8l8 4 8-4M12 12v9",
  people: "M9 5a3 3 0 1 0 0 7 3 3 0 0 0 0-7zM3 20c.5-4 3-6 6-6s5.500 2 6 6M16 6a3 3 0 0 1 0 6M17 14c2.500.500 4 3 4 6",
}

/** An element: attributes by name, `on` for listeners, `text` for its text or a list of texts and nodes; children that are null or false are left out. */
export function h(tag, given = {}, ...children) {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || value === null || value === false) continue
    if (name === "on") for (const [event, ear] of Object.entries(value)) made.addEventListener(event, ear)
    else if (name === "text") add(made, [value])
    else if (name === "class") made.className = value
    else if (name in made && typeof value !== "string") made[name] = value
    else made.setAttribute(name, value === true ? "" : value)
  }
  add(made, children)
  return made
}

export function add(place, children) {
  for (const child of [children].flat(9)) {
    if (child !== null && child !== undefined && child !== false && child !== "") place.append(child)
  }
}

export function put(place, ...children) {
  place.replaceChildren()
  add(place, children)
}

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg")
  const path = document.createElementNS(SVG, "path")
  for (const [key, value] of [["viewBox", "0 0 24 24"], ["class", "icon"], ["aria-hidden", "true"]]) svg.setAttribute(key, value)
  path.setAttribute("d", PATHS[name] ?? PATHS.dash)
  svg.append(path)
  return svg
}

/** A button as large as a thumb. `kind`: primary, plain, quiet, danger. While what it does goes on it cannot be pressed again. */
export function button(label, press, { kind = "plain", sign = "", ...more } = {}) {
  const made = h("button", { type: "button", ...more, class: `tap tap-${kind}${sign === "next" ? " tap-onward" : ""}` },
    sign && icon(sign), h("span", { text: label }))
  made.addEventListener("click", async () => {
    if (made.getAttribute("aria-busy") === "true") return
    made.setAttribute("aria-busy", "true")
    try {
      await press(made)
    } catch (fault) {
      dispatchEvent(new CustomEvent("field:fault", { detail: fault }))
    } finally {
      made.removeAttribute("aria-busy")
    }
  })
  return made
}

/** A link to another screen, shown as a row with its state on the right. */
export function rowLink(href, label, { told = "", tone = "", sign = "" } = {}) {
  return h("a", { class: "rowlink", href },
    sign && icon(sign),
    h("span", { class: "rowlink-label", text: label }),
    told && h("span", { class: `mark mark-${tone || "none"}`, text: told }),
    icon("next"))
}

export function linkButton(href, label, { kind = "plain", sign = "" } = {}) {
  return h("a", { class: `tap tap-${kind}${sign === "next" ? " tap-onward" : ""}`, href }, sign && icon(sign), h("span", { text: label }))
}

export function notice(tone, title, ...children) {
  const signs = { good: "check", attention: "warning", late: "warning", info: "note" }
  return h("div", { class: `notice notice-${tone}`, role: tone === "late" ? "alert" : null },
    icon(signs[tone] ?? "note"), h("div", {}, title && h("p", { class: "strong", text: title }), children))
}

export function para(text, more = {}) {
  return h("p", { ...more, text })
}

let counted = 0
export function unique(stem) {
  counted += 1
  return `${stem}-${counted}`
}
