"""Is `access.toml` read strictly: what is not known lets nobody in?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.access.policy import read_policy
from ledger.errors import BadShape

GOOD = """
[anonymous]
roles = ["public"]

[[provider]]
issuer = "https://login.example.org/realms/council"
audience = "https://ledger.example.org/v1/ledgers/town"
algorithms = ["ES256", "RS256"]
role_claim = "realm_access.roles"
subject_claim = "stimmbuch_id"
leeway = 10
[provider.roles]
"council-member" = ["member"]
"head-of-office" = ["clerk", "registrar"]
"""


def test_what_it_says() -> None:
    """The example of the manual, line by line."""
    policy = read_policy(GOOD.encode())
    assert policy is not None
    assert policy.anonymous.roles == {"public"}
    [(issuer, tokens)] = policy.providers.items()
    found = tokens.provider
    assert issuer == found.issuer == "https://login.example.org/realms/council"
    assert (found.audience, found.leeway) == ("https://ledger.example.org/v1/ledgers/town", 10)
    assert (found.role_claim, found.subject_claim) == ("realm_access.roles", "stimmbuch_id")
    assert found.roles == {"council-member": {"member"}, "head-of-office": {"clerk", "registrar"}}


def test_nobody_is_let_in_by_silence() -> None:
    """An empty file is one that allows nothing; no file is no answer."""
    policy = read_policy(b"")
    assert policy is not None
    assert policy.anonymous.roles == set()
    assert policy.providers == {}
    assert read_policy(None) is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('["public"]', '["clerk"]'),
        ('["public"]', '["public", "auditor"]'),
        ('["public"]', '"public"'),
        ('["public"]', "[1]"),
        ("[anonymous]", "[anonymus]"),
        ("[anonymous]", "[[anonymous]]"),
        ("roles = [", "role = ["),
        ("[[provider]]", "[provider]"),
        ("[[provider]]", "[[providers]]"),
        ("https://login", "http://login"),
        ("https://login.example.org/realms/council", ""),
        ('"ES256", "RS256"', '"ES256", "none"'),
        ('"ES256", "RS256"', '"ES256", "HS256"'),
        ('"ES256", "RS256"', '"EdDSA"'),
        ('"ES256", "RS256"', ""),
        ("leeway = 10", "leeway = 301"),
        ("leeway = 10", "leeway = -1"),
        ("leeway = 10", "leeway = true"),
        ("leeway = 10", 'leeway = "10"'),
        ("leeway = 10", "leway = 10"),
        ('role_claim = "realm_access.roles"', 'role_claim = ""'),
        ('role_claim = "realm_access.roles"', "role_claim = 5"),
        ('subject_claim = "stimmbuch_id"', "subject_claim = []"),
        ("audience", "audiance"),
        ('["member"]', '["members"]'),
        ('["member"]', '["public"]'),
        ('["member"]', '"member"'),
        ("[provider.roles]", "[provider.role]"),
        ("leeway = 10", "= 10"),
    ],
)
def test_a_slip_is_an_error(old: str, new: str) -> None:
    """It is named, and nobody is let in until it is mended."""
    assert old in GOOD
    with pytest.raises(BadShape):
        read_policy(GOOD.replace(old, new).encode())


def test_an_issuer_is_named_once() -> None:
    """Two tables for one issuer would contradict each other."""
    with pytest.raises(BadShape):
        read_policy((GOOD + GOOD[GOOD.index("[[provider]]") :]).encode())


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_rubbish_is_an_error_of_ours(content: bytes) -> None:
    """Whatever the file holds, nothing else is raised."""
    try:
        read_policy(content)
    except BadShape as error:
        assert error.message  # noqa: PT017 both endings are right
