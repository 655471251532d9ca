"""Does a time stamp count exactly when a trusted authority made it over this checkpoint?

The authority is `openssl ts`, and so is the foreign verifier that has to agree.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from pathlib import Path

import pytest
from cryptography.x509.oid import ExtendedKeyUsageOID
from rfc3161_client import decode_timestamp_response

from ledger.errors import BadCertificate, ProofError
from ledger.proof.anchor import Anchored, check_root, check_time_stamp, check_times
from ledger.proof.encoding import b64
from ledger.proof.timestamp import (
    MAX_RESPONSE,
    Certificates,
    TimeStamp,
    parse_certificates,
    verify_timestamp,
)
from ledger.proof.tree_head import Checkpoint
from tests.support.tsa import Tsa, openssl

pytestmark = openssl

ORIGIN = "ledger.example/council"
ROOT = hashlib.sha256(b"root").digest()
DATA = Checkpoint(ORIGIN, 7, ROOT).text.encode()


@pytest.fixture(scope="module")
def tsa(tmp_path_factory: pytest.TempPathFactory) -> Tsa:
    """An authority."""
    return Tsa(tmp_path_factory.mktemp("tsa"))


@pytest.fixture(scope="module")
def trusted(tsa: Tsa) -> Certificates:
    """It is trusted, by its own certificate and its root."""
    return parse_certificates(tsa.chain)


@pytest.fixture(scope="module")
def response(tsa: Tsa) -> bytes:
    """A time stamp without certificates in it."""
    return tsa.stamp(DATA)


def refusal(response: bytes, data: bytes, trusted: Certificates, nonce: int | None = None) -> str:
    """Which check refuses it."""
    with pytest.raises(ProofError) as refused:
        verify_timestamp(response, data, trusted, nonce=nonce)
    return refused.value.check


# ── what counts ────────────────────────────────────────────────────────────────────────────────


def test_a_time_stamp_says_between_which_times_it_was_made(response: bytes, trusted: Certificates) -> None:
    """The authority's accuracy on both sides, and a second because parts of it are not read."""
    stamp = verify_timestamp(response, DATA, trusted)
    earliest, latest = map(dt.datetime.fromisoformat, (stamp.earliest, stamp.latest))
    assert latest - earliest == dt.timedelta(seconds=3)
    assert abs(earliest - dt.datetime.now(dt.UTC)) < dt.timedelta(hours=1)
    assert (stamp.earliest[-5:], len(stamp.latest)) == (".000Z", 24)
    assert stamp.authority == "CN=Test TSA"


def test_openssl_agrees(tsa: Tsa, response: bytes) -> None:
    """A stranger needs nothing of ours: three lines of a checkpoint, this file, and the certificates."""
    assert tsa.openssl_verifies(response, DATA)
    assert not tsa.openssl_verifies(response, DATA + b" ")


def test_certificates_may_come_along_or_not(tsa: Tsa) -> None:
    """With them the root alone may be trusted; without them it must be said who signs."""
    root = parse_certificates(tsa.root)
    assert verify_timestamp(tsa.stamp(DATA, "-cert"), DATA, root).authority == ""
    assert verify_timestamp(tsa.stamp(DATA, "-cert"), DATA, parse_certificates(tsa.chain)).authority
    assert refusal(tsa.stamp(DATA), DATA, root) == "9.5"


def test_old_certificates_stay_beside_new_ones(tsa: Tsa, tmp_path: Path, response: bytes) -> None:
    """An authority changes them every few years; its old time stamps are worth as much as before."""
    both = parse_certificates(Tsa(tmp_path, name="Later").chain + tsa.chain)
    assert len(both.signers) == len(both.roots) == 2
    assert verify_timestamp(response, DATA, both).authority == "CN=Test TSA"


# ── attacks ────────────────────────────────────────────────────────────────────────────────────


def test_a_time_stamp_over_another_checkpoint(response: bytes, trusted: Certificates) -> None:
    """Another size, another root, another log, one byte more."""
    for other in (
        Checkpoint(ORIGIN, 8, ROOT).text.encode(),
        Checkpoint(ORIGIN, 7, bytes(32)).text.encode(),
        Checkpoint(f"{ORIGIN}2", 7, ROOT).text.encode(),
        DATA + b"\n",
        b"",
    ):
        assert refusal(response, other, trusted) == "9.6"


