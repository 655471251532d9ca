"""Anchors: time stamps of others over our checkpoints (RFC 3161), asked for and kept.

The certificates under which an authority is trusted lie in the store's home, `tsa/<id>.pem`.
An authority's certificates change every few years. New ones are added to the file, and old ones stay in it,
because old time stamps are verified with them.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

from ledger.errors import BadEncoding, BadShape, NotFound, ProofError, Unreachable
from ledger.proof import shapes
from ledger.proof.timestamp import MAX_RESPONSE, Certificates, TimeStamp, verify_timestamp
from ledger.publish import sentences
from ledger.publish.anchor_files import anchor_path
from ledger.publish.durable import disk_errors, put, sync_folder
from ledger.publish.endpoint import Endpoint
from ledger.publish.folder import LogFolder

TIMEOUT = 20.0
"""Seconds for an authority to answer: some sign in a security module that others use as well."""


class Authority(NamedTuple):
    """A time-stamping authority: its id, which stands in entries, and where it is asked."""

    id: str
    url: str


def parse_authority(text: str) -> Authority:
    """`ID=URL`, or a URL whose host is the id. Raises `BadShape`."""
    name, equals, url = text.partition("=")
    if not equals or ":" in name:
        name, url = urlsplit(text).hostname or "", text
    Endpoint(url, limit=MAX_RESPONSE)
    try:
        shapes.identifier(name)
    except (BadShape, BadEncoding):
        raise BadShape(sentences.NO_AUTHORITY_ID, name=name) from None
    return Authority(name, url)


def stamp(
    folder: LogFolder, size: int, text: str, tsa: Authority, trusted: Certificates
) -> tuple[bytes, TimeStamp]:
    """A verified time stamp over a checkpoint's text: the one that is kept, or a new one, which is kept then.

    Raises `Unreachable` without an answer, `ProofError` for one that proves nothing.
    """
    name, data = anchor_path(size, tsa.id), text.encode("utf-8")
    try:
        kept = folder.read(name)
        return kept, verify_timestamp(kept, data, trusted)
    except (NotFound, ProofError):
        pass  # never asked, or a crash left half a file, or damaged: no entry names it yet
    response, found = _ask(tsa, data, trusted)
    folder.put({name: response})
    return response, found


def _ask(tsa: Authority, data: bytes, trusted: Certificates) -> tuple[bytes, TimeStamp]:
    builder = TimestampRequestBuilder().data(data).hash_algorithm(HashAlgorithm.SHA256).nonce(nonce=True)
    # Where we know who signs, the certificates need not come along each time.
    request = builder.cert_request(cert_request=not trusted.signers).build()
    endpoint = Endpoint(tsa.url, limit=MAX_RESPONSE)
    try:
        answer = endpoint.post(request.as_bytes(), "application/timestamp-query", timeout=TIMEOUT)
    except Unreachable as error:
        raise Unreachable(sentences.TSA_ERROR, id=tsa.id, url=tsa.url, error=error) from None
    finally:
        endpoint.close()
    if answer.status != 200:
        raise Unreachable(sentences.TSA_STATUS, id=tsa.id, url=tsa.url, status=answer.status)
    return answer.body, verify_timestamp(answer.body, data, trusted, nonce=request.nonce)


def kept_certificates(home: Path, tsa: str) -> bytes:
    """The certificates, in PEM, under which an authority is trusted here; none if it is not.

    Raises `StoreUnavailable`.
    """
    path = _certificates(home, tsa)
    with disk_errors(path):
        return path.read_bytes() if path.exists() else b""


def keep_certificates(home: Path, tsa: str, pem: bytes) -> None:
    """Keeps the certificates, in PEM, under which an authority is trusted. Raises `StoreUnavailable`."""
    path = _certificates(home, tsa)
    with disk_errors(path):
        put({path: pem})
        sync_folder(home)


def _certificates(home: Path, tsa: str) -> Path:
    return home / "tsa" / f"{tsa}.pem"
