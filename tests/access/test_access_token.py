"""Does a token of an OpenID Connect provider count when keys, times and audience say so, and else never?"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from joserfc.jwk import ECKey, OKPKey, RSAKey

from api.access.access_token import AccessTokens, Provider
from api.access.policy import Policy
from api.access.provider_keys import ProviderKeys
from ledger.errors import CredentialInvalid, RoleMissing
from tests.support.issuer import AUDIENCE, Issuer

NOW = "2026-03-02T08:00:00.000Z"
ROLES = {"ledger:audit": frozenset({"auditor"}), "ledger:member": frozenset({"member"})}
ALLOWED = frozenset({"ES256", "RS256", "PS256", "Ed25519"})


@pytest.fixture(scope="module")
def issuer() -> Iterator[Issuer]:
    """An issuer with a key of each kind."""
    with Issuer(NOW) as issuer:
        issuer.add("rs1", RSAKey.generate_key(2048))
        issuer.add("ed1", OKPKey.generate_key("Ed25519"))
        yield issuer


@pytest.fixture
def tokens(issuer: Issuer) -> AccessTokens:
    """What checks its tokens."""
    return checks(issuer)


def checks(issuer: Issuer, **changed: Any) -> AccessTokens:
    """The same with other settings."""
    wanted: dict[str, Any] = {
        "issuer": issuer.url,
        "audience": AUDIENCE,
        "algorithms": ALLOWED,
        "roles": ROLES,
        "role_claim": "roles",
        "subject_claim": "stimmbuch_id",
        **changed,
    }
    return AccessTokens(Provider(**wanted), ProviderKeys(issuer.url))


def later(seconds: float) -> str:
    """The time then."""
    moment = datetime.fromisoformat(NOW) + timedelta(seconds=seconds)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def refused(tokens: AccessTokens, token: str, now: str = NOW) -> str:
    """Why a token does not count."""
    with pytest.raises(CredentialInvalid) as error:
        tokens.grant(token, now)
    return error.value.message


@pytest.mark.parametrize(
    ("kid", "alg"), [("es1", "ES256"), ("rs1", "RS256"), ("rs1", "PS256"), ("ed1", "Ed25519")]
)
def test_a_good_token_counts(issuer: Issuer, tokens: AccessTokens, kid: str, alg: str) -> None:
    """With every algorithm that was allowed."""
    grant = tokens.grant(issuer.token(kid=kid, header={"alg": alg}), NOW)
    assert (set(grant.roles), grant.subject, grant.expires) == ({"auditor"}, None, later(630))


@pytest.mark.parametrize("header", ['["alg"]', '"alg"', "[]", "{}", "5", "null", "[" * 4000, '{"alg":[]}'])
def test_a_header_that_is_no_object_is_refused_and_not_a_fault_of_ours(
    issuer: Issuer, tokens: AccessTokens, header: str
) -> None:
    """Nobody has signed it: whoever can send a request can send this."""
    _, claims, signature = issuer.token().split(".")
    forged = base64.urlsafe_b64encode(header.encode()).decode().rstrip("=")
    token = f"{forged}.{claims}.{signature}"
    refused(tokens, token)
    with pytest.raises(CredentialInvalid):
        Policy(providers={issuer.url: tokens}).grant(token, NOW)


@pytest.mark.parametrize("typ", ["AT+JWT", "application/at+jwt"])
def test_the_type_may_be_written_in_both_ways(issuer: Issuer, tokens: AccessTokens, typ: str) -> None:
    """RFC 9068 §4, RFC 7515 §4.1.9."""
    assert tokens.grant(issuer.token(header={"typ": typ}), NOW).roles == {"auditor"}


def test_an_audience_among_others_counts(issuer: Issuer, tokens: AccessTokens) -> None:
    """RFC 7519 §4.1.3: one text, or a list."""
    assert tokens.grant(issuer.token(aud=["https://other.example", AUDIENCE]), NOW).roles == {"auditor"}


@pytest.mark.parametrize(
    ("claims", "why"),
    [
        ({"iss": "http://127.0.0.1:1"}, "another issuer"),
        ({"iss": None}, "another issuer"),
        ({"aud": "https://other.example"}, "another service"),
        ({"aud": None}, "another service"),
        ({"aud": []}, "another service"),
        ({"aud": AUDIENCE + "/"}, "another service"),
        ({"aud": {AUDIENCE: 1}}, "another service"),
        ({"exp": None}, "from when to when"),
        ({"iat": None}, "from when to when"),
        ({"exp": "2026-03-02"}, "no numbers"),
        ({"exp": True}, "no numbers"),
        ({"nbf": "soon"}, "no numbers"),
        ({"iat": [1]}, "no numbers"),
        ({"stimmbuch_id": "no id at all!"}, "no id"),
        ({"stimmbuch_id": 17}, "no id"),
    ],
)
def test_a_token_with_a_wrong_claim_is_refused(
    issuer: Issuer, tokens: AccessTokens, claims: dict[str, Any], why: str
) -> None:
    """It is signed by the right key, and all the same it is not for us."""
    assert why in refused(tokens, issuer.token(**claims))


def test_times_are_kept_with_a_small_leeway(issuer: Issuer, tokens: AccessTokens) -> None:
    """Clocks differ by seconds: 30 of them, and not one more."""
    now = issuer.now
    tokens.grant(issuer.token(iat=now - 60, exp=now - 29), NOW)
    assert "expired" in refused(tokens, issuer.token(iat=now - 60, exp=now - 30))
    tokens.grant(issuer.token(nbf=now + 30), NOW)
    assert "not count yet" in refused(tokens, issuer.token(nbf=now + 31))
    assert "not count yet" in refused(tokens, issuer.token(iat=now + 31))


def test_there_is_no_token_for_ever(issuer: Issuer, tokens: AccessTokens) -> None:
    """Whatever its issuer thinks."""
    tokens.grant(issuer.token(exp=issuer.now + 24 * 3600), NOW)
    assert "24 hours" in refused(tokens, issuer.token(exp=issuer.now + 24 * 3600 + 1))
    for endless in (1e308, 2**62):
        refused(tokens, issuer.token(exp=endless))


@pytest.mark.parametrize(
    "header",
    [
        {"alg": "RS256"},
        {"alg": "ES384"},
        {"alg": "EdDSA"},
        {"alg": "nOnE"},
        {"alg": None},
        {"alg": ["ES256"]},
        {"kid": None},
        {"kid": "es2"},
        {"kid": 1},
        {"kid": "x" * 257},
        {"kid": "../../etc/passwd"},
        {"typ": None},
        {"typ": "JWT"},
        {"typ": "id+jwt"},
        {"typ": "dpop+jwt"},
        {"typ": 1},
        {"crit": ["b64"], "b64": False},
        {"crit": ["x"], "x": 1},
    ],
)
def test_a_token_with_another_header_is_refused(
    issuer: Issuer, tokens: AccessTokens, header: dict[str, Any]
) -> None:
    """The header is the attacker's: it may name a key and an allowed algorithm, and nothing else."""
    good = issuer.token()
    changed = {**json.loads(_unb64(good.split(".")[0])), **header}
    kept = {name: value for name, value in changed.items() if value is not None}
    forged = ".".join([_b64(json.dumps(kept).encode()), *good.split(".")[1:]])
    refused(tokens, forged)


