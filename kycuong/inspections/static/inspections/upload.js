// Sends the files of <form data-upload="address"> in parts, shows how many bytes are there, and goes on where the line broke.
// Without this module, or where the browser cannot hash, the form is sent as any other.

const form = document.querySelector("form[data-upload]")
const words = document.documentElement.lang.startsWith("en")
  ? {
      refused: "The server refuses this file.", again: (n) => `Connection lost; trying again in ${n} seconds…`,
      offline: "Not sent: the connection is lost. What was sent is kept: press “Send” to send the rest.",
      checking: "the server is checking…", file: (n, all) => `File ${n}/${all}`, sent: "Sent",
    }
  : {
      refused: "Máy chủ từ chối tệp này.", again: (n) => `Mất kết nối, thử lại sau ${n} giây…`,
      offline: "Chưa gửi được vì mất kết nối. Phần đã gửi còn nguyên: bấm «Gửi» để gửi nốt.",
      checking: "máy chủ đang kiểm tra…", file: (n, all) => `Tệp ${n}/${all}`, sent: "Đã gửi",
    }
const WAITS = [1, 2, 4, 8, 15] // seconds between tries; after the last a person decides

const pause = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000))
const hex = (buffer) => [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("")
const passing = (status) => status >= 500 || [408, 425, 429].includes(status) // the same request will do later
const megabytes = (bytes) => (bytes / 1024 / 1024).toLocaleString("vi-VN", { maximumFractionDigits: 1 })

/** What the server says of a refusal, in the language of the page. */
function told(problem) {
  const english = document.documentElement.lang.startsWith("en")
  return (english ? problem.detail_en : problem.detail) ?? words.refused
}

/** One request, tried again while the line is bad. What the server refuses is said in its words. */
async function ask(method, address, body, headers = {}) {
  const token = form.elements.csrfmiddlewaretoken.value
  for (const wait of [...WAITS, null]) {
    let answer
    try {
      answer = await fetch(address, { method, body, headers: { ...headers, "X-CSRFToken": token } })
    } catch {
      answer = { ok: false, status: 503 } // no line at all
    }
    if (answer.ok) return answer.status === 204 ? null : answer.json()
    if (!passing(answer.status)) throw new Error(told(await answer.json().catch(() => ({}))))
    if (wait === null) break
    say(words.again(wait))
    await pause(wait)
  }
  throw Object.assign(new Error(words.offline), { offline: true })
}

function say(text, sent, size) {
  const state = form.querySelector("[data-state]")
  state.hidden = false
  state.querySelector("[data-words]").textContent = text
  if (size) state.querySelector("progress").value = sent / size
}

/** The same file for the same visit keeps its uid on this device, so that its parts are found again. */
function uidOf(sha256) {
  const key = `kycuong-upload:${document.body.dataset.person ?? ""}:${form.dataset.upload}:${sha256}`
  try {
    const uid = localStorage.getItem(key) ?? crypto.randomUUID()
    localStorage.setItem(key, uid)
    return [uid, () => localStorage.removeItem(key)]
  } catch {
    return [crypto.randomUUID(), () => {}]
  }
}

async function send(file, label) {
  const sha256 = hex(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()))
  const [uid, forget] = uidOf(sha256)
  const about = { uid, name: file.name, size: file.size, sha256, criterion_code: form.elements.criterion_code?.value ?? "",
    caption: form.elements.caption.value }
  try {
    const upload = await ask("POST", form.dataset.upload, JSON.stringify(about), { "Content-Type": "application/json" })
    const there = new Set(upload.received)
    for (let place = 0; place < upload.chunks; place += 1) {
      const start = place * upload.chunk_bytes
      const part = file.slice(start, start + upload.chunk_bytes)
      if (!there.has(place)) {
        await ask("PUT", `/api/v1/uploads/${uid}/chunks/${place}`, part, { "Content-Type": "application/octet-stream" })
      }
      const sent = start + part.size
      say(`${label}: ${megabytes(sent)} / ${megabytes(file.size)} MB`, sent, file.size)
    }
    say(`${label}: ${words.checking}`, 1, 1)
    if (!upload.finished) await ask("POST", `/api/v1/uploads/${uid}/finish`)
    forget()
  } catch (error) {
    if (!error.offline) forget() // what was refused begins anew
    throw error
  }
}

async function sendAll(files) {
  const faults = []
  for (const [place, file] of files.entries()) {
    const label = files.length > 1 ? words.file(place + 1, files.length) : words.sent
    try {
      await send(file, label)
    } catch (error) {
      faults.push(`${file.name}: ${error.message}`)
    }
  }
  if (faults.length) say(faults.join(" "))
  else window.location.assign(window.location.pathname)
}

if (form && window.crypto?.subtle) {
  form.addEventListener("submit", async (event) => {
    const files = [...form.elements.file.files]
    if (!files.length) return // the server says that a file is missing
    event.preventDefault()
    const button = form.querySelector("button:not([type=button])")
    button.disabled = true
    await sendAll(files)
    button.disabled = false
  })
}
