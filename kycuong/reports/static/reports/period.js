// Shows only the fields that the chosen kind of period needs: the year, or the two dates. Without this module all are shown.

const bar = document.querySelector("[data-period]")

function needed(part) {
  return part === "dates" ? "dates" : part === "to_date" ? "" : "named"
}

function show() {
  const wanted = needed(bar.elements.part.value)
  for (const group of bar.querySelectorAll("[data-when]")) {
    // A field with a fault is never hidden: the summary above leads to it.
    group.hidden = group.dataset.when !== wanted && !group.querySelector(".field-wrong")
  }
}

if (bar) {
  bar.elements.part.addEventListener("change", show)
  show()
}
