// A pad to sign on: strokes of a finger, a pen or a mouse, kept as points, shown as a drawing.

const SVG = "http://www.w3.org/2000/svg"
export const [WIDTH, HEIGHT] = [600, 240]

/**
 * Make a place that can be signed on.
 * @param {HTMLElement} place gets an svg of 600 × 240 units, whatever its size on the screen
 * @returns {{strokes: () => {x: number, y: number, t: number, p: number}[][], empty: () => boolean, clear: () => void,
 *   undo: () => void, onChange: (tell: () => void) => void, stop: () => void}} x, y in units, t in milliseconds since the
 *   first touch, p pressure 0–255; whole numbers only
 */
export function pad(place) {
  const svg = frame()
  const strokes = []
  let began = 0
  let current = null
  let changed = () => null
  const add = (event) => {
    for (const one of coalesced(event)) current.push(point(svg, one, began))
    redraw(svg.lastChild, current)
  }
  const on = {
    pointerdown(event) {
      if (current || event.button > 0) return
      event.preventDefault()
      svg.setPointerCapture(event.pointerId)
      if (!strokes.length) began = event.timeStamp
      current = []
      strokes.push(current)
      svg.append(path([]))
      add(event)
    },
    pointermove: (event) => current && add(event),
    pointerup: () => ended(),
    pointercancel: () => ended(),
  }
  const ended = () => {
    if (current) changed()
    current = null
  }
  const take = (count) => {
    current = null
    for (; count > 0 && strokes.length; count--) {
      strokes.pop()
      svg.lastChild.remove()
    }
    changed()
  }
  for (const [name, act] of Object.entries(on)) svg.addEventListener(name, act)
  place.replaceChildren(svg)
  return {
    strokes: () => strokes, empty: () => strokes.length === 0, clear: () => take(Infinity), undo: () => take(1),
    onChange: (tell) => (changed = tell), stop: () => svg.remove(),
  }
}

/** Strokes as a picture. @returns {SVGSVGElement} */
export function drawn(strokes) {
  const svg = frame()
  svg.append(...strokes.map(path))
  return svg
}

function frame() {
  const svg = document.createElementNS(SVG, "svg")
  svg.setAttribute("viewBox", `0 0 ${WIDTH} ${HEIGHT}`)
  svg.classList.add("pad")
  svg.style.touchAction = "none" // the finger draws; it does not scroll
  return svg
}

function path(stroke) {
  const line = document.createElementNS(SVG, "path")
  const look = { fill: "none", stroke: "currentColor", "stroke-width": 3, "stroke-linecap": "round", "stroke-linejoin": "round" }
  for (const [name, value] of Object.entries(look)) line.setAttribute(name, value)
  redraw(line, stroke)
  return line
}

/** A single point is drawn as a dot: a line of no length with a round end. */
function redraw(line, stroke) {
  if (stroke.length) line.setAttribute("d", `M${stroke.map(({ x, y }) => `${x} ${y}`).join("L")}${stroke.length > 1 ? "" : "h0"}`)
}

function coalesced(event) {
  const all = event.getCoalescedEvents?.() ?? []
  return all.length ? all : [event]
}

function point(svg, event, began) {
  const box = svg.getBoundingClientRect()
  const scale = Math.min(box.width / WIDTH, box.height / HEIGHT) || 1
  const [left, top] = [(box.width - WIDTH * scale) / 2, (box.height - HEIGHT * scale) / 2]
  return {
    x: Math.round((event.clientX - box.left - left) / scale), y: Math.round((event.clientY - box.top - top) / scale),
    t: Math.max(0, Math.round(event.timeStamp - began)), p: Math.round((event.pressure ?? 0) * 255),
  }
}
