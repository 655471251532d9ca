/* A member's key, vote and receipt in the browser: WebCrypto, no dependency, no build. Copy this file into the
   portal: code that came from the service could lie for it. `ledger` is everywhere
     { url: "https://…/v1/ledgers/NAME", vkey: "NAME+hash+key", token?: async () => "…", patience?: seconds }
   with the log's key as it was told when the ledger was founded, never as the service tells it.
   Errors: `Problem` is the service's refusal (`code`, `status`, `problem`); every other one says what does not hold. */

const utf8 = new TextEncoder();
const bytesOf = (text) => utf8.encode(text);
const concat = (...parts) => new Uint8Array(parts.flatMap((part) => [...part]));
const sha256 = async (data) => new Uint8Array(await crypto.subtle.digest("SHA-256", data));
const b64 = (data) => btoa(Array.from(data, (byte) => String.fromCharCode(byte)).join(""));
const must = (holds, what) => { if (!holds) throw new Error(what); };

function unb64(text, size) {
  const data = Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
  must(b64(data) === text && (size === undefined || data.length === size), `this is not base64: ${text}`);
  return data;
}

// ── the bytes: JCS (RFC 8785) and DSSE ───────────────────────────────────────────────────────────
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value !== null && typeof value === "object")  // sorted by UTF-16 code units, as sort() does
    return `{${Object.keys(value).sort().map((name) => `${canonical(name)}:${canonical(value[name])}`).join(",")}}`;
  const plain = value === null || typeof value === "boolean" || Number.isSafeInteger(value) && !Object.is(value, -0);
  must(plain || typeof value === "string" && value.isWellFormed(), `${String(value)} has no canonical form`);
  return JSON.stringify(value);
}

export const payloadType = (kind) => `application/vnd.stimmbuch.${kind}.v1+json`;
export const pae = (type, payload) =>
  concat(bytesOf(`DSSEv1 ${bytesOf(type).length} ${type} ${payload.length} `), payload);

// ── the key: made here, kept here, never taken out ───────────────────────────────────────────────
function keys(mode, work) {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open("stimmbuch", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("keys");
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const transaction = opening.result.transaction("keys", mode);
      const request = work(transaction.objectStore("keys"));
      transaction.oncomplete = () => { opening.result.close(); resolve(request.result); };
      transaction.onabort = () => { opening.result.close(); reject(transaction.error ?? request.error); };
    };
  });
}

