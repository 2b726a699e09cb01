// The service worker, seen from the page: put in place, and replaced only when the person agrees.

/**
 * Register the worker.
 * @param {(version: string) => void} onWaiting a newer release waits for consent: ask, then call `accept`
 * @returns {Promise<ServiceWorkerRegistration|null>} null where the browser has none
 */
export async function register(onWaiting) {
  if (!("serviceWorker" in navigator)) return null
  const found = await navigator.serviceWorker.register("/field/sw.js", { scope: "/field/", updateViaCache: "none" })
  const look = () => found.waiting && navigator.serviceWorker.controller && onWaiting()
  found.addEventListener("updatefound", () => found.installing?.addEventListener("statechange", look))
  look()
  return found
}

/**
 * Look for a newer release at the server: the one here is too old for it.
 * @returns {Promise<boolean>} whether one has come, or is coming; it is told to whoever has registered
 */
export async function look() {
  const found = await navigator.serviceWorker?.getRegistration("/field/")
  await found?.update().catch(() => null) // no network: the next refusal looks again
  return Boolean(found?.waiting ?? found?.installing)
}

/** Go over to the newer release, and load the page anew once it is in charge. */
export async function accept() {
  const found = await navigator.serviceWorker.getRegistration("/field/")
  if (!found?.waiting) return
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true })
  found.waiting.postMessage("skipWaiting")
}

/** English for when there is no network: fetched once it is spoken, and by every release from then on. @returns {Promise<boolean>} */
export async function keepEnglish() {
  const { active, waiting, installing } = await navigator.serviceWorker.ready
  for (const next of [waiting, installing]) next?.postMessage("english") // the release to come keeps it, too
  const { port1, port2 } = new MessageChannel()
  const done = new Promise((tell) => { port1.onmessage = ({ data }) => tell(data) })
  active.postMessage("english", [port2])
  return done
}
