// Presses the button «Đọc tiếp» by itself while files wait to be read; without this script a person presses it.

const form = document.querySelector("form[data-continue]")

if (form) {
  window.setTimeout(() => form.requestSubmit(), 600)
}
