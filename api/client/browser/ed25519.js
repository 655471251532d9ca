/* Whether a signature verifies, decided as ledger and auditors decide: browsers differ on odd ones (C2SP CCTV). */

import { hex } from "./bytes.js";

// The y of the points of low order, canonical or not.
const LOW_ORDER = [
  "0".repeat(64), "01" + "0".repeat(62), ...["ec", "ed", "ee"].map((low) => low + "f".repeat(60) + "7f"),
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
];
const low = (point) => LOW_ORDER.includes(hex([...point.slice(0, 31), point[31] & 127]));

/** Whether an Ed25519 signature verifies; under a key of low order, or with such an R, none does. */
export async function verifies(key, signature, message) {
  if (signature.length !== 64 || low(key) || low(signature.slice(0, 32))) return false;
  const verifier = await crypto.subtle.importKey("raw", key, "Ed25519", false, ["verify"]);
  return crypto.subtle.verify("Ed25519", verifier, signature, message);
}