@pytest.mark.parametrize("alg", ["none", "None", "NONE", ""])
@pytest.mark.parametrize("signature", ["", "AA"])
def test_a_token_that_says_it_is_not_signed_is_refused(
    issuer: Issuer, tokens: AccessTokens, alg: str, signature: str
) -> None:
    """`alg: none` (RFC 8725 §3.1)."""
    _, claims, _ = issuer.token().split(".")
    header = _b64(json.dumps({"alg": alg, "typ": "at+jwt", "kid": "es1"}).encode())
    refused(tokens, f"{header}.{claims}.{signature}")


@pytest.mark.parametrize("form", ["pem", "der", "jwk", "n"])
def test_the_public_key_is_no_secret_for_an_hmac(issuer: Issuer, tokens: AccessTokens, form: str) -> None:
    """The classical confusion: HS256 with the published RSA key as the secret (RFC 8725 §2.1)."""
    public = issuer.keys["rs1"]
    secrets = {
        "pem": public.as_pem(private=False),  # type: ignore[union-attr]
        "der": public.as_der(private=False),  # type: ignore[union-attr]
        "jwk": json.dumps(public.as_dict(private=False)).encode(),
        "n": str(public.as_dict(private=False)["n"]).encode(),
    }
    import hashlib
    import hmac

    header = _b64(json.dumps({"alg": "HS256", "typ": "at+jwt", "kid": "rs1"}).encode())
    signed = f"{header}.{issuer.token().split('.')[1]}"
    tag = hmac.new(secrets[form], signed.encode(), hashlib.sha256).digest()
    assert "not allowed" in refused(tokens, f"{signed}.{_b64(tag)}")
    # Not even where somebody could have allowed it: such a key is none of the provider's.
    with pytest.raises(CredentialInvalid):
        checks(issuer, algorithms=ALLOWED | {"HS256"}).grant(f"{signed}.{_b64(tag)}", NOW)


