// Buttons that open dialogs (data-opens="id"), close their own (data-closes), or print the page (data-print).

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-opens], [data-closes], [data-print]")
  if (!button) return
  if (button.dataset.opens) document.getElementById(button.dataset.opens)?.showModal()
  else if ("closes" in button.dataset) button.closest("dialog")?.close()
  else window.print()
})
