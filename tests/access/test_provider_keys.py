"""Are a provider's keys found, kept and renewed, whatever the provider and those who make up key ids do?"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from joserfc.jwk import ECKey

from api.access.provider_keys import KEEP, LARGEST, PAUSE, STALE, ProviderKeys, check_origin, read_keys
from ledger.errors import BadShape, CredentialInvalid, ProviderUnavailable
from tests.support.guarded import Guarded
from tests.support.issuer import AUDIENCE, DISCOVERY, Issuer
from tests.web.site import problem

BOTH = [DISCOVERY, "/jwks"]


class Time:
    """A clock of one's own."""

    now = 1000.0

    def __call__(self) -> float:
        """Seconds."""
        return self.now


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    """An issuer with one key."""
    with Issuer() as issuer:
        yield issuer


@pytest.fixture
def time() -> Time:
    """The clock of `keys`."""
    return Time()


@pytest.fixture
def keys(issuer: Issuer, time: Time) -> ProviderKeys:
    """The issuer's keys, by a clock that is moved by hand."""
    return ProviderKeys(issuer.url, monotonic=time)


def refused(keys: ProviderKeys, kid: str) -> None:
    """Asks for a key that nobody publishes."""
    with pytest.raises(CredentialInvalid):
        keys.key(kid)


def test_keys_are_kept_for_some_minutes(issuer: Issuer, keys: ProviderKeys, time: Time) -> None:
    """Not one request to the provider for each request to us."""
    for _ in range(5):
        keys.key("es1")
    assert issuer.asked == BOTH
    time.now += KEEP
    keys.key("es1")
    assert issuer.asked == BOTH * 2


def test_a_new_key_counts_at_once(issuer: Issuer, keys: ProviderKeys, time: Time) -> None:
    """The provider has rotated: the first token with the new key has it asked."""
    keys.key("es1")
    time.now += PAUSE
    issuer.add("es2", ECKey.generate_key("P-256"))
    assert keys.key("es2").kid == "es2"


def test_a_key_that_is_gone_counts_no_longer_than_it_is_kept(
    issuer: Issuer, keys: ProviderKeys, time: Time
) -> None:
    """What the provider withdraws ends within minutes."""
    keys.key("es1")
    issuer.publish({**ECKey.generate_key("P-256").as_dict(private=False), "kid": "es2"}, instead=True)
    time.now += KEEP
    refused(keys, "es1")


def test_made_up_key_ids_do_not_reach_the_provider(issuer: Issuer, keys: ProviderKeys, time: Time) -> None:
    """One question in ten seconds, however many of them come: nobody attacks the provider through us."""
    keys.key("es1")
    for number in range(50):
        refused(keys, f"made-up-{number}")
    assert issuer.asked == BOTH
    time.now += PAUSE
    for number in range(50):
        refused(keys, f"made-up-{number}")
    assert issuer.asked == BOTH * 2


def test_known_keys_serve_while_the_provider_is_down(issuer: Issuer, keys: ProviderKeys, time: Time) -> None:
    """For an hour; what is not known is not refused, for nobody knows: ask again."""
    keys.key("es1")
    issuer.answers[DISCOVERY] = 503, b""
    time.now += STALE - 1
    assert keys.key("es1").kid == "es1"
    with pytest.raises(ProviderUnavailable):
        keys.key("es2")
    time.now += 1
    with pytest.raises(ProviderUnavailable):
        keys.key("es1")
    issuer.describe()
    time.now += PAUSE
    assert keys.key("es1").kid == "es1"


def test_whoever_knows_the_key_does_not_wait_for_the_provider(issuer: Issuer, time: Time) -> None:
    """A provider that hangs holds up those alone whose key nobody knows."""
    asked, go_on = threading.Event(), threading.Event()
    go_on.set()
    answers = {
        f"{issuer.url}{DISCOVERY}": {"issuer": issuer.url, "jwks_uri": f"{issuer.url}/jwks"},
        f"{issuer.url}/jwks": json.loads(issuer.answers["/jwks"][1]),
    }

    def fetch(url: str) -> Any:
        asked.set()
        go_on.wait(60)
        return answers[url]

    keys = ProviderKeys(issuer.url, fetch, time)
    keys.key("es1")
    asked.clear()
    go_on.clear()
    time.now += KEEP
    waiting = threading.Thread(target=refused, args=(keys, "made-up"))
    waiting.start()
    asked.wait(60)
    assert keys.key("es1").kid == "es1"
    go_on.set()
    waiting.join()


