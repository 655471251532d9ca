/* The ballot paper as the member reads it: its digest, which is voted on, and the texts on it. */

import { b64, bytesOf, canonical, must, sha256, textOf, unb64 } from "./bytes.js";

const digest = async (text) => b64(await sha256(bytesOf(text)));

/** The digest of the ballot paper that `GET …/procedures/{id}` shows: computed from what the member reads. */
export async function ballotOf({ opening, documents }) {
  const attached = documents.filter((one) => one.attached)
    .map(({ sha256, size, media_type, item }) => ({ sha256, size, media_type, item }));
  const { procedure, items } = opening, profile = await digest(canonical(opening.profile));
  return digest(canonical({ procedure, items, documents: [...opening.documents, ...attached], profile }));
}

/** Of `GET …/procedures/{id}/texts`: digest → text, each checked. Show these, not what the service shows. */
export async function textsOf({ data }) {
  const url = (text) => text.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  const plain = (text) => text.replaceAll("-", "+").replaceAll("_", "/").padEnd(Math.ceil(text.length / 4) * 4, "=");
  return Object.fromEntries(await Promise.all(data.map(async (one) => {
    must(url(await digest(one.disclosure)) === one.digest, "a text is not the one that is voted on");
    return [one.digest, JSON.parse(textOf(unb64(plain(one.disclosure))))[2]];
  })));
}
