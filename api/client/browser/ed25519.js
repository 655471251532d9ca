/* Whether a signature verifies, and whether a key is usable, decided as ledger and auditors decide: browsers differ
   on odd ones (C2SP CCTV). */

import { hex } from "./bytes.js";

const P = 2n ** 255n - 19n, L = 2n ** 252n + 27742317777372353535851937790883648493n;
const EIGHTH = 0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n;
const LOW_ORDER = [0n, 1n, P - 1n, EIGHTH, P - EIGHTH];  // the y of such points

const yOf = (point) => BigInt(`0x${hex([...point].reverse())}`) & 2n ** 255n - 1n;
const odd = (point) => yOf(point) >= P || LOW_ORDER.includes(yOf(point));

/** Whether an Ed25519 signature verifies; with a key or an R of low order, or written as y ≥ p, none does. */
export async function verifies(key, signature, message) {
  if (key.length !== 32 || signature.length !== 64 || odd(key) || odd(signature.slice(0, 32))) return false;
  const verifier = await crypto.subtle.importKey("raw", key, "Ed25519", false, ["verify"]);
  return crypto.subtle.verify("Ed25519", verifier, signature, message);
}

function power(base, exponent) {
  let found = 1n;
  for (; exponent > 0n; exponent >>= 1n, base = base * base % P) if (exponent & 1n) found = found * base % P;
  return found;
}

/** Whether a key is as honest ones are: a point of the curve, of prime order, written in the one way. */
export function usable(key) {
  if (key.length !== 32 || odd(key)) return false;
  const y = yOf(key), u = (1n + y) * power(P + 1n - y, P - 2n) % P;  // on Curve25519 (RFC 7748 §4.1)
  let [a, b, c, d] = [1n, 0n, u, 1n];  // n and n + 1 times the point, as fractions: the ladder of RFC 7748 §5
  for (const bit of L.toString(2)) {
    if (bit === "1") [a, b, c, d] = [c, d, a, b];
    const sum = (a + b) ** 2n % P, difference = (a - b) ** 2n % P, cross = [(a + b) * (c - d), (a - b) * (c + d)];
    [c, d] = [(cross[0] + cross[1]) ** 2n % P, u * (cross[0] - cross[1]) ** 2n % P];
    [a, b] = [sum * difference % P, (sum - difference) * (sum + 121665n * (sum - difference)) % P];
    if (bit === "1") [a, b, c, d] = [c, d, a, b];
  }
  return b === 0n;  // L times it is nothing: true of no point of the twist either, where a y without a point leads
}
