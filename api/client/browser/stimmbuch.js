/* A member's key, vote and receipt in the browser: WebCrypto, no dependency, no build. Copy this folder into the
   portal: code that came from the service could lie for it. Everywhere `ledger` is
     { url: "https://…/v1/ledgers/NAME", vkey: "NAME+hash+key", token?: async () => "…", patience?: seconds }
   with the log's key as it was told when the ledger was founded, never as the service tells it. */

import { b64, bytesOf, canonical, concat, hex, must, sha256, textOf, unb64 } from "./bytes.js";
import { verifyReceipt } from "./receipt.js";
import { seenIn } from "./seen.js";

export { canonical, verifyReceipt };
export { verifies } from "./ed25519.js";
export { ballotOf, textsOf } from "./paper.js";

// the key: made here, kept here, never taken out
const keys = (mode, work) => new Promise((resolve, reject) => {
  const opening = indexedDB.open("stimmbuch", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("keys");
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const transaction = opening.result.transaction("keys", mode);
    const request = work(transaction.objectStore("keys"));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(transaction.error ?? request.error);
  };
});

async function described(pair) {
  const raw = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  return { pair, id: hex((await sha256(raw)).slice(0, 16)), public: b64(raw) };
}

/** A new key under `name`. A key that is there is never overwritten. */
export async function makeKey(name) {
  const pair = await crypto.subtle.generateKey("Ed25519", false, ["sign", "verify"]);
  await keys("readwrite", (store) => store.add(pair, name));
  await navigator.storage?.persist?.();  // asks the browser not to clear it away
  return described(pair);
}

/** The key under `name`, null if there is none. */
export async function loadKey(name) {
  const pair = await keys("readonly", (store) => store.get(name));
  return pair === undefined ? null : described(pair);
}

// signing (DSSE) and sending
export const payloadType = (kind) => `application/vnd.stimmbuch.${kind}.v1+json`;
export const pae = (type, payload) =>
  concat(bytesOf(`DSSEv1 ${bytesOf(type).length} ${type} ${payload.length} `), payload);

/** The envelope with the signature of `key` added; without any, it is one of `payload` (bytes). */
export async function sign(key, kind, payload, signatures = []) {
  const sig = await crypto.subtle.sign("Ed25519", key.pair.privateKey, pae(payloadType(kind), payload));
  const signature = { keyid: key.id, sig: b64(new Uint8Array(sig)) };
  return { payload: b64(payload), payloadType: payloadType(kind), signatures: [...signatures, signature] };
}

/** Proof of possession: the envelope of a registration of exactly this key for `subject`, signed by it as well. */
export async function countersign(key, envelope, subject) {
  const kind = ["key-registered", "key-rotated"].find((one) => payloadType(one) === envelope?.payloadType);
  const otherwise = `this does not register the key of this browser for ${subject}`;
  must(kind, otherwise);
  const payload = unb64(envelope.payload), said = JSON.parse(textOf(payload));
  must(said.key === key.public && said.subject === subject, otherwise);
  return sign(key, kind, payload, envelope.signatures);
}

/** A refusal of the service. Every other error says what does not hold, or that nothing was answered. */
export class Problem extends Error {
  constructor({ status, headers }, problem) {
    super(problem.detail ?? problem.title ?? `the service answers ${status}`);
    Object.assign(this, { status, problem, code: problem.code, retryAfter: headers.get("Retry-After") });
  }
}

const json = (answer) => answer.json().catch(() => ({}));

async function askOnce({ url, token }, method, path, body, read) {
  const headers = body === undefined ? {} : { "Content-Type": "application/json" };
  if (token) headers.Authorization = `Bearer ${await token()}`;
  const safe = { redirect: "error", credentials: "omit", cache: "no-cache", signal: AbortSignal.timeout(30_000) };
  const answer = await fetch(url + path, { method, headers, body: JSON.stringify(body), ...safe });
  if (!answer.ok) throw new Problem(answer, await json(answer));
  return read(answer);
}

/** The JSON of an answer. What was lost may have arrived, and is sent again: every call may be repeated. */
export async function ask(ledger, method, path, body, read = json) {
  const until = Date.now() + 1000 * (ledger.patience ?? 30);
  for (let pause = 200; ; pause = Math.min(2 * pause, 10_000)) {
    try { return await askOnce(ledger, method, path, body, read); } catch (error) {
      const final = error instanceof Problem && ![408, 425, 429, 502, 503, 504].includes(error.status);
      const wait = 1000 * error.retryAfter || pause * (0.5 + Math.random() / 2);
      if (final || Date.now() + wait > until) throw error;
      await new Promise((resume) => setTimeout(resume, wait));
    }
  }
}

/** The bytes of a file of the published log. */
const logFile = (ledger) => (name) =>
  ask(ledger, "GET", `/log/${name}`, undefined, async (answer) => new Uint8Array(await answer.arrayBuffer()));

/** The bytes to sign: what is meant, and of the service's word only the members in `left`. */
export async function prepare(ledger, kind, fields, left = []) {
  const nonce = b64(crypto.getRandomValues(new Uint8Array(16))), log = ledger.vkey.split("+")[0];
  const seen = fields.seen === undefined ? await seenIn(ledger, logFile(ledger)) : fields.seen;
  const meant = { v: 1, log, nonce, issued_at: new Date().toISOString(), ...fields, seen };
  const told = await ask(ledger, "POST", "/statements/prepare", { kind, fields: meant });
  const said = JSON.parse(textOf(unb64(told.payload)));
  return bytesOf(canonical({ ...meant, ...Object.fromEntries(left.map((name) => [name, said[name]])) }));
}

/** Records a signed statement. Returns its verified receipt; keep `proof`, it verifies offline for ever. */
export async function submit(ledger, envelope) {
  const { proof } = await ask(ledger, "POST", "/statements", envelope);
  return verifyReceipt(proof, ledger.vkey, envelope);
}

/** A member's vote: `choices` maps items to options, `ballot` is `ballotOf` what the member has read. */
export async function vote(ledger, key, { member, procedure, choices, ballot }) {
  const fields = { actor: member, member, procedure, choices, ballot };
  return submit(ledger, await sign(key, "vote-cast", await prepare(ledger, "vote-cast", fields, ["replaces"])));
}
