// Shows, as it is typed, what each answer comes to, opens only the boxes that it needs, and counts what is left.
// The server decides again by its own rules; without this module every box is simply visible.

const words = document.documentElement.lang.startsWith("en")
  ? {
      pass: "Pass", partial: "Partial pass", fail: "Fail", not_applicable: "Not applicable", not_asked: "Not inspected",
      left: (n) => `Criteria not answered yet: ${n}`, done: "All criteria are answered",
    }
  : {
      pass: "Đạt", partial: "Đạt một phần", fail: "Không đạt", not_applicable: "Không áp dụng", not_asked: "Chưa kiểm tra",
      left: (n) => `Còn ${n} tiêu chí chưa trả lời`, done: "Đã trả lời đủ các tiêu chí",
    }
const form = document.querySelector("form[data-answers]")

function number(box, name) {
  const text = box.querySelector(`input[name$="-${name}"]`)?.value.trim()
  return /^\d{1,7}$/.test(text ?? "") ? Number(text) : null
}

function headcount() {
  const value = (name) => Number(form.elements[name]?.value || 0)
  if (!form.elements.present?.value || !form.elements.absent_unexcused?.value) return ""
  if (value("absent_unexcused")) return "fail"
  return value("late") ? "partial" : "pass"
}

function ratio(box) {
  const [part, whole] = [number(box, "part"), number(box, "whole")]
  if (part === null || whole === null || part > whole) return ""
  if (whole === 0) return "not_applicable"
  if (part * 100 >= Number(box.dataset.passFrom) * whole) return "pass"
  return part * 100 >= Number(box.dataset.partialFrom) * whole ? "partial" : "fail"
}

function cases(box) {
  const count = number(box, "count")
  return count === null ? "" : count ? "fail" : "pass"
}

function outcome(box) {
  const chosen = box.querySelector("input[type=radio]:checked")?.value ?? ""
  if (chosen) return chosen
  const kinds = { ratio: () => ratio(box), number: () => cases(box), headcount }
  return kinds[box.dataset.type]?.() ?? ""
}

/** A conditional criterion is asked when the one above it, asked itself, came to one of its outcomes. */
function waits(box, asked) {
  return "after" in box.dataset && !box.dataset.on.split(" ").includes(asked.get(box.dataset.after) ?? "")
}

/** What earlier visits say is told after the answer, never before it. */
function before(box) {
  const short = ["partial", "fail"].includes(box.dataset.outcome)
  for (const place of box.querySelectorAll("[data-repeat]")) place.hidden = !short
  for (const place of box.querySelectorAll("[data-before]")) {
    place.hidden = !box.dataset.outcome || (short && "told" in place.dataset)
  }
}

function show() {
  const boxes = [...form.querySelectorAll(".criterion")]
  const skipped = form.elements.no_procedures?.checked
  const asked = new Map()
  for (const box of boxes) {
    box.hidden = Boolean(skipped && box.hasAttribute("data-procedures")) || waits(box, asked)
    box.dataset.outcome = outcome(box)
    if (!box.hidden) asked.set(box.id.replace("criterion-", ""), box.dataset.outcome)
    before(box)
    const result = box.querySelector(".criterion-result")
    if (result) result.textContent = words[box.dataset.outcome] ?? ""
  }
  const left = boxes.filter((box) => !box.hidden && box.hasAttribute("data-counted") && !box.dataset.outcome).length
  const told = form.querySelector("[data-left]")
  if (told) told.textContent = left ? words.left(left) : words.done
}

if (form) {
  form.addEventListener("input", show)
  form.addEventListener("change", show)
  form.addEventListener("keep:restored", show)
  show()
}
