"""The client of one ledger."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from api.client import sentences
from api.client.papers import Paper, paper_of
from api.client.patience import Patience
from api.client.prepared import Prepared, look_at
from api.client.problems import error_of
from api.client.reads import Reads
from api.client.receipts import Receipt, origin_of, trusted_keys, verify_receipt
from api.client.requests import Answer, Requests, Token
from api.clock import utc_now
from ledger.errors import BadShape, ProofError
from ledger.proof.disclosure import Disclosure, read_disclosure
from ledger.proof.dsse import Envelope
from ledger.proof.encoding import b64
from ledger.proof.policy import Policy

JSON = {"Content-Type": "application/json"}


class Client:
    """See the manual at the top of this package. May be used by many threads."""

    def __init__(
        self,
        url: str,
        trusted: Policy | Iterable[str] = (),
        *,
        token: Token | None = None,
        patience: Patience = Patience(),  # noqa: B008 it is immutable
    ) -> None:
        """`url` is https://…/v1/ledgers/NAME; `trusted` are the log's keys (vkeys) or a policy.

        Take them from where the ledger was founded, never from the service: they are what it is held to.
        Raises `BadShape`, or `ProofError` for a key that cannot be used.
        """
        self._requests, self._patience = Requests(url, token), patience
        trusted = trusted if isinstance(trusted, Policy) else tuple(trusted)
        self._origin = origin_of(trusted_keys(trusted))
        self._trusted = trusted
        self._reads = Reads(self._requests, patience)

    # ── writing ────────────────────────────────────────────────────────────────────────────────

    def prepare(self, kind: str, fields: Mapping[str, Any]) -> Prepared:
        """What to sign for `fields`; the ledger fills in what follows from it. Nothing is stored.

        Nonce and time are ours. Raises `PreparedOtherwise` if the payload says anything else than `fields`.
        """
        nonce = b64(secrets.token_bytes(16))
        meant = {"v": 1, "seen": None, "nonce": nonce, "issued_at": utc_now(), **fields}
        if self._origin is not None:
            meant["log"] = self._origin
        answer = self._post("/statements/prepare", {"kind": kind, "fields": meant})
        return look_at(kind, meant, answer.json())

    def submit(self, envelope: Envelope) -> Receipt:
        """Sends a statement until there is an answer, and verifies its receipt.

        Raises what the service refuses with, `OutcomeUnknown`, or `ProofError` for a receipt that is none:
        then the statement may be stored all the same.
        """
        if not self._trusted:
            raise BadShape(sentences.NO_TRUSTED_KEY)
        answer = self._post("/statements", envelope.to_dict())
        return verify_receipt(_proof(answer), self._trusted, envelope=envelope)

    def submit_unverified(self, envelope: Envelope) -> dict[str, Any]:
        """The same without a key: the service's answer as it stands, for whoever verifies it elsewhere."""
        found: dict[str, Any] = self._post("/statements", envelope.to_dict()).json()
        return found

    def put_document(self, data: bytes) -> str:
        """Stores a document; returns its digest."""
        sha256 = hashlib.sha256(data).hexdigest()
        kind = {"Content-Type": "application/octet-stream"}
        self._write("PUT", f"/documents/{sha256}", data, kind)
        return sha256

    def disclose(self, disclosure: Disclosure) -> str:
        """Stores a text beside the log; returns its digest."""
        body = json.dumps({"disclosure": disclosure.encoded}).encode()
        self._write("PUT", f"/disclosures/{disclosure.digest}", body, JSON)
        return disclosure.digest

    # ── reading ────────────────────────────────────────────────────────────────────────────────

    def procedures(self, **filters: Any) -> Iterator[Any]:
        """Procedures in the order of opening, over all pages."""
        return self._reads.pages("/procedures", **filters)

    def procedure(self, procedure: str, *, wait_for: int | None = None) -> Any:
        """One procedure; after entry `wait_for` at the earliest."""
        return self._reads.values(f"/procedures/{procedure}", wait_for=wait_for)

    def paper(self, procedure: str, *, wait_for: int | None = None) -> Paper:
        """The ballot paper of now. Raises `ProofError` where it contradicts itself."""
        return paper_of(procedure, self.procedure(procedure, wait_for=wait_for))

    def texts(self, paper: Paper) -> dict[str, str]:
        """The texts on a ballot paper by their digests: titles, wordings, options, conditions.

        Raises `ProofError` for one that is not what its digest says. What is erased or never came is missing.
        """
        found = self._reads.values(f"/procedures/{paper.procedure}/texts")["data"]
        return {one["digest"]: read_disclosure(one["disclosure"], one["digest"]).value for one in found}

    def tally(self, procedure: str, *, at: int | str | None = None, wait_for: int | None = None) -> Any:
        """Counts, outcome and derivation, now or as of an entry or a time."""
        return self._reads.values(f"/procedures/{procedure}/tally", at=at, wait_for=wait_for)

    def history(self, procedure: str, *, at: int | str | None = None) -> Iterator[Any]:
        """The entries of a procedure, over all pages."""
        return self._reads.pages(f"/procedures/{procedure}/history", at=at)

    def events(self, *, after: int = -1, wait: int = 0) -> Any:
        """The next page of the change feed; go on with `pagination.next`."""
        return self._reads.values("/events", after=after if after >= 0 else None, wait=wait)

    def document(self, sha256: str) -> bytes:
        """The bytes of a document, if they are those that the digest names."""
        return self._reads.document(sha256)

    def receipt(self, envelope: Envelope) -> Receipt:
        """The receipt of a statement again. Raises `NotFound` if it is not recorded."""
        found = self._reads.values(f"/receipts/{envelope.digest.hex()}")
        return verify_receipt(_text(found, "proof"), self._trusted, envelope=envelope)

    # ── how ────────────────────────────────────────────────────────────────────────────────────

    def _post(self, path: str, body: Any) -> Answer:
        return self._write("POST", path, json.dumps(body).encode(), JSON)

    def _write(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        answer = self._patience.ask(lambda: self._requests.send(method, path, body, headers))
        if answer.status not in {200, 201}:
            raise error_of(answer)
        return answer


def _proof(answer: Answer) -> bytes:
    return _text(answer.json(), "proof")


def _text(found: Any, name: str) -> bytes:
    value = found.get(name)
    if not isinstance(value, str):
        raise ProofError(sentences.NO_RECEIPT, check="8.8")
    return value.encode("utf-8", "replace")
