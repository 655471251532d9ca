/* What a receipt proves, offline: C2SP tlog-proof, tlog-checkpoint and signed-note, RFC 6962. */

import { b64, bytesOf, canonical, concat, hex, must, sha256, textOf, unb64 } from "./bytes.js";
import { usable, verifies } from "./ed25519.js";

async function logKey(vkey) {
  const [, name, hash, encoded] = /^([^+\p{White_Space}\0-\x1f]+)\+([0-9a-f]{8})\+(.+)$/u.exec(vkey) ?? [];
  must(name, `${vkey} is no verification key`);
  const key = unb64(encoded, 33), id = (await sha256(concat(bytesOf(`${name}\n`), key))).slice(0, 4);
  must(key[0] === 1 && hash === hex(id) && usable(key.slice(1)), "a wrong log key");
  return { name, id, key: key.slice(1) };
}

/** Origin, size and root of a checkpoint that the log signed. */
export async function checkpointOf(note, vkey) {
  const { name, id, key } = await logKey(vkey);
  const [text, lines] = [/^[^]*\n(?=\n)/.exec(note)?.[0], /\n\n((?:— [^ \n]+ [^ \n]+\n)+)$/.exec(note)?.[1]];
  const [origin, size, root, end, ...rest] = (text ?? "").split("\n");
  must(lines && end === "" && !rest.length && /^[1-9][0-9]{0,15}$/.test(size), "this is no signed checkpoint");
  const signed = lines.split("\n").filter((line) => line.startsWith(`— ${name} `))
    .map((line) => unb64(line.split(" ")[2])).filter((blob) => hex(blob.slice(0, 4)) === hex(id));
  const good = await Promise.all(signed.map((blob) => verifies(key, blob.slice(4), bytesOf(text))));
  must(origin === name && good.length && good.every(Boolean),
    `the log's key did not sign this checkpoint of ${origin}`);
  return { origin, size: Number(size), root: unb64(root, 32) };
}

async function rootOf(leaf, index, size, path) {  // RFC 9162 §2.1.3.2
  let [hash, fn, sn] = [leaf, index, size - 1];
  for (const sibling of path) {
    must(sn > 0, "the inclusion proof is too long");
    const right = fn % 2 === 1 || fn === sn;
    hash = await sha256(right ? concat([1], sibling, hash) : concat([1], hash, sibling));
    while (right && fn % 2 === 0 && fn > 0) [fn, sn] = [fn / 2, Math.floor(sn / 2)];
    [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  }
  must(sn === 0, "the inclusion proof is too short");
  return hash;
}

/** Throws if it proves nothing. With `envelope`: that exactly this statement was recorded. */
export async function verifyReceipt(proof, vkey, envelope) {
  const end = proof.indexOf("\n\n"), [header, extra, index, ...path] = proof.slice(0, end).split("\n");
  must(end > 0 && header === "c2sp.org/tlog-proof@v1" && extra?.startsWith("extra ") && path.length < 64 &&
    /^index (0|[1-9][0-9]{0,15})$/.test(index), "this is no receipt with its entry");
  const bytes = unb64(extra.slice(6)), leaf = await sha256(concat([0], bytes)), seq = Number(index.slice(6));
  const { origin, size, root } = await checkpointOf(proof.slice(end + 2), vkey);
  must(seq < size, "the receipt names an entry beyond its checkpoint");
  const found = await rootOf(leaf, seq, size, path.map((line) => unb64(line, 32)));
  must(b64(found) === b64(root), "the entry is not in the log that was signed");
  const text = textOf(bytes), entry = JSON.parse(text);
  must(canonical(entry) === text && entry.seq === seq && entry.log === origin, "the entry belongs to another place");
  must(!envelope || canonical(entry.env) === canonical(envelope), "the receipt is one of another statement");
  return { seq, at: entry.at, leaf: b64(leaf), prev: entry.prev, log: origin, size, entry, proof };
}
