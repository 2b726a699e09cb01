// What somebody has begun to write under minutes, kept on this phone through a reload or a dead battery. Nothing of it counts
// before the end. `words.sha256` is the digest of what was read; hands that signed it never stand under another content, and
// nobody signs what was not read.

import { phone } from "./phone.js";
import { kept } from "./status.js";
import { hour } from "./words.js";
import { vi } from "../speaking.js";

export const changedWord = () => vi`Nội dung đã đổi sau khi ký; hãy ký lại`
export const readAgain = () => vi`Nội dung đã đổi sau khi đọc lại; hãy đọc lại rồi ký`
const SIDES = ["team", "unit"]

export class SigningDraft {
  /** @param {(words: object) => Promise<string>} seal the digest of what stands now and would be signed */
  constructor(key, words, seal) {
    Object.assign(this, { key, words, seal })
  }

  get signed() { return SIDES.some((side) => this.words.strokes[side].length) }

  /** Whether what is there now is what was read. When it has changed, hands are taken away, it is told, and it is read again. */
  async holds() {
    const { sha256 } = this.words
    if (!sha256) return false // nobody has read it yet
    if (sha256 === await this.seal(this.words)) return true
    for (const side of SIDES) this.words.strokes[side] = []
    Object.assign(this.words, { sha256: "", changed: true })
    await this.keep()
    return false
  }

  /** The content with this digest has been read to both sides, just as it stood on the screen. */
  async read(sha256) {
    if (sha256 !== this.words.sha256) for (const side of SIDES) this.words.strokes[side] = []
    Object.assign(this.words, { sha256, read_at: Date.now(), changed: false, lost: false })
    await this.keep()
  }

  /** A hand has signed what was shown. False, and not kept, when it is no longer the same. */
  async sign(side, strokes) {
    const was = this.words.strokes[side]
    this.words.strokes[side] = strokes
    if (!(await this.holds())) return false
    this.words.changed = false
    try {
      await this.keep()
    } catch (fault) {
      this.words.strokes[side] = was // what is shown as signed lies on the disk
      throw fault
    }
    return true
  }

  async put(name, text) {
    this.words[name] = text
    await this.keep()
  }

  /** A part of what will be signed is written here itself: until a hand stands under it, it may change. */
  async write(name, text) {
    this.words[name] = text
    if (!this.signed) this.words.sha256 = await this.seal(this.words)
    await this.keep()
  }

  async keep() {
    await phone.keepDraft(this.key, this.words)
    kept(Date.now())
  }

  get drops() { return phone.draftName(this.key) }
}

/**
 * The draft as it was left, or a fresh one.
 * @param {{here?: boolean}} options here: what will be signed is written on the same screen, so that it is read there
 */
export async function draftOf(key, visit, seal, { here = false } = {}) {
  const draft = new SigningDraft(key, { ...fresh(visit), ...(await phone.draft(key)) }, seal)
  if (!draft.signed) {
    if (!draft.words.timed) draft.words.ended_at = hour() // the end is when hands sign, not when somebody first looked
    if (here) draft.words.sha256 = await seal(draft.words)
  }
  return draft
}

function fresh(visit) {
  const head = (visit.pack.team ?? []).find((seat) => seat.role === "team_head")
  return { strokes: { team: [], unit: [] }, team_signatory: visit.pack.me?.position || visit.pack.me?.role_name || head?.role_name || "",
    unit_signature: "signed", unit_signatory: "", refusal_reason: "", witness: "", secretary: "",
    begun_at: visit.state.start ? hour(visit.state.start.at) : "", ended_at: hour(), changed: false, lost: false, sha256: "", read_at: 0 }
}