def test_a_key_that_the_token_brings_is_not_used(issuer: Issuer, tokens: AccessTokens) -> None:
    """`jwk`, `jku` and `x5u` in the header are what the attacker wrote (RFC 8725 §3.10)."""
    own = ECKey.generate_key("P-256")
    issuer.keys["theirs"] = own
    for brought in (
        {"jwk": own.as_dict(private=False)},
        {"jku": f"{issuer.url}/theirs"},
        {"x5u": f"{issuer.url}/theirs"},
    ):
        refused(tokens, issuer.token(kid="theirs", header={"kid": "es1", **brought}))
    assert [path for path in issuer.asked if "theirs" in path] == []


@pytest.mark.parametrize(
    "key",
    [
        {"kty": "oct", "k": "c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0"},
        ECKey.generate_key("P-256").as_dict(private=True),
        OKPKey.generate_key("Ed25519").as_dict(private=True),
        {**ECKey.generate_key("P-256").as_dict(private=False), "use": "enc"},
        {**ECKey.generate_key("P-256").as_dict(private=False), "key_ops": ["encrypt"]},
        {**ECKey.generate_key("P-256").as_dict(private=False), "key_ops": 5},
        {"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"},
        {"kty": "EC", "crv": "P-256", "x": 1, "y": None},
        {"kty": ["EC"]},
        {"kty": "AKP", "alg": "ML-DSA-44", "pub": "AA"},
        {},
        None,
        "es3",
    ],
)
def test_a_published_key_that_must_not_verify_is_as_if_it_were_not_there(key: Any) -> None:
    """Symmetric ones, private ones that everybody can sign with, those for encryption, and rubbish."""
    with Issuer(NOW) as issuer:
        issuer.publish({**key, "kid": "odd"} if isinstance(key, dict) else key)
        tokens = checks(issuer)
        assert tokens.grant(issuer.token(), NOW).roles == {"auditor"}
        with pytest.raises(CredentialInvalid):
            tokens.keys.key("odd")


def test_a_short_key_is_not_used() -> None:
    """RSA below 2048 bits (RFC 8725 §3.5, NIST SP 800-131A)."""
    with pytest.warns(match="2048"):
        short = RSAKey.generate_key(1024)
    with Issuer(NOW) as issuer:
        issuer.add("short", short)
        refused(checks(issuer), issuer.token(kid="short", header={"alg": "RS256"}))


def test_two_keys_of_one_name_are_none() -> None:
    """Nobody says which of them is meant."""
    with Issuer(NOW) as issuer:
        issuer.add("es1", ECKey.generate_key("P-256"))
        refused(checks(issuer), issuer.token())


