// Keeps the shell of the phone on the phone. It only reads: what is written goes from the page to the server, or waits in the
// page's own store. A release is kept whole or not at all, and takes over only when the person says so.
const VERSION = "{{ version }}"
const SHELL = "/field/"
const OURS = "kycuong-field-"
const CACHE = OURS + VERSION
const FILES = [{% for file in files %}"{{ file|escapejs }}", {% endfor %}]
const KEPT = new Set(FILES)

self.addEventListener("install", (event) => event.waitUntil(keep()))
self.addEventListener("activate", (event) => event.waitUntil(takeOver()))
self.addEventListener("message", (event) => {
  if (event.data === "skipWaiting") self.skipWaiting()
  if (event.data === "version") event.source.postMessage({ version: VERSION })
})
self.addEventListener("fetch", (event) => {
  const { request } = event
  const url = new URL(request.url)
  const ours = request.method === "GET" && url.origin === location.origin && KEPT.has(url.pathname)
  if (ours) event.respondWith(kept(url.pathname, request))
})

/** All or nothing: a file that is missing, sent elsewhere or of another release spoils the lot, and the old one stays. */
async function keep() {
  const replies = await Promise.all(FILES.map(fetched))
  const cache = await caches.open(CACHE)
  try {
    await Promise.all(replies.map((reply, at) => cache.put(FILES[at], reply)))
  } catch (error) {
    await caches.delete(CACHE) // the phone is full: half a release would not open
    throw error
  }
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
