"""Does it work with a provider that others have written?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from api.access.login import Client, kept_login, log_in
from api.access.provider_keys import PAUSE
from api.cli import main
from api.clock import utc_now
from ledger.errors import LoginRefused
from tests.support.guarded import Guarded
from tests.support.oidc import AUDIENCE, Person, RealProvider
from tests.web.site import problem

POLICY = """
[[provider]]
issuer = "{issuer}"
audience = "{audience}"
algorithms = ["ES256"]
subject_claim = "stimmbuch_id"
leeway = 300
[provider.roles]
"ledger:audit" = ["auditor"]
"ledger:vote" = ["member"]
"""
"""The town's clock stands still while the provider starts, which takes seconds where the machine is busy."""
PORTAL_POLICY = POLICY.replace('["member"]', '["portal"]')
URL = "http://127.0.0.1:1/v1/ledgers/town"


@pytest.fixture(scope="module")
def provider() -> Iterator[RealProvider]:
    """The provider."""
    with RealProvider() as provider:
        yield provider


@pytest.fixture
def trusting(guarded: Guarded, provider: RealProvider) -> Guarded:
    """The town, whose clock is the real one, and which believes the provider."""
    guarded.town.clock.now = utc_now()
    trust(guarded, provider, POLICY)
    return guarded


def trust(guarded: Guarded, provider: RealProvider, policy: str) -> None:
    """Writes the policy."""
    content = policy.format(issuer=provider.issuer, audience=AUDIENCE)
    (guarded.home / "access.toml").write_text(content, "utf-8")


def test_a_program_gets_in_with_its_own_token(trusting: Guarded, provider: RealProvider) -> None:
    """Client credentials: what a portal's backend does."""
    token = f"Bearer {provider.portal_token('ledger:audit')}"
    assert trusting.get("/events", token).status_code == 200
    problem(trusting.call("PUT", f"{trusting.site.api}/documents/{'0' * 64}", token), 403, "role-missing")


def test_a_program_is_no_member(trusting: Guarded, provider: RealProvider) -> None:
    """Its token stands for nobody in the register."""
    token = f"Bearer {provider.portal_token('ledger:vote')}"
    problem(trusting.get("/procedures", token), 403, "role-missing")
    trust(trusting, provider, PORTAL_POLICY)
    assert trusting.get("/procedures", token).status_code == 200


def test_keys_may_change(trusting: Guarded, provider: RealProvider) -> None:
    """A rotation is noticed by the first token that is signed with the new key; the old one ends."""
    before = f"Bearer {provider.portal_token('ledger:audit')}"
    assert trusting.get("/events", before).status_code == 200
    provider.restart()
    after = f"Bearer {provider.portal_token('ledger:audit')}"
    keys = trusting.site.service.gate.policy().providers[provider.issuer].keys
    keys._tried -= PAUSE
    assert trusting.get("/events", after).status_code == 200


def test_a_token_is_refused_while_the_provider_is_down(trusting: Guarded, provider: RealProvider) -> None:
    """503, and afterwards it counts."""
    token = f"Bearer {provider.portal_token('ledger:audit')}"
    provider.stop()
    response = trusting.get("/events", token)
    provider.start()
    problem(response, 503, "provider-unavailable")


def test_a_member_logs_in_and_votes(
    trusting: Guarded, provider: RealProvider, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The device flow: a code at the terminal, confirmed in a browser; the token is the member's."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    shown: list[str] = []

    def show(text: str = "", **_: object) -> None:
        shown.append(text)
        if text.startswith("Open "):
            Person("m1").confirm(text.removeprefix("Open "))

    monkeypatch.setattr("api.cli.login.click.echo", show)
    options = ["--issuer", provider.issuer, "--client-id", "command-line", "--resource", AUDIENCE]
    done = CliRunner().invoke(main, ["login", "--url", URL, *options, "--scope", "openid ledger:vote"])
    assert done.exit_code == 0, (done.output, shown)
    assert shown[0].startswith(f"Open {provider.issuer}/device?user_code=")
    [kept] = (tmp_path / "stimmbuch" / "logins").iterdir()
    assert (kept.stat().st_mode & 0o777, str(kept) in shown[-1]) == (0o600, True)
    assert kept_login(URL.replace("town", "elsewhere")) is None

    token = f"Bearer {kept_login(URL)}"
    motion = trusting.town.open()
    for member, status in (("m2", 403), ("m1", 201)):
        vote = trusting.town.statement(
            "vote-cast", member, procedure=motion, member=member, choices={"1": "yes"}
        )
        assert trusting.submit(vote, token).status_code == status
    assert CliRunner().invoke(main, ["login", "--url", URL, "--forget"]).exit_code == 0
    assert kept_login(URL) is None


def test_a_login_that_nobody_confirms_ends(provider: RealProvider) -> None:
    """The provider says `authorization_pending` until the code has expired; nobody waits for ever."""
    waited: list[float] = []
    client = Client(provider.issuer, "command-line", "openid ledger:vote", AUDIENCE)
    with pytest.raises(LoginRefused):
        log_in(client, lambda asked: None, waited.append)
    assert 55 <= sum(waited) <= 70


def test_a_program_that_the_provider_does_not_know_is_told_so(provider: RealProvider) -> None:
    """In one sentence, with the exit code of a refusal."""
    options = ["--issuer", provider.issuer, "--client-id", "nobody"]
    done = CliRunner().invoke(main, ["login", "--url", URL, *options])
    assert (done.exit_code, "invalid_client" in done.stderr) == (1, True)