async function described(pair) {
  const raw = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  const id = Array.from((await sha256(raw)).slice(0, 16), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return { pair, id, public: b64(raw) };
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

const signature = async (key, type, payload) => ({
  keyid: key.id, sig: b64(new Uint8Array(await crypto.subtle.sign("Ed25519", key.pair.privateKey, pae(type, payload)))),
});

export const sign = async (key, kind, payload) => ({
  payload: b64(payload), payloadType: payloadType(kind), signatures: [await signature(key, payloadType(kind), payload)],
});

/** Proof of possession: the envelope of a registration of exactly this key for `subject`, signed by it as well. */
export async function countersign(key, envelope, subject) {
  const payload = unb64(envelope.payload), said = JSON.parse(new TextDecoder().decode(payload));
  const kinds = ["key-registered", "key-rotated"].map(payloadType);
  must(kinds.includes(envelope.payloadType) && said.key === key.public && said.subject === subject,
    `this does not register the key of this browser for ${subject}`);
  return { ...envelope, signatures: [...envelope.signatures, await signature(key, envelope.payloadType, payload)] };
}

// ── asking: every call may be repeated ───────────────────────────────────────────────────────────
export class Problem extends Error {
  constructor(status, problem) {
    super(problem.detail ?? problem.title ?? `the service answers ${status}`);
    Object.assign(this, { status, problem, code: problem.code });
  }
}

export async function ask(ledger, method, path, body) {
  const until = Date.now() + 1000 * (ledger.patience ?? 30);
  for (let pause = 200; ; pause = Math.min(2 * pause, 10_000)) {
    let failure, wait = pause * (0.5 + Math.random() / 2);
    try {
      const headers = body === undefined ? {} : { "Content-Type": "application/json" };
      if (ledger.token) headers.Authorization = `Bearer ${await ledger.token()}`;
      const init = { method, headers, body: JSON.stringify(body), redirect: "error", credentials: "omit" };
      const answer = await fetch(ledger.url + path, { ...init, cache: "no-cache", signal: AbortSignal.timeout(30_000) });
      const told = await answer.json().catch(() => ({}));
      if (answer.ok) return told;
      failure = new Problem(answer.status, told);
      if (![408, 425, 429, 502, 503, 504].includes(answer.status)) throw failure;
      wait = 1000 * answer.headers.get("Retry-After") || wait;
    } catch (error) {
      if (error instanceof Problem) throw error;
      failure = error;  // lost on the way: it may have arrived, and is sent again all the same
    }
    if (Date.now() + wait > until) throw failure;
    await new Promise((resume) => setTimeout(resume, wait));
  }
}

// ── the vote ─────────────────────────────────────────────────────────────────────────────────────
/** The digest of the ballot paper that `GET …/procedures/{id}` shows: compute it from what the member reads. */
export async function ballotOf({ opening, documents }) {
  const attached = documents.filter((one) => one.attached)
    .map(({ sha256, size, media_type, item }) => ({ sha256, size, media_type, item }));
  const profile = b64(await sha256(bytesOf(canonical(opening.profile))));
  const paper = { procedure: opening.procedure, items: opening.items, documents: [...opening.documents, ...attached], profile };
  return b64(await sha256(bytesOf(canonical(paper))));
}

/** The texts on a ballot paper by their digests, each checked: show these, not what the service shows. */
export async function textsOf(ledger, procedure) {
  const { data } = await ask(ledger, "GET", `/procedures/${procedure}/texts`);
  return Object.fromEntries(await Promise.all(data.map(async ({ digest, disclosure }) => {
    const url = (text) => text.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
    must(url(b64(await sha256(bytesOf(disclosure)))) === digest, "a text is not the one that is voted on");
    const bytes = Uint8Array.from(atob(disclosure.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
    return [digest, JSON.parse(new TextDecoder().decode(bytes))[2]];
  })));
}

/** The payload to sign: what is meant, and of the service's word only the members in `left`. */
export async function prepare(ledger, kind, fields, left = []) {
  const nonce = b64(crypto.getRandomValues(new Uint8Array(16)));
  const own = { v: 1, log: ledger.vkey.split("+")[0], nonce, issued_at: new Date().toISOString(), seen: null };
  const meant = { ...own, ...fields };
  const told = await ask(ledger, "POST", "/statements/prepare", { kind, fields: meant });
  const payload = unb64(told.payload), said = JSON.parse(new TextDecoder().decode(payload));
  for (const name of left) meant[name] = said[name];
  must(told.payloadType === payloadType(kind) && canonical(meant) === new TextDecoder().decode(payload),
    "the service prepared something else than was meant: nothing was signed");
  return payload;
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

// ── the receipt (C2SP tlog-proof, tlog-checkpoint, signed-note; RFC 6962) ────────────────────────
// The y of the points of low order, canonical or not: with one as R or key, browsers decide differently (C2SP CCTV).
const LOW_ORDER = ["0".repeat(64), "01" + "0".repeat(62), ...["ec", "ed", "ee"].map((low) => low + "f".repeat(60) + "7f"),
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05", "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"];
const hex = (data) => Array.from(data, (byte) => byte.toString(16).padStart(2, "0")).join("");
const low = (point) => LOW_ORDER.includes(hex([...point.slice(0, 31), point[31] & 127]));

/** Whether an Ed25519 signature verifies; under a key of low order, or with such an R, none does. */
export async function verifies(key, signature, message) {
  if (signature.length !== 64 || low(key) || low(signature.slice(0, 32))) return false;
  return crypto.subtle.verify("Ed25519", await crypto.subtle.importKey("raw", key, "Ed25519", false, ["verify"]), signature, message);
}

async function checkpointOf(note, vkey) {
  const [, name, hash, encoded] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(vkey) ?? [];
  must(name, `${vkey} is no verification key`);
  const key = unb64(encoded, 33);
  const id = (await sha256(concat(bytesOf(`${name}\n`), key))).slice(0, 4);
  must(key[0] === 1 && hash === hex(id), "a wrong log key");
  const [text, lines] = [/^[^]*\n(?=\n)/.exec(note)?.[0], /\n\n((?:— [^ \n]+ [^ \n]+\n)+)$/.exec(note)?.[1]];
  const [origin, size, root, end, ...rest] = (text ?? "").split("\n");
  must(lines && end === "" && !rest.length && /^[1-9][0-9]{0,15}$/.test(size), "this is no signed checkpoint");
  const ours = lines.split("\n").filter((line) => line.startsWith(`— ${name} `)).map((line) => unb64(line.split(" ")[2]))
    .filter((blob) => b64(blob.slice(0, 4)) === b64(id));
  const good = await Promise.all(ours.map((blob) => verifies(key.slice(1), blob.slice(4), bytesOf(text))));
  must(origin === name && good.length && good.every(Boolean), `the log's key did not sign this checkpoint of ${origin}`);
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

/** What a receipt proves, offline; if `envelope` is given, of exactly this statement. Throws if it proves nothing. */
export async function verifyReceipt(proof, vkey, envelope) {
  const end = proof.indexOf("\n\n"), [header, extra, index, ...path] = proof.slice(0, end).split("\n");
  must(end > 0 && header === "c2sp.org/tlog-proof@v1" && extra?.startsWith("extra ") && path.length < 64 &&
    /^index (0|[1-9][0-9]{0,15})$/.test(index), "this is no receipt with its entry");
  const bytes = unb64(extra.slice(6)), text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  const { origin, size, root } = await checkpointOf(proof.slice(end + 2), vkey);
  const entry = JSON.parse(text), seq = Number(index.slice(6)), leaf = await sha256(concat([0], bytes));
  must(seq < size, "the receipt names an entry beyond its checkpoint");
  const found = await rootOf(leaf, seq, size, path.map((line) => unb64(line, 32)));
  must(b64(found) === b64(root), "the entry is not in the log that was signed");
  must(canonical(entry) === text && entry.seq === seq && entry.log === origin, "the entry belongs to another place");
  must(!envelope || canonical(entry.env) === canonical(envelope), "the receipt is one of another statement");
  return { seq, at: entry.at, leaf: b64(leaf), prev: entry.prev, log: origin, size, entry, proof };
}