def test_a_time_stamp_of_an_authority_that_nobody_trusts(
    tmp_path: Path, tsa: Tsa, trusted: Certificates
) -> None:
    """Also when it is called the same."""
    stranger = Tsa(tmp_path)
    assert refusal(stranger.stamp(DATA, "-cert"), DATA, trusted) == "9.5"
    assert refusal(stranger.stamp(DATA), DATA, trusted) == "9.5"
    assert refusal(stranger.stamp(DATA), DATA, parse_certificates(stranger.leaf + tsa.root)) == "9.5"


def test_another_certificate_of_the_trusted_root_is_not_the_pinned_one(tsa: Tsa, tmp_path: Path) -> None:
    """Whoever pins a signer does not trust everybody else whom its root lets stamp."""
    pinned = parse_certificates(Tsa(tmp_path).leaf + tsa.root)
    assert refusal(tsa.stamp(DATA, "-cert"), DATA, pinned) == "9.5"


def test_a_certificate_that_had_expired_when_it_stamped(tmp_path: Path) -> None:
    """Valid then is enough, valid before then is not."""
    expired = Tsa(tmp_path, ends=dt.timedelta(hours=-1))
    response = expired.stamp(DATA)
    assert refusal(response, DATA, parse_certificates(expired.chain)) == "9.5"
    assert not expired.openssl_verifies(response, DATA)


def test_an_answer_to_another_request(tsa: Tsa, trusted: Certificates) -> None:
    """An old answer, kept and sent again, would let the authority's time stand still."""
    response = tsa.stamp(DATA)
    nonce = decode_timestamp_response(response).tst_info.nonce
    assert verify_timestamp(response, DATA, trusted, nonce=nonce)
    assert refusal(response, DATA, trusted, nonce + 1) == "9.10"
    assert refusal(tsa.stamp(DATA, "-no_nonce"), DATA, trusted, nonce) == "9.10"


def test_a_time_stamp_over_another_hash_function(tsa: Tsa, trusted: Certificates) -> None:
    """What we ask for is SHA-256, and nothing weaker."""
    assert refusal(tsa.stamp(DATA, "-sha512"), DATA, trusted) == "9.3"


def test_a_refusal_is_no_time_stamp(tsa: Tsa, trusted: Certificates) -> None:
    """Status 2: the authority does not know this policy, or does not want to."""
    with pytest.raises(ProofError, match=r"grants no time stamp \(status 2\)") as refused:
        verify_timestamp(tsa.stamp(DATA, "-tspolicy", "1.2.3.4.9"), DATA, trusted)
    assert refused.value.check == "9.3"


@pytest.mark.parametrize(
    "data", [b"", b"\x30", b"<html>", bytes(1000), b"\x30\x80" * 500, bytes(MAX_RESPONSE + 1)]
)
def test_what_is_no_time_stamp_at_all(trusted: Certificates, data: bytes) -> None:
    """An error of ours, and never anything else."""
    assert refusal(data, DATA, trusted) == "9.3"


def test_every_cut_and_every_addition_is_found(response: bytes, trusted: Certificates) -> None:
    """One way to write it."""
    for end in range(len(response)):
        assert refusal(response[:end], DATA, trusted) == "9.3"
    assert refusal(response + b"\0", DATA, trusted) == "9.3"


