// Keeps the shell of the phone on the phone. It only reads: what is written goes from the page to the server, or waits in the
// page's own store. A release is kept whole or not at all, and takes over only when the person says so.
const VERSION = "{{ version }}"
const SHELL = "/field/"
const OURS = "kycuong-field-"
const CACHE = OURS + VERSION
const FILES = [{% for file in files %}"{{ file|escapejs }}", {% endfor %}]
const ENGLISH = [{% for file in english %}"{{ file|escapejs }}", {% endfor %}]
const KEPT = new Set([...FILES, ...ENGLISH])

self.addEventListener("install", (event) => event.waitUntil(keep()))
self.addEventListener("activate", (event) => event.waitUntil(takeOver()))
self.addEventListener("message", (event) => {
  if (event.data === "skipWaiting") self.skipWaiting()
  if (event.data === "english") event.waitUntil(keepEnglish().then((done) => event.ports[0]?.postMessage(done)))
  if (event.data === "version") event.source.postMessage({ version: VERSION })
})
self.addEventListener("fetch", (event) => {
  const { request } = event
  const url = new URL(request.url)
  const ours = request.method === "GET" && url.origin === location.origin && KEPT.has(url.pathname) && !url.searchParams.has("language")
  if (ours) event.respondWith(kept(url.pathname, request))
})

/** All or nothing: a file that is missing, sent elsewhere or of another release spoils the lot, and the old one stays. */
async function keep() {
  const files = (await speaksEnglish()) ? [...FILES, ...ENGLISH] : FILES
  const replies = await Promise.all(files.map(fetched))
  const cache = await caches.open(CACHE)
  try {
    await Promise.all(replies.map((reply, at) => cache.put(files[at], reply)))
  } catch (error) {
    await caches.delete(CACHE) // the phone is full: half a release would not open
    throw error
  }
}

/** Who works in English has it without a network; nobody else fetches it. What the page says of it is said again by every page. */
async function keepEnglish() {
  const cache = await caches.open(CACHE)
  const here = await Promise.all(ENGLISH.map((file) => cache.match(file)))
  const missing = ENGLISH.filter((_file, at) => !here[at])
  const replies = await Promise.all(missing.map(fetched)).catch(() => null)
  if (!replies) return false
  return Promise.all(replies.map((reply, at) => cache.put(missing[at], reply))).then(() => true, () => false)
}

/** A release before this one has kept it: the next one brings it along. */
async function speaksEnglish() {
  const names = (await caches.keys()).filter((name) => name.startsWith(OURS))
  const kept = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()))
  return kept.flat().some((one) => new URL(one.url).pathname.includes("/field/english"))
}

/** What is named after its content need not be fetched twice. */
async function fetched(file) {
  const reply = await fetch(file, { cache: /\.[0-9a-f]{12}\.\w+$/.test(file) ? "default" : "no-cache" })
  if (!reply.ok || reply.redirected) throw new Error(`${file}: ${reply.status}`)
  if (file === SHELL && !(await reply.clone().text()).includes(VERSION)) throw new Error("a page of another release")
  return reply
}

async function takeOver() {
  for (const name of await caches.keys()) if (name.startsWith(OURS) && name !== CACHE) await caches.delete(name)
  await self.clients.claim()
}

async function kept(path, request) {
  return (await (await caches.open(CACHE)).match(path)) ?? fetch(request)
}
