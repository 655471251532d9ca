/* The bytes: text, base64 in its one form, SHA-256, and JSON in its canonical form (RFC 8785). */

export const bytesOf = (text) => new TextEncoder().encode(text);
export const textOf = (bytes) => new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
export const concat = (...parts) => new Uint8Array(parts.flatMap((part) => [...part]));
export const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
export const b64 = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
export const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
export const must = (holds, what) => { if (!holds) throw new Error(what); };

export function unb64(text, size) {
  const said = `this is not base64: ${text}`;  // asked first: the errors of atob() have a number for a code
  must(typeof text === "string" && /^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text), said);
  const bytes = Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
  must(b64(bytes) === text && (size === undefined || bytes.length === size), said);
  return bytes;
}

export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value !== null && typeof value === "object")  // sorted by UTF-16 code units, as sort() does
    return `{${Object.keys(value).sort().map((name) => `${canonical(name)}:${canonical(value[name])}`).join(",")}}`;
  const plain = value === null || typeof value === "boolean" || Number.isSafeInteger(value) && !Object.is(value, -0);
  must(plain || typeof value === "string" && value.isWellFormed(), `${String(value)} has no canonical form`);
  return JSON.stringify(value);
}
