"""Which odd keys and signatures are accepted? The published vectors, and our decisions pinned.

C2SP's vectors state no result, because implementations differ; these are ours, and they must not change:
the service, the auditor and the browser have to decide alike.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from ledger.errors import BadKey
from ledger.proof.keys import check_public_key
from tests.support import odd_keys
from tests.support.odd_keys import CCTV, LOW_ORDER, WYCHEPROOF, registrable
from tests.support.shared import CHECKOUT

MODULES = CHECKOUT / "api" / "client" / "browser"

HONEST = 305
"""The one vector of the 914 without any oddity."""

MIXED_ORDER_KEYS = {
    *(7, 29, 50, 117, 139, 161, 182, 249, 411, 425, 438, 465, 473, 481, 489, 497, 511, 525, 538, 565),
    *(573, 581, 589, 597, 611, 625, 638, 665, 673, 681, 689, 697, 711, 725, 738, 765, 773, 781, 789, 797),
    *(832, 899),
}
"""Signatures that verify, under keys with a low-order component, which nobody can register."""


IN_NODE = """
import { readFileSync } from "node:fs";
const { verifies, usable } = await import(process.argv[1]), { checkpointOf } = await import(process.argv[2]);
const bytes = (hex) => Uint8Array.from(Buffer.from(hex, "hex"));
const { signatures, keys, vkeys } = JSON.parse(readFileSync(0));
const said = await Promise.all(vkeys.map((vkey) => checkpointOf("", vkey).catch((error) => error.message)));
const verified = await Promise.all(signatures.map((one) => verifies(...one.map(bytes))));
const trusted = said.map((one) => one === "this is no signed checkpoint");
console.log(JSON.stringify([...verified, ...trusted, ...keys.map((one) => usable(bytes(one)))]));
"""
"""Asks the modules of the member's browser, which ask WebCrypto."""


def accepts(key: str, signature: str, message: bytes) -> bool:
    """Whether our verification takes the signature."""
    return odd_keys.accepts(odd_keys.Signed(key, signature, message.hex()))


