"""Installs a built wheel into a fresh environment elsewhere, runs the command, and loads a page.

Usage: ``python -m scripts.check_wheel dist/stimmbuch-….whl``. A checkout hides what a wheel lacks (a
template, a migration, a sub-package); a fresh environment in another folder does not.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

LOCK = Path(__file__).resolve().parents[1] / "requirements.lock"
PAGES = {"/": b"<html", "/v1/openapi.json": b'"openapi"'}  # a template, and a data file
PATIENCE = 600  # seconds for filling the ledger with the demonstration's votes, on the slowest machine


def install(wheel: Path, folder: Path) -> Path:
    """A new environment with the wheel and the locked requirements; returns its folder of programs."""
    subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
    programs = folder / "venv" / "bin"
    pip: list[str | Path] = [
        programs / "python",
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
    ]
    subprocess.run([*pip, "--only-binary", ":all:", "--require-hashes", "-r", LOCK], cwd=folder, check=True)
    subprocess.run([*pip, "--no-deps", wheel], cwd=folder, check=True)
    return programs


def load(url: str, server: subprocess.Popen[bytes]) -> bytes:
    """The page's bytes, as soon as the server answers. Raises where it ends or stays silent."""
    for _ in range(PATIENCE):
        if server.poll() is not None:
            sys.exit(f"the server ended with {server.returncode} before it answered")
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310  loopback, our own server
                return bytes(answer.read())
        except urllib.error.HTTPError:
            raise
        except OSError:
            time.sleep(1)
    sys.exit(f"{url} did not answer within {PATIENCE} s")


def check_pages(programs: Path, folder: Path) -> None:
    """Serves the demonstration from the installed wheel, and loads what only comes with its data files."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command: list[str | Path] = [
        programs / "stimmbuch",
        "demo",
        "--store",
        folder / "ledger",
        "--serve",
        "--port",
        str(port),
    ]
    with subprocess.Popen(command, cwd=folder) as server:
        try:
            for page, part in PAGES.items():
                body = load(f"http://127.0.0.1:{port}{page}", server)
                if part not in body:
                    sys.exit(f"{page} does not contain {part.decode()}")
                print(f"{page}: {len(body)} bytes")
        finally:
            server.send_signal(signal.SIGTERM)


def main(wheel: str) -> None:
    """Runs the check; ends with an error where something is missing."""
    os.environ.pop("PYTHONPATH", None)
    with tempfile.TemporaryDirectory(prefix="stimmbuch-wheel-") as name:
        folder = Path(name)
        programs = install(Path(wheel).resolve(), folder)
        subprocess.run([programs / "stimmbuch", "--version"], cwd=folder, check=True)
        check_pages(programs, folder)
    print("The wheel works on its own.")


if __name__ == "__main__":
    main(*sys.argv[1:])
