// A QR code (ISO/IEC 18004) of a short text: bytes, level M, versions 1 to 6, which hold up to 106 bytes.

const SVG = "http://www.w3.org/2000/svg"
const DATA = [0, 16, 28, 44, 64, 86, 108] // codewords for data, by version
const CHECK = [0, 10, 16, 26, 18, 24, 16] // codewords of correction in each block
const BLOCKS = [0, 1, 1, 1, 2, 2, 4]
const MASKS = [
  (x, y) => (x + y) % 2, (x, y) => y % 2, (x) => x % 3, (x, y) => (x + y) % 3,
  (x, y) => ((x / 3) | 0) + ((y / 2) | 0) & 1, (x, y) => ((x * y) % 2) + ((x * y) % 3),
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2, (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2,
]

/**
 * @param {string} text at most 106 bytes in UTF-8; RangeError otherwise
 * @returns {boolean[][]} rows of dark (true) and light squares, without the quiet border
 */
export function matrix(text) {
  const bytes = new TextEncoder().encode(text)
  const version = DATA.findIndex((room) => room >= bytes.length + 2)
  if (version < 1) throw new RangeError(`${bytes.length} bytes are too many for this code`)
  const bits = codewords(bytes, version).flatMap((word) => [7, 6, 5, 4, 3, 2, 1, 0].map((at) => (word >> at) & 1))
  const made = MASKS.map((_, mask) => masked(version, bits, mask))
  return made.reduce((best, one) => (penalty(one) < penalty(best) ? one : best)).map((row) => row.map(Boolean))
}

/** The code as a drawing with its border of four squares. @returns {SVGSVGElement} */
export function svg(text) {
  const rows = matrix(text)
  const size = rows.length + 8
  const made = document.createElementNS(SVG, "svg")
  made.setAttribute("viewBox", `0 0 ${size} ${size}`)
  made.setAttribute("shape-rendering", "crispEdges")
  const dark = rows.flatMap((row, y) => row.map((on, x) => (on ? `M${x + 4} ${y + 4}h1v1h-1z` : ""))).join("")
  for (const [d, fill] of [[`M0 0h${size}v${size}H0z`, "#fff"], [dark, "#000"]]) {
    const path = document.createElementNS(SVG, "path")
    path.setAttribute("d", d)
    path.setAttribute("fill", fill)
    made.append(path)
  }
  return made
}

/** Mode, length, bytes, padding; cut into blocks, each with its correction; woven. */
function codewords(bytes, version) {
  const nibbles = [4, bytes.length >> 4, bytes.length & 15, ...[...bytes].flatMap((byte) => [byte >> 4, byte & 15]), 0]
  const data = []
  for (let at = 0; at + 1 < nibbles.length; at += 2) data.push((nibbles[at] << 4) | nibbles[at + 1])
  for (let pad = 0; data.length < DATA[version]; pad++) data.push(pad % 2 ? 0x11 : 0xec)
  const each = DATA[version] / BLOCKS[version]
  const blocks = Array.from({ length: BLOCKS[version] }, (_, n) => data.slice(n * each, (n + 1) * each))
  const checks = blocks.map((block) => correction(block, CHECK[version]))
  const woven = (lists) => lists[0].flatMap((_, at) => lists.map((list) => list[at]))
  return [...woven(blocks), ...woven(checks)]
}

/** Reed–Solomon over GF(256) with the polynomial 0x11d. */
function correction(block, length) {
  const generator = [1]
  for (let i = 0, root = 1; i < length; i++, root = times(root, 2)) {
    generator.push(0)
    for (let j = generator.length - 1; j > 0; j--) generator[j] ^= times(generator[j - 1], root)
  }
  const rest = new Array(length).fill(0)
  for (const word of block) {
    const factor = word ^ rest.shift()
    rest.push(0)
    for (let i = 0; i < length; i++) rest[i] ^= times(generator[i + 1], factor)
  }
  return rest
}

function times(a, b) {
  let product = 0
  for (let i = 7; i >= 0; i--) {
    product = (product << 1) ^ ((product >> 7) * 0x11d)
    product ^= ((b >> i) & 1) * a
  }
  return product
}

function masked(version, bits, mask) {
  const { rows, fixed } = furniture(version, mask)
  const size = rows.length
  let at = 0
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right = 5
    const up = ((right + 1) & 2) === 0
    for (let step = 0; step < size; step++) {
      for (const x of [right, right - 1]) {
        const y = up ? size - 1 - step : step
        if (!fixed[y][x]) rows[y][x] = (bits[at++] ?? 0) ^ (MASKS[mask](x, y) === 0)
      }
    }
  }
  return rows
}

/** Everything that is not data: finders, timing, alignment, the word on level and mask. */
function furniture(version, mask) {
  const size = 17 + 4 * version
  const rows = Array.from({ length: size }, () => new Array(size).fill(0))
  const fixed = rows.map((row) => row.map(() => false))
  const put = (x, y, on) => {
    if (x < 0 || y < 0 || x >= size || y >= size) return
    rows[y][x] = Number(on)
    fixed[y][x] = true
  }
  const square = (cx, cy, radius, light) => {
    for (let y = -radius; y <= radius; y++) {
      for (let x = -radius; x <= radius; x++) put(cx + x, cy + y, !light.includes(Math.max(Math.abs(x), Math.abs(y))))
    }
  }
  for (let i = 0; i < size; i++) for (const [x, y] of [[6, i], [i, 6]]) put(x, y, i % 2 === 0)
  for (const [x, y] of [[3, 3], [size - 4, 3], [3, size - 4]]) square(x, y, 4, [2, 4])
  if (version > 1) square(size - 7, size - 7, 2, [1])
  const word = formatWord(mask)
  for (let i = 0; i < 15; i++) {
    const on = (word >> i) & 1
    put(8, i < 6 ? i : i < 8 ? i + 1 : size - 15 + i, on)
    put(i < 8 ? size - 1 - i : i === 8 ? 7 : 14 - i, 8, on)
  }
  put(8, size - 8, true)
  return { rows, fixed }
}

/** Level M is 00; three bits of mask; ten of BCH; the published mask over all. */
function formatWord(mask) {
  let rest = mask
  for (let i = 0; i < 10; i++) rest = (rest << 1) ^ ((rest >> 9) * 0x537)
  return ((mask << 10) | rest) ^ 0x5412
}

/** How hard a code is to read: long runs, blocks, what looks like a finder, too dark or too light. */
function penalty(rows) {
  const columns = rows.map((_, x) => rows.map((row) => row[x]))
  const dark = rows.flat().filter(Boolean).length / rows.length ** 2
  let sum = Math.floor(Math.abs(dark * 100 - 50) / 5) * 10
  for (const line of [...rows, ...columns].map((one) => one.join(""))) {
    for (const run of line.match(/0{5,}|1{5,}/g) ?? []) sum += run.length - 2
    sum += 40 * [...line.matchAll(/(?=10111010000|00001011101)/g)].length
  }
  for (let y = 1; y < rows.length; y++) {
    for (let x = 1; x < rows.length; x++) {
      if (new Set([rows[y][x], rows[y - 1][x], rows[y][x - 1], rows[y - 1][x - 1]]).size === 1) sum += 3
    }
  }
  return sum
}