@pytest.mark.parametrize(
    "answers",
    [
        {DISCOVERY: (404, b"")},
        {DISCOVERY: (302, b"")},
        {DISCOVERY: (200, b"")},
        {DISCOVERY: (200, b"<html>")},
        {DISCOVERY: (200, b"[" * 100_000)},
        {DISCOVERY: (200, b"[]")},
        {DISCOVERY: (200, b"{}")},
        {DISCOVERY: (200, b'{"issuer":"https://other.example","jwks_uri":"https://other.example/jwks"}')},
        {"/jwks": (200, b"{}")},
        {"/jwks": (200, b'{"keys":{}}')},
        {"/jwks": (200, json.dumps({"keys": [{}] * 65}).encode())},
        {"/jwks": (200, b" " * (LARGEST + 1))},
        {"/jwks": (500, b"")},
    ],
)
def test_a_provider_that_answers_badly_is_unavailable(
    issuer: Issuer, keys: ProviderKeys, answers: dict[str, tuple[int, bytes]]
) -> None:
    """Not the caller's fault: 503, and not 401."""
    issuer.answers.update(answers)
    with pytest.raises(ProviderUnavailable):
        keys.key("es1")


@pytest.mark.parametrize(
    "address",
    [
        None,
        5,
        "",
        "jwks",
        "http://other.example/jwks",
        "http://169.254.169.254/latest",
        "file:///etc/passwd",
        "https://",
        "http://127.0.0.1.example.org/jwks",
        "http://[::1/jwks",
    ],
)
def test_keys_are_not_fetched_from_where_others_can_answer(
    issuer: Issuer, keys: ProviderKeys, address: Any
) -> None:
    """Without TLS whoever sits on the way would be the provider."""
    issuer.describe(jwks_uri=address)
    with pytest.raises(ProviderUnavailable):
        keys.key("es1")
    assert issuer.asked == [DISCOVERY]


@pytest.mark.parametrize(
    "url", ["https://login.example.org", "http://localhost:1/x", "http://[::1]:5", "http://127.0.0.1"]
)
def test_addresses_that_may_be_asked(url: str) -> None:
    """https, or this machine."""
    assert check_origin(url) == url


@pytest.mark.parametrize("found", [None, [], "keys", {"keys": None}, {"keys": "x"}])
def test_what_is_no_set_of_keys(found: Any) -> None:
    """RFC 7517 §5: an object with the member `keys`, an array."""
    with pytest.raises(BadShape):
        read_keys(found)


POLICY = """
[[provider]]
issuer = "{issuer}"
audience = "{audience}"
algorithms = ["ES256"]
role_claim = "roles"
subject_claim = "stimmbuch_id"
[provider.roles]
"ledger:audit" = ["auditor"]
"council" = ["member"]
"""


def test_a_provider_that_is_down_is_no_401(guarded: Guarded, issuer: Issuer) -> None:
    """503 with Retry-After: the client must not throw a good token away. Our own tokens go on counting."""
    (guarded.home / "access.toml").write_text(POLICY.format(issuer=issuer.url, audience=AUDIENCE), "utf-8")
    issuer.answers.clear()
    response = guarded.get("/procedures", f"Bearer {issuer.token()}")
    problem(response, 503, "provider-unavailable")
    assert response.headers["Retry-After"] == "10"
    assert guarded.get("/procedures", "auditor").status_code == 200


def test_a_token_of_the_provider_opens_what_its_role_may(guarded: Guarded, issuer: Issuer) -> None:
    """From the header to the answer: the right role, the right person, the right time."""
    (guarded.home / "access.toml").write_text(POLICY.format(issuer=issuer.url, audience=AUDIENCE), "utf-8")
    issuer.now += 3600  # the town's clock has moved on
    guarded.town.clock.advance(3600)
    motion = guarded.town.open()
    statement = guarded.town.statement("vote-cast", "m2", procedure=motion, member="m2", choices={"1": "yes"})
    auditor = f"Bearer {issuer.token()}"
    assert guarded.get("/events", auditor).status_code == 200
    problem(guarded.submit(statement, auditor), 403, "role-missing")
    other = issuer.token(roles=["council"], stimmbuch_id="m1")
    problem(guarded.submit(statement, f"Bearer {other}"), 403, "other-subject")
    own = issuer.token(roles=["council"], stimmbuch_id="m2")
    assert guarded.submit(statement, f"Bearer {own}").status_code == 201
    nobody = issuer.token(roles=["visitor"])
    problem(guarded.get("/procedures", f"Bearer {nobody}"), 403, "role-missing")
    guarded.town.clock.advance(700)
    problem(guarded.get("/events", auditor), 401, "credential-invalid")
