"""A real OpenID Connect provider by others (the npm package `oidc-provider`), as a process on loopback.

It is installed once, by its lock file, into the user's cache. Where there is no node or no npm, tests that
need it are skipped, and say aloud what was not checked.
"""

from __future__ import annotations

import hashlib
import html
import http.cookiejar
import json
import re
import shutil
import subprocess
import urllib.parse
import urllib.request
from functools import cache
from pathlib import Path
from typing import Any, Self

import pytest

from tests.support.kept import done, kept
from tests.support.ports import held_port

HERE = Path(__file__).parent / "oidc_provider"
AUDIENCE = "https://ledger.example.org/v1/ledgers/town"
PATIENCE = 120
"""Seconds for installing, and for starting it."""

ALOUD = "NOT CHECKED WITH A REAL OPENID CONNECT PROVIDER: "


class RealProvider:
    """A context manager; `restart` gives it other keys under the same address."""

    def __init__(self) -> None:
        self._folder = installed()
        self._held = held_port()
        self.port: int = self._held.getsockname()[1]
        self.issuer = f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Returns when it answers."""
        command = ["node", str(self._folder / "provider.mjs"), str(self.port)]
        self._process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=self._folder, text=True
        )
        assert self._process.stdout is not None
        try:
            if "listening" not in self._process.stdout.readline():
                raise RuntimeError("the provider does not start")
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Ends it."""
        self._process.kill()
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()

    def restart(self) -> None:
        """Other keys, the same address."""
        self.stop()
        self.start()

    def portal_token(self, scope: str) -> str:
        """A token of a program (client credentials, RFC 6749 §4.4)."""
        form = {"grant_type": "client_credentials", "scope": scope, "resource": AUDIENCE}
        request = urllib.request.Request(f"{self.issuer}/token", urllib.parse.urlencode(form).encode())
        request.add_header("Authorization", "Basic cG9ydGFsOm9mLXRoZS1wb3J0YWw=")  # portal:of-the-portal
        with urllib.request.urlopen(request) as answer:
            found: dict[str, Any] = json.load(answer)
        return str(found["access_token"])

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self._held.close()


class Person:
    """Somebody with a browser that keeps cookies, who logs in and confirms a code."""

    def __init__(self, name: str) -> None:
        self._name = name
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._browser = urllib.request.build_opener(cookies)

    def confirm(self, address: str, *, agree: bool = True) -> str:
        """Goes through the provider's pages from where the code is confirmed; returns the last one."""
        where, page = self._open(address)
        for _ in range(8):
            found = re.search(r'<form[^>]*action="([^"]+)"', page)
            if found is None:
                return page
            if not agree and "abort" in page:
                break
            where, page = self._submit(urllib.parse.urljoin(where, html.unescape(found[1])), page)
        return page

    def _submit(self, action: str, page: str) -> tuple[str, str]:
        fields = {
            name: html.unescape(_attribute(field, "value"))
            for field in re.findall(r"<input[^>]*>", page)
            if (name := _attribute(field, "name"))
        }
        if "login" in fields:
            fields |= {"login": self._name, "password": "any"}
        if "user_code" in fields and "xsrf" in fields:
            fields["confirm"] = "yes"
        return self._open(action, urllib.parse.urlencode(fields).encode())

    def _open(self, address: str, body: bytes | None = None) -> tuple[str, str]:
        with self._browser.open(address, body) as answer:
            return answer.url, answer.read().decode()


def _attribute(field: str, name: str) -> str:
    found = re.search(rf'\s{name}="([^"]*)"', field)
    return found[1] if found else ""


def installed() -> Path:
    """The folder in which it is. Skips the test if it cannot be had."""
    found = _installed()
    if isinstance(found, str):
        pytest.skip(ALOUD + found)
    return found


@cache
def _installed() -> Path | str:
    """The folder, or why there is none."""
    if not (shutil.which("node") and shutil.which("npm")):
        return "there is no node, or no npm"
    files = [HERE / name for name in ("package.json", "package-lock.json", "provider.mjs")]
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]

    def install(draft: Path) -> Path | str:
        folder = draft / "provider"
        folder.mkdir()
        for file in files:
            shutil.copy(file, folder)
        command = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]
        return done(command, folder, PATIENCE) or folder

    return kept(f"oidc-provider-{digest}", install)
