// Getting a phone ready before the road ends: each step says what it found. None of them forbids to go.

import { meta, reserve } from "./db.js";
import { keepEnglish } from "./worker.js";
import { checklist, packs, pull } from "./packs.js";
import { language, theirs, vi } from "./speaking.js";

const FIVE_MINUTES = 300_000
const PATIENCE = 15_000

const NEEDED = ["download", "shell", "ballast"]
const steps = () => ({
  download: [vi`Tải hồ sơ và phiếu kiểm tra`, downloaded],
  shell: [vi`Trang mở được khi không có mạng`, shellKept],
  persist: [vi`Trình duyệt không tự xóa dữ liệu`, persisted],
  camera: [vi`Máy ảnh`, camera],
  place: [vi`Định vị`, place],
  clock: [vi`Đồng hồ của máy`, clock],
  ballast: [vi`Chỗ trống dự phòng 8 MB`, ballast],
})

/**
 * Take all steps, one after the other.
 * @param {(step: {key, label, ok: boolean|null, told: string|(string|Node)[]}) => void} tell called before (ok null) and after each step
 * @returns {Promise<{ready: boolean, steps: object[]}>} never fails: a failed step says why in `told`. Ready: what must be
 *   there is there (download, shell, ballast); the rest is good to have
 */
export async function prepare(tell = () => null) {
  const done = []
  for (const [key, [label, step]] of Object.entries(steps())) {
    tell({ key, label, ok: null, told: "" })
    done.push({ key, label, ...(await step().then((told) => ({ ok: true, told }), ({ message, told }) => ({ ok: false, told: told ?? message }))) })
    tell(done.at(-1))
  }
  return { ready: done.every((one) => one.ok || !NEEDED.includes(one.key)), steps: done }
}

async function downloaded() {
  await pull().catch(() => {
    throw new Error(vi`Chưa tải được. Hãy bật mạng, đăng nhập rồi thử lại.`)
  })
  const all = (await packs()).filter((one) => !one.removed && one.state === "draft")
  for (const one of all) {
    if (one.form && !(await checklist(one.form))) throw Object.assign(new Error(one.uid), { told: vi`Thiếu phiếu kiểm tra của ${theirs(one.unit.name)}.` })
  }
  if (!all.length) throw new Error(vi`Chưa có lượt kiểm tra nào của bạn.`)
  return vi`${all.length} lượt kiểm tra đã có trên máy.`
}

async function shellKept() {
  const ready = await within(navigator.serviceWorker?.ready, vi`Trình duyệt này không giữ được trang.`)
  const kept = await Promise.all((await caches.keys()).map(async (key) => (await caches.open(key)).match("/field/")))
  if (!ready.active || !kept.some(Boolean)) throw new Error(vi`Hãy tải lại trang này khi có mạng.`)
  const english = language() !== "en" || (await within(keepEnglish(), vi`Hãy tải lại trang này khi có mạng.`))
  if (!english) throw new Error(vi`Hãy tải lại trang này khi có mạng.`)
  return vi`Đã giữ trên máy.`
}

async function persisted() {
  const kept = await navigator.storage?.persist?.()
  if (!kept) throw new Error(vi`Trình duyệt chưa hứa giữ. Hãy thêm trang vào màn hình chính; gửi sớm khi có mạng.`)
  return vi`Trình duyệt hứa giữ.`
}

async function camera() {
  const wanted = navigator.mediaDevices?.getUserMedia({ video: { facingMode: "environment" } })
  const stream = await within(wanted, vi`Chưa dùng được máy ảnh trong trang; vẫn chụp bằng nút chụp của máy.`)
  for (const track of stream.getTracks()) track.stop()
  return vi`Dùng được.`
}

async function place() {
  const found = new Promise((resolve, reject) => {
    navigator.geolocation.getCurrentPosition(resolve, reject, { enableHighAccuracy: true, timeout: PATIENCE - 1000 })
  })
  const { coords } = await within(found, vi`Chưa định vị được; vẫn kiểm tra bình thường, ghi «không bắt được».`)
  return vi`Chính xác đến ${Math.round(coords.accuracy)} m.`
}

async function clock() {
  const offset = await meta("offset")
  if (offset === undefined) throw new Error(vi`Chưa so được với máy chủ.`)
  if (Math.abs(offset) > FIVE_MINUTES) throw new Error(vi`Lệch ${Math.round(Math.abs(offset) / 60_000)} phút so với máy chủ. Hãy chỉnh giờ.`)
  return vi`Đúng giờ.`
}

async function ballast() {
  if (!(await reserve())) throw new Error(vi`Máy gần đầy. Hãy xóa bớt ảnh, video khác trên máy.`)
  return vi`Đã giữ chỗ.`
}

/** The promise, or the sentence when there is none, when it fails, or when it takes too long. */
async function within(promise, sentence) {
  const late = new Promise((_, reject) => setTimeout(reject, PATIENCE))
  return Promise.race([promise ?? Promise.reject(), late]).catch(() => {
    throw new Error(sentence)
  })
}
