// The phone begins here.

import { register } from "./worker.js";

await register(() => null)
