"""A PKCS#11 token in a temporary folder: SoftHSM, as Debian ships it."""

from __future__ import annotations

import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

MODULES = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib64/libsofthsm2.so",
    "/usr/local/lib/softhsm/libsofthsm2.so",
)
MODULE = next((path for path in MODULES if Path(path).is_file()), "")
MISSING = [] if MODULE and shutil.which("softhsm2-util") else ["softhsm2"]
MISSING += [] if find_spec("pkcs11") else ["python-pkcs11"]

LABEL, PIN = "council", "4711"


def make_token(folder: Path, label: str = LABEL) -> dict[str, str]:
    """Makes a token; returns the environment in which SoftHSM finds it."""
    (folder / "tokens").mkdir(parents=True)
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder / 'tokens'}\nlog.level = ERROR\n")
    environ = {"SOFTHSM2_CONF": str(folder / "softhsm2.conf")}
    (folder / "pin").write_text(f"{PIN}\n")
    order = ["softhsm2-util", "--init-token", "--free", "--label", label, "--pin", PIN, "--so-pin", "0815"]
    subprocess.run(order, env={**os.environ, **environ}, capture_output=True, check=True)
    return environ


def reference(folder: Path, name: str = "log", *, label: str = LABEL, **query: str) -> str:
    """The URI of a key in the token of this folder."""
    asked = {"module-path": MODULE, "pin-source": str(folder / "pin"), **query}
    return f"pkcs11:token={label};object={name}?" + "&".join(f"{key}={value}" for key, value in asked.items())
