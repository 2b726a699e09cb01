// Passkeys: asks the server what to make or to sign, asks the browser to do it, and sends the answer with the form.
// <form data-passkey="create|get" data-options="address">: its field `credential` is filled in; a fault shows [data-passkey-fault].

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0))
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "")
const named = (list = []) => list.map((one) => ({ ...one, id: bytes(one.id) }))

/** The server's JSON as the browser wants it: bytes where bytes belong. */
function asked({ publicKey }) {
  const ready = { ...publicKey, challenge: bytes(publicKey.challenge) }
  if (publicKey.user) ready.user = { ...publicKey.user, id: bytes(publicKey.user.id) }
  if (publicKey.excludeCredentials) ready.excludeCredentials = named(publicKey.excludeCredentials)
  if (publicKey.allowCredentials) ready.allowCredentials = named(publicKey.allowCredentials)
  return { publicKey: ready }
}

/** The browser's answer as JSON. */
function told(credential) {
  const response = { clientDataJSON: text(credential.response.clientDataJSON) }
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = text(credential.response[name])
  }
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
    authenticatorAttachment: credential.authenticatorAttachment,
  })
}

async function fill(form) {
  const token = form.elements.csrfmiddlewaretoken.value
  const answer = await fetch(form.dataset.options, { method: "POST", headers: { "X-CSRFToken": token } })
  if (!answer.ok) throw new Error(`${answer.status}`)
  const options = asked(await answer.json())
  const credential = await (form.dataset.passkey === "create"
    ? navigator.credentials.create(options)
    : navigator.credentials.get(options))
  form.elements.credential.value = told(credential)
}

function ready(form) {
  const fault = form.querySelector("[data-passkey-fault]")
  form.hidden = false
  form.addEventListener("submit", async (event) => {
    event.preventDefault()
    if (!form.reportValidity()) return
    fault.hidden = true
    const button = form.querySelector("button[type=submit]")
    button.disabled = true
    try {
      await fill(form)
      form.submit()
    } catch {
      fault.hidden = false // also when the person closed the browser's question
    } finally {
      button.disabled = false
    }
  })
}

const bare = /^[\d.]+$|:/.test(location.hostname) // a key belongs to a name: at a bare address no browser makes or uses one
const able = Boolean(window.isSecureContext && window.PublicKeyCredential && !bare)
for (const note of document.querySelectorAll("[data-passkey-missing]")) note.hidden = able
if (able) document.querySelectorAll("form[data-passkey]").forEach(ready)
