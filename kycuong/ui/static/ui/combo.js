// Turns <input data-source="url"> into a combobox: type, choose with arrows and Enter. The form sends the chosen value under
// the input's own name, and what is shown under <name>__label. Without this module the plain text is sent, and the server resolves it.

const WAIT = 200
const english = document.documentElement.lang.startsWith("en")
const words = english
  ? { none: "Nothing found. Check the name, or type less of it.", some: (n) => `${n} found`, failed: "The list cannot be read now." }
  : { none: "Không tìm thấy. Kiểm tra lại tên, hoặc gõ ít chữ hơn.", some: (n) => `${n} kết quả`, failed: "Chưa đọc được danh sách." }

let count = 0

class Combo {
  constructor(input) {
    this.input = input
    this.value = element("input", { type: "hidden", name: input.name, value: input.dataset.value ?? input.value })
    this.list = element("ul", { className: "combo-list", id: `combo-${++count}`, hidden: true })
    this.list.setAttribute("role", "listbox")
    this.list.setAttribute("aria-label", input.labels?.[0]?.textContent.trim() ?? input.name)
    this.status = element("span", { className: "visually-hidden" })
    this.status.setAttribute("role", "status")
    input.name = `${input.name}__label`
    const box = element("div", { className: "combo" })
    input.replaceWith(box)
    box.append(input, this.list, this.value, this.status)
    const given = { role: "combobox", "aria-expanded": "false", "aria-controls": this.list.id, "aria-autocomplete": "list" }
    for (const [name, value] of Object.entries({ ...given, autocomplete: "off", spellcheck: "false" })) input.setAttribute(name, value)
    input.addEventListener("input", () => this.typed())
    input.addEventListener("keydown", (event) => this.key(event))
    input.addEventListener("blur", () => this.close())
    this.list.addEventListener("pointerdown", (event) => event.preventDefault()) // keeps the focus in the input
    this.list.addEventListener("click", (event) => this.choose(event.target.closest("[role=option]")))
  }

  typed() {
    this.value.value = this.input.value.trim()
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.ask(), WAIT)
  }

  async ask() {
    const asked = this.input.value.trim()
    if (!asked) return this.close()
    const url = new URL(this.input.dataset.source, location.href)
    url.searchParams.set("q", asked)
    try {
      const response = await fetch(url, { headers: { Accept: "application/json" }, redirect: "error" })
      if (!response.ok) throw new Error(String(response.status))
      const found = await response.json()
      if (asked === this.input.value.trim() && document.activeElement === this.input) this.show(found)
    } catch {
      this.close()
      this.status.textContent = words.failed
    }
  }

  show(found) {
    this.list.replaceChildren(...found.map((one, at) => this.option(one, at)))
    if (!found.length) this.list.append(element("li", { className: "combo-option", textContent: words.none }))
    this.status.textContent = found.length ? words.some(found.length) : words.none
    this.at = -1
    this.open(true)
  }

  option({ value, label, hint }, at) {
    const row = element("li", { className: "combo-option", id: `${this.list.id}-${at}` })
    row.setAttribute("role", "option")
    row.setAttribute("aria-selected", "false")
    Object.assign(row.dataset, { value, label })
    row.append(element("span", { textContent: label }))
    if (hint) row.append(element("span", { className: "combo-hint", textContent: hint }))
    return row
  }

  key(event) {
    const rows = [...this.list.querySelectorAll("[role=option]")]
    if (event.key === "Escape" && !this.list.hidden) this.close()
    else if (event.key === "Enter" && !this.list.hidden && rows[this.at]) this.choose(rows[this.at])
    else if (event.key === "ArrowDown" && this.list.hidden) this.ask()
    else if (event.key === "ArrowDown") this.mark(rows, (this.at + 1) % rows.length)
    else if (event.key === "ArrowUp") this.mark(rows, this.at <= 0 ? rows.length - 1 : this.at - 1)
    else return
    event.preventDefault()
  }

  mark(rows, at) {
    if (!rows.length) return
    this.at = at
    rows.forEach((row, place) => row.setAttribute("aria-selected", String(place === at)))
    this.input.setAttribute("aria-activedescendant", rows[at].id)
    rows[at].scrollIntoView({ block: "nearest" })
  }

  choose(row) {
    if (!row) return
    this.input.value = row.dataset.label
    this.value.value = row.dataset.value
    this.close()
    this.value.dispatchEvent(new Event("change", { bubbles: true }))
  }

  open(yes) {
    this.list.hidden = !yes
    this.input.setAttribute("aria-expanded", String(yes))
    if (!yes) this.input.removeAttribute("aria-activedescendant")
  }

  close() {
    clearTimeout(this.timer)
    this.open(false)
  }
}

function element(name, properties) {
  return Object.assign(document.createElement(name), properties)
}

for (const input of document.querySelectorAll("input[data-source]")) new Combo(input)