def test_a_key_is_used_for_its_own_algorithm_alone() -> None:
    """A key that says PS256 does not verify RS256."""
    with Issuer(NOW) as issuer:
        issuer.add("rs1", RSAKey.generate_key(2048), alg="PS256")
        tokens = checks(issuer)
        tokens.grant(issuer.token(kid="rs1", header={"alg": "PS256"}), NOW)
        refused(tokens, issuer.token(kid="rs1", header={"alg": "RS256"}))


def test_a_remembered_token_is_not_decoded_again(
    issuer: Issuer, tokens: AccessTokens, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is asked for with every vote: base64 and JSON would cost more than the look at its digest."""
    policy = Policy(providers={"https://other.example": checks(issuer), issuer.url: tokens})
    token = issuer.token()
    first = policy.grant(token, NOW)
    decoded: list[str] = []
    monkeypatch.setattr("api.access.policy.issuer_of", decoded.append)
    assert policy.grant(token, NOW) == first
    assert decoded == []


def test_a_remembered_token_still_ends(issuer: Issuer, tokens: AccessTokens) -> None:
    """What is remembered is that the signature is good, and until when the token counts."""
    token = issuer.token()
    first = tokens.grant(token, NOW)
    assert tokens.grant(token, later(10_000)) is first
    assert first.expires < later(10_000)  # the gate looks at this, every time


@pytest.mark.parametrize(
    ("claim", "value", "roles"),
    [
        ("roles", ["ledger:audit", "x"], {"auditor"}),
        ("scope", "openid ledger:audit", {"auditor"}),
        ("scope", "ledger:audit2 openid", None),
        ("realm_access.roles", {"roles": ["ledger:audit"]}, {"auditor"}),
        ("realm_access.roles", "ledger:audit", None),
        ("roles", "ledger:audit ledger:member", {"auditor"}),  # a member without a subject is nobody
        ("roles", [["ledger:audit"], 5, None], None),
        ("roles", {"ledger:audit": True}, None),
        ("roles", None, None),
    ],
)
def test_roles_come_from_the_claim_that_was_named(
    issuer: Issuer, claim: str, value: Any, roles: set[str] | None
) -> None:
    """Whole words of it, and only those that the operator has translated."""
    tokens = checks(issuer, role_claim=claim)
    token = issuer.token(**{"roles": None, claim.split(".", maxsplit=1)[0]: value})
    if roles is None:
        with pytest.raises(RoleMissing):
            tokens.grant(token, NOW)
    else:
        assert tokens.grant(token, NOW).roles == roles


def test_a_member_is_the_person_of_the_claim(issuer: Issuer, tokens: AccessTokens) -> None:
    """The register's id, which the provider keeps for us; `sub` is the provider's own."""
    grant = tokens.grant(issuer.token(roles=["ledger:member"], stimmbuch_id="m17"), NOW)
    assert (set(grant.roles), grant.subject) == ({"member"}, "m17")


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.data())
def test_no_changed_token_counts(issuer: Issuer, tokens: AccessTokens, data: st.DataObject) -> None:
    """Any letter of it changed: of the header, of the claims, of the signature."""
    good = issuer.token(kid="ed1", header={"alg": "Ed25519"})
    place = data.draw(st.integers(0, len(good) - 2))  # the last letter holds bits that mean nothing
    letter = data.draw(st.sampled_from("ABCXYZabcxyz0189-_."))
    changed = good[:place] + letter + good[place + 1 :]
    if changed != good:
        refused(tokens, changed)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.from_regex(r"[A-Za-z0-9._~+/-]{1,200}=*", fullmatch=True) | st.binary(max_size=60))
def test_no_made_up_token_breaks_anything(issuer: Issuer, made_up: str | bytes) -> None:
    """It is refused, whatever it is."""
    policy = Policy(providers={issuer.url: checks(issuer)})
    text = made_up if isinstance(made_up, str) else ".".join([_b64(made_up)] * 3)
    with pytest.raises(CredentialInvalid):
        policy.grant(text, NOW)


def _b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
