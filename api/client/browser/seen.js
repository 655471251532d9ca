/* What the member was shown of the log: verified, and continued by everything that is shown later (RFC 6962 §2.1.2). */

import { b64, concat, must, sha256, textOf, unb64 } from "./bytes.js";
import { checkpointOf } from "./receipt.js";

const below = (size) => 2 ** Math.floor(Math.log2(size - 1));  // the largest power of two below a size
const parent = (left, right) => sha256(concat([1], left, right));

/** `(start, end) => hash` over the leaves of a tree of `size`, out of its tiles (C2SP tlog-tiles). */
function hashesOf(size, file) {
  const tiles = new Map();
  async function tile(level, index) {
    const width = Math.min(256, Math.floor(size / 256 ** level) - 256 * index);
    const digits = String(index).padStart(3 * Math.ceil(String(index).length / 3), "0").match(/.{3}/g);
    const path = `tile/${level}/${digits.slice(0, -1).map((one) => `x${one}/`).join("")}${digits.at(-1)}`;
    const bytes = await (width < 256 ? file(`${path}.p/${width}`).catch(() => file(path)) : file(path));
    must(bytes.length >= 32 * width, `${path} is too short`);
    return bytes;
  }
  return async function hash(start, end) {
    const size = end - start, level = Math.floor(Math.log2(size) / 8), width = 256 ** level;
    if (size !== width) {  // no hash of a tile stands for it alone
      const middle = start + below(size);
      return parent(await hash(start, middle), await hash(middle, end));
    }
    const place = start / width, key = `${level}/${Math.floor(place / 256)}`;
    if (!tiles.has(key)) tiles.set(key, tile(level, Math.floor(place / 256)));
    const at = 32 * (place % 256);
    return (await tiles.get(key)).slice(at, at + 32);
  };
}

/** The roots of the first `old` leaves and of all [start, end): every hash is used for both, so neither can be false alone. */
async function both(old, start, end, hash) {
  if (old === end) return Array(2).fill(await hash(start, end));
  const middle = start + below(end - start);
  if (old <= middle) {
    const [before, left] = await both(old, start, middle, hash);
    return [before, await parent(left, await hash(middle, end))];
  }
  const left = await hash(start, middle), [before, right] = await both(old, middle, end, hash);
  return [await parent(left, before), await parent(left, right)];
}

/** Throws unless the larger of two trees begins with the smaller one. `file` reads a file of the log. */
export async function mustContinue(one, other, file) {
  if (one.size === other.size && one.root === other.root) return;
  const [old, now] = [one, other].sort((a, b) => a.size - b.size);
  const roots = await both(old.size, 0, now.size, hashesOf(now.size, file)).catch((error) => {
    if (error.status !== 404) throw error;
    return [[], []];  // a proof that is kept back is none
  });
  must(b64(roots[0]) === old.root && b64(roots[1]) === now.root, `the log shows two histories: keep ${
    JSON.stringify([one, other])} and show them to an auditor; nothing was signed`);
}

/**
 * What a statement names as `seen`: the newest checkpoint, which continues the one that was seen here before.
 * One after the other, in all windows: else two of them could be shown two histories at once, and one be forgotten.
 */
export const seenIn = ({ vkey }, file) => navigator.locks.request(`seen ${vkey}`, () => look(vkey, file));

async function look(vkey, file) {
  const kept = JSON.parse(localStorage.getItem(`seen ${vkey}`));
  const note = await file("checkpoint").then(textOf, (error) => {
    if (error.status !== 404 || kept !== null) throw error;
    return null;  // nothing is published yet
  });
  if (note === null) return null;
  const { size, root } = await checkpointOf(note, vkey), found = { size, root: b64(root), note };
  if (kept !== null) await mustContinue(kept, found, file);
  const newest = kept !== null && kept.size > size ? kept : found;
  localStorage.setItem(`seen ${vkey}`, JSON.stringify(newest));
  return { size: newest.size, root: newest.root };
}
