// Helps to type dd/mm/yyyy into <input data-date>: slashes come by themselves, 8-9-2026 becomes 08/09/2026 on leaving.

const fields = "input[data-date]"

/** The text with slashes after day and month, as far as it has been typed. */
export function slashed(text) {
  const digits = text.replace(/\D/g, "").slice(0, 8)
  return [digits.slice(0, 2), digits.slice(2, 4), digits.slice(4)].filter(Boolean).join("/")
}

/** dd/mm/yyyy for d/m/y, d-m-y, d.m.y or eight digits; anything else stays as it is, for the server to judge. */
export function tidied(text) {
  const typed = text.trim()
  const parts = typed.match(/^(\d{1,2})[/\-. ](\d{1,2})[/\-. ](\d{4})$/) ?? typed.match(/^(\d{2})(\d{2})(\d{4})$/)
  if (!parts) return typed
  return `${parts[1].padStart(2, "0")}/${parts[2].padStart(2, "0")}/${parts[3]}`
}

document.addEventListener("input", (event) => {
  const field = event.target
  if (!field.matches?.(fields) || event.inputType !== "insertText") return
  const onlyDigits = /^[\d/]*$/.test(field.value) && field.selectionStart === field.value.length
  const wholeParts = /^(\d{2}\/?){0,2}\d*$/.test(field.value)
  if (onlyDigits && wholeParts && /\d/.test(event.data ?? "")) field.value = slashed(field.value)
})

document.addEventListener("change", (event) => {
  if (event.target.matches?.(fields)) event.target.value = tidied(event.target.value)
})
