"""Does a real browser decide on odd signatures and keys as ledger and auditors do?

Chromium's WebCrypto is BoringSSL; `tests/proofs/test_keys_vectors.py` asks the same files on OpenSSL.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from ledger.proof.checkpoint import open_checkpoint
from tests.support.odd_keys import (
    accepts,
    odd_keys,
    odd_signatures,
    odd_vkeys,
    registrable,
    signed_with_a_mixed_key,
    trusted,
)
from tests.web.browser.member import Page


@pytest.fixture(scope="module")
def modules(browser: Any, portal: str) -> Iterator[Page]:
    """A page with the module; no service stands behind it."""
    context = browser.new_context()
    yield Page(context.new_page(), portal, {})
    context.close()


def test_odd_signatures_are_decided_alike_here_and_there(modules: Page) -> None:
    """CCTV's 914, Wycheproof's 151, and what has another length."""
    vectors = odd_signatures()
    body = f"{BYTES} return Promise.all(vectors.map((one) => s.verifies(...one.map(bytes))))"
    decided = modules.run(body, vectors=vectors)
    differing = [one for one, said in zip(vectors, decided, strict=True) if said != accepts(one)]
    assert differing == []
    assert {True, False} == set(decided)


def test_odd_keys_are_decided_alike_here_and_there(modules: Page) -> None:
    """Low order, mixed order, y ≥ p, off the curve, short, long: usable is what a registrar may register."""
    keys = odd_keys()
    body = f"const {{ usable }} = await import('./ed25519.js'); {BYTES}"
    body += "return keys.map((one) => usable(bytes(one)))"
    decided = dict(zip(keys, modules.run(body, keys=keys), strict=True))
    assert [key for key, said in decided.items() if said != registrable(key)] == []
    assert {True, False} == set(decided.values())


def test_odd_log_keys_are_decided_alike_here_and_there(modules: Page) -> None:
    """The same keys in their text form, odd names, wrong hashes: none is trusted here and refused there."""
    vkeys = odd_vkeys()
    body = """const { checkpointOf } = await import('./receipt.js');
        const refusal = (vkey) => checkpointOf('', vkey).catch((error) => error.message);
        return Promise.all(vkeys.map(refusal))"""
    decided = [said == "this is no signed checkpoint" for said in modules.run(body, vkeys=vkeys)]
    differing = [vkey for vkey, said in zip(vkeys, decided, strict=True) if said != trusted(vkey)]
    assert differing == []
    assert {True, False} == set(decided)


def test_a_log_key_with_a_component_of_low_order_proves_nothing(modules: Page) -> None:
    """The attack of an operator: signatures that verify here, and perhaps not by another program's rule."""
    key, note = signed_with_a_mixed_key()
    assert open_checkpoint(note, [key]).checkpoint.size == 7  # so only the look at the key refuses it
    body = "const { checkpointOf } = await import('./receipt.js'); return checkpointOf(note, vkey)"
    assert modules.fails(body, note=note.decode(), vkey=key.text) == ": a wrong log key"
    assert not trusted(key.text)


BYTES = "const bytes = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (one) => parseInt(one, 16));"