def openssl_accepts(key: str, signature: str, message: bytes) -> bool:
    """Whether another implementation takes it, one that knows no policy on odd keys."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(bytes.fromhex(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True


def flags(number: int) -> set[str]:
    """In which ways a vector is odd."""
    return set(CCTV[number]["flags"] or ())


ACCEPTED = {
    vector["number"] for vector in CCTV if accepts(vector["key"], vector["sig"], vector["msg"].encode())
}


def test_the_vectors_are_all_there() -> None:
    """A shorter file would prove less."""
    assert [vector["number"] for vector in CCTV] == list(range(914))
    assert len(LOW_ORDER) == 14
    assert (
        WYCHEPROOF["numberOfTests"] == sum(len(group["tests"]) for group in WYCHEPROOF["testGroups"]) == 151
    )


def test_which_odd_signatures_are_accepted_is_pinned() -> None:
    """A new release of the library that decides otherwise is noticed here."""
    assert MIXED_ORDER_KEYS | {HONEST} == ACCEPTED


def test_no_accepted_signature_has_a_low_order_key_or_a_low_order_r() -> None:
    """With either, one signature can be good for many messages."""
    seen = set().union(*(flags(number) for number in ACCEPTED))
    assert seen == {"low_order_component_A", "low_order_component_R"}


def test_a_signature_that_is_good_only_with_the_cofactor_is_refused() -> None:
    """Implementations differ in it; verification here is cofactorless."""
    residue = {number for number in range(914) if "low_order_residue" in flags(number)}
    assert residue
    assert residue.isdisjoint(ACCEPTED)


def test_under_keys_that_can_be_registered_only_the_honest_signature_is_accepted() -> None:
    """28 vectors have such a key: all the others are odd in R, and refused."""
    possible = {vector["number"] for vector in CCTV if registrable(vector["key"])}
    assert len(possible) == 28
    assert possible & ACCEPTED == {HONEST}
    assert flags(HONEST) == set()


def test_another_implementation_agrees_wherever_ours_accepts() -> None:
    """An auditor with OpenSSL finds every vote good that counted here."""
    vectors = [CCTV[number] for number in ACCEPTED]
    assert all(openssl_accepts(vector["key"], vector["sig"], vector["msg"].encode()) for vector in vectors)


def test_another_implementation_accepts_what_ours_must_not() -> None:
    """Otherwise the policy could be left to any library."""
    loose = {v["number"] for v in CCTV if openssl_accepts(v["key"], v["sig"], v["msg"].encode())}
    assert loose > ACCEPTED
    assert any("low_order_A" in flags(number) for number in loose)


@pytest.mark.skipif(shutil.which("node") is None, reason="NOT CHECKED BY WEBCRYPTO: there is no node")
def test_the_browser_module_decides_alike_on_openssl(tmp_path: Path) -> None:
    """Odd signatures, keys and log keys: what it tells its owner, an auditor finds as well.

    In Chromium, which has other cryptography: `tests/web/browser/test_odd_keys.py`.
    """
    signatures, keys, vkeys = odd_keys.odd_signatures(), odd_keys.odd_keys(), odd_keys.odd_vkeys()
    shutil.copytree(MODULES, tmp_path, dirs_exist_ok=True)
    (tmp_path / "package.json").write_text('{"type": "module"}')  # what a browser knows from its page
    modules = [str(tmp_path / name) for name in ("ed25519.js", "receipt.js")]
    done = subprocess.run(
        ["node", "--input-type=module", "-e", IN_NODE, *modules],
        input=json.dumps({"signatures": signatures, "keys": keys, "vkeys": vkeys}),
        capture_output=True,
        text=True,
        check=True,
    )
    ours = [*map(odd_keys.accepts, signatures), *map(odd_keys.trusted, vkeys), *map(registrable, keys)]
    assert json.loads(done.stdout) == ours


@pytest.mark.parametrize("key", LOW_ORDER)
def test_no_low_order_key_can_be_registered(key: str) -> None:
    """All fourteen encodings of the eight points, canonical or not."""
    with pytest.raises(BadKey, match="no usable Ed25519 key"):
        check_public_key(bytes.fromhex(key))


@pytest.mark.parametrize("key", LOW_ORDER)
def test_no_low_order_key_verifies_anything(key: str) -> None:
    """Even if one had got into the register: R and S that satisfy the equation are refused."""
    base_point = "58" + "66" * 31
    forged = [(r, s.to_bytes(32, "little").hex()) for r in (*LOW_ORDER, base_point) for s in (0, 1)]
    for message in (b"", b"yes", b"no"):
        assert not any(accepts(key, r + s, message) for r, s in forged)


def test_the_forgery_under_the_identity_key_fails() -> None:
    """One constant signature, good for a thousand messages elsewhere, is good for none here."""
    identity, base_point = "01" + "00" * 31, "58" + "66" * 31
    constant = base_point + "01" + "00" * 31
    messages = [b"vote %d" % number for number in range(1000)]
    assert all(openssl_accepts(identity, constant, message) for message in messages)
    assert not any(accepts(identity, constant, message) for message in messages)
    assert not registrable(identity)


@pytest.mark.parametrize(
    ("key", "test"),
    [
        pytest.param(
            group["publicKey"]["pk"], test, id=f"{test['tcId']} {test['comment'] or test['flags'][0]}"
        )
        for group in WYCHEPROOF["testGroups"]
        for test in group["tests"]
    ],
)
def test_wycheproof(key: str, test: dict[str, Any]) -> None:
    """Malleable, truncated, garbled: every result as it is stated, under keys that could be registered."""
    message = bytes.fromhex(test["msg"])
    assert registrable(key)
    assert accepts(key, test["sig"], message) == (test["result"] == "valid")
    assert openssl_accepts(key, test["sig"], message) == (test["result"] == "valid")
