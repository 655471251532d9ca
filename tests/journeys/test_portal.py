"""Can a portal developer do what the clients' page says, from opening a procedure to a receipt?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from api.client import Client, verify_receipt
from tests.support.places import Place
from tests.support.portal_files import portal_called
from tests.support.running import RunningService
from tests.support.shared import CHECKOUT
from tests.support.transcript import Terminal

PAGE = (CHECKOUT / "api" / "client" / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
CONSOLE, PYTHON, PLAIN = ([text for kind, text in BLOCKS if kind == one] for one in ("console", "python", ""))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the demonstration is."""
    return tmp_path_factory.mktemp("portal")


@pytest.fixture(scope="module")
def terminal(folder: Path, tmp_path_factory: pytest.TempPathFactory, bytecode: Path) -> Terminal:
    """A terminal beside the demonstration's ledger."""
    terminal = Terminal(folder, tmp_path_factory.mktemp("programs"), bytecode)
    assert terminal.run("stimmbuch demo --store var/demo").returncode == 0
    return terminal


@pytest.fixture(scope="module")
def portal() -> Iterator[str]:
    """The portal's origin, as `python -m http.server` serves it."""
    with portal_called("localhost") as origin:
        yield origin


@pytest.fixture(scope="module")
def service(terminal: Terminal, folder: Path, portal: str) -> Iterator[RunningService]:
    """The service, which lets the portal in."""
    assert terminal.run("ls var/demo").returncode == 0
    place = Place(str(folder / "var/demo"), str(folder / "var/demo"), folder / "var/demo")
    with RunningService(place, folder / "log", "--allow-origin", portal, workers=1) as running:
        yield running


@pytest.fixture(scope="module")
def opened(terminal: Terminal, service: RunningService, folder: Path) -> dict[str, str]:
    """The page's commands were run; `L` and `V`."""
    story = folder / "README.txt"
    told = "\n".join(CONSOLE).replace("127.0.0.1:8080", f"127.0.0.1:{service.port}")
    story.write_text(told, "utf-8")
    assert terminal.play(story) == 8
    return dict(one.split("=", 1) for one in (folder / "where").read_text("utf-8").split())


def test_the_pages_program_votes_and_reads_the_tally(
    terminal: Terminal, opened: dict[str, str], folder: Path
) -> None:
    """As it stands there, with nothing but two variables around it."""
    (program,) = PYTHON
    (folder / "portal.py").write_text(program, "utf-8")
    done = terminal.run(f"L={opened['L']} V={opened['V']} python portal.py")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "1 of 17 have voted: {'yes': 1, 'no': 0, 'abstain': 0}\nTrue\n"


def test_a_browser_key_votes_and_the_member_keeps_a_receipt(
    browser: Any, terminal: Terminal, opened: dict[str, str], portal: str, folder: Path
) -> None:
    """The page's commands for the registrar and for the receipt, and the example page between them."""
    register, verify = (
        next(one for one in PLAIN if what in one) for what in ("key-registered", "stimmbuch verify")
    )
    page = browser.new_page()
    page.goto(f"{portal}/vote.html")
    for name, value in {"url": opened["L"], "vkey": opened["V"], "member": "m17"}.items():
        page.fill(f"#ledger [name={name}]", value)
    page.click("#ledger button")
    page.wait_for_selector("#register:visible")
    signed = terminal.run(register.replace("PUBLIC_KEY", page.text_content("#public") or ""))
    assert (signed.returncode, signed.stderr) == (0, "")
    page.fill("#register textarea", signed.stdout)
    page.click("#register button")
    page.wait_for_selector("text=The key is registered")
    page.fill("#choose input", "5b0c7f0e-2f5d-4a7c-9d0a-6c1f4f0f9a11")
    page.click("#choose button")
    page.check("#ballot input[value=no]")
    page.click("#ballot button")
    page.wait_for_selector("text=Recorded as entry")
    with page.expect_download() as download:
        page.click("#receipt")
    download.value.save_as(folder / "receipt.tlog-proof")
    page.close()
    done = terminal.run(verify)
    assert (done.returncode, done.stderr) == (0, "")
    receipt = verify_receipt((folder / "receipt.tlog-proof").read_bytes(), [opened["V"]])
    assert f"{receipt.seq}" in done.stdout
    tally = Client(opened["L"]).tally("5b0c7f0e-2f5d-4a7c-9d0a-6c1f4f0f9a11", wait_for=receipt.seq)
    assert tally["items"][0]["counts"]["no"] == 1
