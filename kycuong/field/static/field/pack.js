// One door to the packs on this phone, and to the steps that make it ready.

export { checklist, onPulled, pack, packs, pull, pullAnew, shut } from "./packs.js";
export { prepare } from "./prepare.js";
