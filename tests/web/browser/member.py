"""A member's page of a portal: the browser module in real Chromium, driven from here."""

from __future__ import annotations

from typing import Any

from tests.web.site import Site

MEMBER = "eva"


class Page:
    """A page of the portal, with the module in it as `s`."""

    def __init__(self, page: Any, portal: str, ledger: dict[str, Any]) -> None:
        self.page, self.ledger = page, ledger
        page.goto(portal + "/vote.html")
        page.evaluate("async () => { window.s = await import('./stimmbuch.js'); }")

    def run(self, body: str, **given: Any) -> Any:
        """What an async function of `given` and `ledger` returns."""
        names = ", ".join(["ledger", *given])
        return self.page.evaluate(f"async ({{{names}}}) => {{ {body} }}", {"ledger": self.ledger, **given})

    def fails(self, body: str, **given: Any) -> str:
        """The message of the error that it throws."""
        caught = "try { %s } catch (error) { return `${error.code ?? ''}: ${error.message}`; } return null;"
        said = self.run(caught % body.replace("return ", "await "), **given)
        assert said is not None
        return str(said)


VOTE = f"""
    const key = await s.loadKey('{MEMBER}');
    const shown = await s.ask(ledger, 'GET', `/procedures/${{motion}}?wait_for=${{head}}`);
    const ballot = await s.ballotOf(shown);
"""
CAST = f"s.vote(ledger, key, {{ member: '{MEMBER}', procedure: motion, choices: {{ 1: 'yes' }}, ballot }})"


def cast(page: Page, site: Site, motion: str) -> Any:
    """The receipt of Eva's vote."""
    return page.run(f"{VOTE} return {CAST}", motion=motion, head=site.town.ledger.head())
