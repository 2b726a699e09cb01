"""What a screen of the phone says in Vietnamese while it speaks English, without saying that it does."""

from __future__ import annotations

from playwright.sync_api import Page

LETTERS = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
READ = """letters => {
  const letter = new RegExp(`[${letters}]`, "i")
  const mixed = (text) => letter.test(text.replace("Kỷ Cương", ""))
  const marked = (one) => one.closest("[lang]").lang !== "en"
  const found = []
  const texts = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const { data, parentElement } = texts.currentNode
    if (!["SCRIPT", "NOSCRIPT", "TITLE"].includes(parentElement.tagName) && mixed(data) && !marked(parentElement)) found.push(data)
  }
  for (const one of document.querySelectorAll("*")) for (const name of ["aria-label", "placeholder", "title", "alt"]) {
    const text = one.getAttribute(name)
    if (text && mixed(text) && !marked(one)) found.push(`${name}: ${text}`)
  }
  if (document.title !== `${document.querySelector("h1").textContent} · Kỷ Cương`) found.push(`title: ${document.title}`)
  return found
}"""
"""The title of the document is that of the screen: if it is data, the heading says so."""


def mixed(page: Page) -> list[str]:
    """Texts and names with letters that only Vietnamese has, on a page in English, that bear no mark."""
    if page.evaluate("document.documentElement.lang") != "en":
        return ["not in English"]
    return [str(one) for one in page.evaluate(READ, LETTERS)]
