// English for the phone: every sentence by its Vietnamese (speaking.js). Loaded, and kept for when there is no network, only where
// somebody chose English. «{0}» is the first hole, «{0|photo|photos}» the word that goes with its number.

import { KEEPING } from "./english/keeping.js";
import { PHONE } from "./english/phone.js";
import { SIGNING } from "./english/signing.js";
import { VISIT } from "./english/visit.js";

export const ENGLISH = { ...KEEPING, ...PHONE, ...SIGNING, ...VISIT }