def test_every_flipped_bit_is_found(response: bytes, trusted: Certificates) -> None:
    """What the authority's signature does not cover is covered by the digest in the entry."""
    anchored = anchor_of(response)
    found: Counter[str] = Counter()
    for bit in range(len(response) * 8):
        flipped = bytearray(response)
        flipped[bit // 8] ^= 1 << bit % 8
        try:
            verify_timestamp(bytes(flipped), DATA, trusted)
        except ProofError as error:
            found[error.check] += 1
        [failure] = check_time_stamp(anchored, ORIGIN, bytes(flipped), trusted, "")
        assert failure.check == "9.2"
    assert set(found) <= {"9.3", "9.5", "9.6"}
    assert found.total() > len(response) * 7


# ── certificates ───────────────────────────────────────────────────────────────────────────────


def test_certificates_have_to_reach_up_to_a_root(tsa: Tsa) -> None:
    """Said when they are given, not at the first verification in ten years."""
    for pem in (b"", b"\n", b"no certificate", tsa.leaf, tsa.chain[:-40], bytes(300_000), tsa.root[:100]):
        with pytest.raises(BadCertificate):
            parse_certificates(pem)
    assert parse_certificates(b"An authority\n" + tsa.chain).signers


def test_a_certificate_for_something_else_is_no_signer(tmp_path: Path) -> None:
    """A web server's certificate of the same root is not a time-stamping authority's."""
    assert parse_certificates(Tsa(tmp_path, usage=ExtendedKeyUsageOID.SERVER_AUTH).chain).signers == ()


# ── anchors ────────────────────────────────────────────────────────────────────────────────────


def anchor_of(response: bytes, **changed: object) -> Anchored:
    """What an entry says of this time stamp, or almost."""
    digest = hashlib.sha256(response).hexdigest()
    now = dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return Anchored(9, now, 7, b64(ROOT), "tsa.example", digest)._replace(**changed)  # type: ignore[arg-type]


def test_an_anchor_holds(response: bytes, trusted: Certificates) -> None:
    """Its time stamp is there, is the one that it names, and is over the tree that it names."""
    anchored = anchor_of(response)
    assert list(check_time_stamp(anchored, ORIGIN, response, trusted, anchored.at)) == []
    assert list(check_root(anchored, b64(ROOT))) == []


def test_each_thing_that_can_be_wrong_fails_its_own_check(
    response: bytes, trusted: Certificates, tsa: Tsa
) -> None:
    """And no other one: the number says where to look."""
    now = anchor_of(response).at

    def checks(anchored: Anchored, kept: bytes | None, by: Certificates | None, last: str = now) -> list[str]:
        return [failure.check for failure in check_time_stamp(anchored, ORIGIN, kept, by, last)]

    assert checks(anchor_of(response), None, trusted) == ["9.1"]
    assert checks(anchor_of(response), tsa.stamp(DATA), trusted) == ["9.2"]
    assert checks(anchor_of(b"garbage"), b"garbage", trusted) == ["9.3"]
    assert checks(anchor_of(response), response, None) == ["9.4"]
    other = parse_certificates(tsa.root)
    assert checks(anchor_of(response), response, other) == ["9.5"]
    assert checks(anchor_of(response, size=8), response, trusted) == ["9.6"]
    assert [failure.check for failure in check_root(anchor_of(response), b64(bytes(32)))] == ["9.7"]
    assert checks(anchor_of(response), response, trusted, "2099-01-01T00:00:00.000Z") == ["9.8"]
    assert checks(anchor_of(response, at="2020-01-01T00:00:00.000Z"), response, trusted) == ["9.9"]


@pytest.mark.parametrize(
    ("last", "at", "checks"),
    [
        ("11:59:00.000", "12:00:05.000", []),
        ("12:01:02.000", "11:58:59.000", []),
        ("12:01:02.001", "12:00:05.000", ["9.8"]),
        ("11:59:00.000", "11:58:58.999", ["9.9"]),
        ("12:01:02.001", "11:58:58.999", ["9.8", "9.9"]),
    ],
)
def test_an_entrys_time_is_bound_from_both_sides(last: str, at: str, checks: list[str]) -> None:
    """A minute is allowed for two clocks that differ; the bounds themselves are still allowed."""
    day = "2026-01-31T"
    stamp = TimeStamp(f"{day}11:59:59.000Z", f"{day}12:00:02.000Z", "", 1)
    anchored = Anchored(9, f"{day}{at}Z", 7, b64(ROOT), "tsa.example", "")
    found = list(check_times(anchored, stamp, f"{day}{last}Z"))
    assert [failure.check for failure in found] == checks
    assert all(failure.seq == {"9.8": 6, "9.9": 9}[failure.check] for failure in found)
