"""What does each statement of a circular procedure refuse, with which code, setting and paragraph?"""

from __future__ import annotations

from typing import Any

import pytest

from ledger.domain.profile_schema import parse_profile
from ledger.domain.profiles import complete
from ledger.errors import StimmbuchError
from tests.support.circular import CONSENT, DIGEST, Fields, council, say
from tests.support.memory_ledger import SERVICE

REASON = {"reason": "relative"}
REFUSALS: list[tuple[str, Fields, str, str, Fields, str, str | None]] = [
    # what · settings · kind · actor · fields · code · setting that says no
    (
        "no consent asked",
        {},
        "consent-declared",
        "anna",
        {"member": "anna"},
        "not-provided",
        "procedure_consent",
    ),
    (
        "consent for another",
        {"procedure_consent": CONSENT},
        "consent-declared",
        "anna",
        {"member": "bert"},
        "not-allowed",
        "actor",
    ),
    (
        "consent to a part",
        {"procedure_consent": CONSENT},
        "consent-declared",
        "anna",
        {"member": "anna", "items": ["1"]},
        "not-provided",
        "procedure_consent",
    ),
    (
        "consent without a seat",
        {"procedure_consent": CONSENT},
        "consent-declared",
        "sub",
        {"member": "sub"},
        "not-entitled",
        None,
    ),
    (
        "consent to no item",
        {"procedure_consent": {**CONSENT, "partial": True}},
        "consent-declared",
        "anna",
        {"member": "anna", "items": ["9"]},
        "unknown-option",
        None,
    ),
    (
        "no consent to revoke",
        {"procedure_consent": CONSENT},
        "consent-revoked",
        "anna",
        {"member": "anna"},
        "not-declared",
        "procedure_consent",
    ),
    (
        "no objection known",
        {"objection": None},
        "objection-raised",
        "anna",
        {"member": "anna"},
        "not-provided",
        "objection",
    ),
    ("objection without a seat", {}, "objection-raised", "sub", {"member": "sub"}, "not-entitled", None),
    (
        "secret ballot on a matter",
        {},
        "secret-ballot-demanded",
        "anna",
        {"member": "anna", "items": ["1"]},
        "not-provided",
        "secrecy",
    ),
    ("no proxies", {}, "proxy-given", "anna", {"member": "anna", "proxy": "bert"}, "not-provided", "proxy"),
    (
        "an unknown proxy",
        {"proxy": {"max": 1}},
        "proxy-given",
        "anna",
        {"member": "anna", "proxy": "nobody"},
        "unknown-actor",
        None,
    ),
    (
        "no proxy to revoke",
        {"proxy": {"max": 1}},
        "proxy-revoked",
        "anna",
        {"member": "anna"},
        "not-declared",
        "proxy",
    ),
    (
        "nobody is excluded here",
        {"exclusion": "none"},
        "member-excluded",
        "clara",
        {"member": "anna", "items": ["1"], **REASON},
        "not-provided",
        "exclusion",
    ),
    (
        "excluding somebody else",
        {},
        "member-excluded",
        "anna",
        {"member": "emil", "items": ["1"], **REASON},
        "not-allowed",
        None,
    ),
    (
        "excluding from no item",
        {},
        "member-excluded",
        "clara",
        {"member": "anna", "items": ["9"], **REASON},
        "unknown-option",
        None,
    ),
    (
        "no exclusion to lift",
        {},
        "exclusion-lifted",
        "clara",
        {"member": "anna", "items": ["1"]},
        "not-declared",
        "exclusion",
    ),
    (
        "a receipt by nobody",
        {},
        "delivery-recorded",
        "clara",
        {"members": ["sub"], "how": "mail"},
        "not-entitled",
        None,
    ),
    (
        "a receipt by a member's word",
        {},
        "delivery-recorded",
        "anna",
        {"members": ["anna"], "how": "mail"},
        "not-allowed",
        None,
    ),
    (
        "a receipt in the future",
        {},
        "delivery-recorded",
        "clara",
        {"members": ["anna"], "how": "mail", "received_at": "2027-01-01T00:00:00.000Z"},
        "wrong-deadline",
        "deadline",
    ),
    (
        "no substitutes",
        {},
        "substitute-named",
        "clara",
        {"member": "anna", "substitute": "sub", "reason": "ill"},
        "not-provided",
        "substitution",
    ),
    (
        "not this substitute",
        {"substitution": "during"},
        "substitute-named",
        "clara",
        {"member": "bert", "substitute": "sub", "reason": "ill"},
        "not-entitled",
        "substitution",
    ),
    (
        "too late for a substitute",
        {"substitution": "before_start"},
        "substitute-named",
        "clara",
        {"member": "anna", "substitute": "sub", "reason": "ill"},
        "too-late",
        "substitution",
    ),
    (
        "no extension",
        {"extension": "never"},
        "deadline-extended",
        "clara",
        {"closes_at": "2027-01-01T00:00:00.000Z", "reason": DIGEST},
        "not-provided",
        "extension",
    ),
    (
        "an extension backwards",
        {},
        "deadline-extended",
        "clara",
        {"closes_at": "2026-03-02T08:00:30.000Z", "reason": DIGEST},
        "wrong-deadline",
        "extension",
    ),
    (
        "an extension by a member",
        {},
        "deadline-extended",
        "anna",
        {"closes_at": "2027-01-01T00:00:00.000Z", "reason": DIGEST},
        "not-allowed",
        None,
    ),
    (
        "evidence by a clerk",
        {},
        "attempt-refused",
        "clara",
        {"code": "too-late", "statement": "0" * 64},
        "not-allowed",
        None,
    ),
    (
        "evidence of a mistake",
        {},
        "attempt-refused",
        SERVICE,
        {"code": "stale-ballot", "statement": "0" * 64},
        "not-allowed",
        None,
    ),
    ("an early end", {}, "procedure-closed", "clara", {"reason": "all-voted"}, "not-closed", "early_close"),
    ("a certain end", {}, "procedure-closed", "clara", {"reason": "unlosable"}, "not-closed", "early_close"),
    (
        "an end by the chair's word",
        {},
        "procedure-closed",
        "bert",
        {"reason": "chair"},
        "not-allowed",
        "deadline",
    ),
    ("a result before the end", {}, "result-determined", "clara", {}, "not-closed", None),
    (
        "portals are not allowed",
        {"provenance": {"portal": None, "clerk": True}},
        "vote-cast",
        "portal",
        {
            "member": "anna",
            "choices": {"1": "yes"},
            "provenance": {"kind": "portal-attested", "assurance": "high"},
        },
        "not-provided",
        "provenance",
    ),
    (
        "a portal that is not sure enough",
        {"provenance": {"portal": "high", "clerk": True}},
        "vote-cast",
        "portal",
        {
            "member": "anna",
            "choices": {"1": "yes"},
            "provenance": {"kind": "portal-attested", "assurance": "low"},
        },
        "not-allowed",
        "provenance",
    ),
    (
        "a member who claims to be a portal",
        {},
        "vote-cast",
        "bert",
        {
            "member": "anna",
            "choices": {"1": "yes"},
            "provenance": {"kind": "portal-attested", "assurance": "high"},
        },
        "not-allowed",
        None,
    ),
    (
        "clerks may not record",
        {"provenance": {"portal": "low", "clerk": False}},
        "vote-cast",
        "clara",
        {
            "member": "anna",
            "choices": {"1": "yes"},
            "provenance": {"kind": "clerk-recorded", "source": "paper", "witness": "klaus"},
        },
        "not-provided",
        "provenance",
    ),
    (
        "a clerk as her own witness",
        {},
        "vote-cast",
        "clara",
        {
            "member": "anna",
            "choices": {"1": "yes"},
            "provenance": {"kind": "clerk-recorded", "source": "paper", "witness": "clara"},
        },
        "not-allowed",
        "witness",
    ),
    (
        "a member as witness",
        {},
        "vote-cast",
        "clara",
        {
            "member": "anna",
            "choices": {"1": "yes"},
            "provenance": {"kind": "clerk-recorded", "source": "paper", "witness": "emil"},
        },
        "not-allowed",
        None,
    ),
    (
        "a record without its source",
        {},
        "vote-cast",
        "clara",
        {
            "member": "anna",
            "choices": {"1": "yes"},
            "provenance": {"kind": "clerk-recorded", "witness": "klaus"},
        },
        "bad-shape",
        None,
    ),
    (
        "a proxy without a proxy",
        {"proxy": {"max": 1}},
        "vote-cast",
        "bert",
        {"member": "anna", "choices": {"1": "yes"}, "provenance": {"kind": "proxy"}},
        "not-allowed",
        "proxy",
    ),
]


@pytest.mark.parametrize("case", REFUSALS, ids=lambda case: case[0])
def test_a_refusal_has_its_code_and_names_the_setting_that_says_no(case: Any) -> None:
    """A clerk must be able to say why, with the paragraph, and nothing was stored."""
    _, settings, kind, actor, fields, code, setting = case
    ledger, procedure = council(**settings)
    entries = list(ledger.entries)
    with pytest.raises(StimmbuchError) as caught:
        say(ledger, procedure, kind, actor, **fields)
    assert caught.value.code == code, caught.value.message
    assert caught.value.details.get("rule") == setting
    if setting in parse_profile(complete("nkomvg-78")).paragraphs:
        assert str(caught.value.details["paragraph"]).startswith("NKomVG § ")
    assert ledger.entries == entries
