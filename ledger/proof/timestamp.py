"""Time stamps over checkpoints (RFC 3161): somebody outside vouches for a time before which they existed.

What is stamped is SHA-256 of a checkpoint's text, the three lines that the log signs. A time stamp is kept as
the response of the time-stamping authority (TSA), as it came, so that `openssl ts -verify` takes it.
Certificates have to be valid at the time of the stamp, not today. `ProofError` carries a check of group 9.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import NamedTuple

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID
from rfc3161_client import (
    Accuracy,
    PKIStatus,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from ledger.errors import BadCertificate, ProofError
from ledger.proof.sentences import keys, stamps
from ledger.rfc3339 import utc

MAX_RESPONSE = 64 * 1024
"""Bytes of a response: one with a long chain of certificates has ten thousand."""

MAX_CERTIFICATES = 256 * 1024
"""Bytes of a file of certificates."""

SHA256 = x509.ObjectIdentifier("2.16.840.1.101.3.4.2.1")
UNREADABLE = ValueError, TypeError, x509.InvalidVersion, x509.DuplicateExtension
"""What a certificate is answered with that is none; some of it only when a part is asked for."""

GRANULARITY = timedelta(seconds=1)
"""Parts of a second are not read: the true time lies up to so much after the one that is read."""


class TimeStamp(NamedTuple):
    """A verified time stamp: it was made between these two times, which are written as entries write them."""

    earliest: str
    latest: str
    authority: str
    """Subject of the certificate that signed, or of its issuer where that one is not at hand."""
    serial: int


class Certificates(NamedTuple):
    """Whom a verifier trusts as one authority: `roots`, and what leads from them to those who sign."""

    signers: tuple[x509.Certificate, ...]
    """Only these may sign, if there are any."""
    intermediates: tuple[x509.Certificate, ...]
    roots: tuple[x509.Certificate, ...]


def parse_certificates(pem: bytes) -> Certificates:
    """The certificates of a PEM file, up to a self-signed one. Raises `BadCertificate`.

    Those for time stamping are the signers, which are pinned so; a file without any trusts what the roots
    issue, and the certificates have to be in the responses.
    """
    if not pem.strip():
        raise BadCertificate(keys.NO_CERTIFICATE)
    if len(pem) > MAX_CERTIFICATES:
        raise BadCertificate(keys.CERTIFICATES_TOO_LARGE, size=len(pem), limit=MAX_CERTIFICATES)
    try:
        found = x509.load_pem_x509_certificates(pem)
        signers = tuple(one for one in found if _stamps(one))
        roots = tuple(one for one in found if one.subject == one.issuer)  # read only now
    except UNREADABLE as error:
        raise BadCertificate(keys.NO_PEM) from error
    if not roots:
        raise BadCertificate(keys.NO_ROOT)
    return Certificates(
        signers, tuple(one for one in found if one not in signers and one not in roots), roots
    )


def verify_timestamp(
    response: bytes, data: bytes, trusted: Certificates, *, nonce: int | None = None
) -> TimeStamp:
    """The time stamp over `data` that the response holds. With `nonce` it must answer that request.

    Raises `ProofError`: 9.3 for its form, 9.5 for its signature, 9.6 for other data, 9.10 for the nonce.
    """
    parsed = parse_timestamp(response)
    info = parsed.tst_info
    signer = _verify_signature(parsed, trusted)
    if info.message_imprint.message != hashlib.sha256(data).digest():
        raise ProofError(stamps.OVER_SOMETHING_ELSE, check="9.6")
    if nonce is not None and info.nonce != nonce:
        raise ProofError(stamps.ANOTHER_REQUEST, check="9.10")
    leeway = _leeway(info.accuracy)
    earliest, latest = info.gen_time - leeway, info.gen_time + GRANULARITY + leeway
    return TimeStamp(utc(earliest), utc(latest), signer, info.serial_number)


def stated_time(response: bytes, data: bytes) -> str:
    """When the response says that its time stamp over `data` was made; its signature is not looked at.

    For lists, where the certificates are not at hand. Raises `ProofError` (9.3, 9.6).
    """
    info = parse_timestamp(response).tst_info
    if info.message_imprint.message != hashlib.sha256(data).digest():
        raise ProofError(stamps.OVER_SOMETHING_ELSE, check="9.6")
    return utc(info.gen_time)


def parse_timestamp(response: bytes) -> TimeStampResponse:
    """A granted response over SHA-256, its signature unread. Raises `ProofError` (9.3)."""
    if len(response) > MAX_RESPONSE:
        raise ProofError(stamps.RESPONSE_TOO_LONG, size=len(response), limit=MAX_RESPONSE, check="9.3")
    try:
        parsed = decode_timestamp_response(response)
        if parsed.as_bytes() != response:
            raise ProofError(stamps.SOMETHING_FOLLOWS, check="9.3")
        if parsed.status != PKIStatus.GRANTED:
            raise ProofError(stamps.NOT_GRANTED, status=parsed.status, check="9.3")
        if parsed.tst_info.message_imprint.hash_algorithm != SHA256:
            raise ProofError(stamps.NOT_SHA256, check="9.3")
    except ValueError as error:
        raise ProofError(stamps.NO_RESPONSE, reason=str(error)[:200], check="9.3") from None
    return parsed


def _verify_signature(parsed: TimeStampResponse, trusted: Certificates) -> str:
    """Who signed. Raises `ProofError` (9.5)."""
    reason = "no reason given"
    for signer in trusted.signers or (None,):
        verifier = VerifierBuilder(
            tsa_certificate=signer, intermediates=list(trusted.intermediates), roots=list(trusted.roots)
        ).build()
        try:
            verifier.verify(parsed, parsed.tst_info.message_imprint.message)
        except BaseException as error:
            if not _refuses(error):
                raise
            reason = str(error)[:300]
        else:
            return "" if signer is None else signer.subject.rfc4514_string()
    raise ProofError(stamps.NOBODY_TRUSTED_SIGNED, reason=reason, check="9.5")


def _refuses(error: BaseException) -> bool:
    """Whether the library says no. Where its OpenSSL reads less than it, it panics: no `Exception`."""
    return isinstance(error, VerificationError | ValueError) or type(error).__name__ == "PanicException"


def _leeway(accuracy: Accuracy | None) -> timedelta:
    if accuracy is None:
        return timedelta()
    parts = {"seconds": accuracy.seconds, "milliseconds": accuracy.millis, "microseconds": accuracy.micros}
    return timedelta(**{name: value or 0 for name, value in parts.items()})


def _stamps(certificate: x509.Certificate) -> bool:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        return False
    return ExtendedKeyUsageOID.TIME_STAMPING in usage
