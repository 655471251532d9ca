"""A time-stamping authority on loopback: `openssl ts` behind a small HTTP server, its own certificates.

::

    with Tsa(tmp_path) as tsa:
        tsa.url, tsa.chain            # where it is asked, and the PEM under which it is trusted
        tsa.alter = lambda answer: …  # it answers something else
"""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

CONFIGURATION = """
[tsa]
default_tsa = here
[here]
serial = {folder}/serial
crypto_device = builtin
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
accuracy = secs:1
clock_precision_digits = 3
tsa_name = yes
ess_cert_id_chain = no
"""

openssl = pytest.mark.skipif(
    shutil.which("openssl") is None, reason="NOT TESTED WITH A TIME-STAMPING AUTHORITY: openssl not installed"
)

Key = ec.EllipticCurvePrivateKey
DAY = dt.timedelta(days=1)


class Tsa:
    """One authority. A context manager that serves it; `stamp` works without that."""

    def __init__(
        self,
        folder: Path,
        *,
        name: str = "Test",
        ends: dt.timedelta = DAY,
        usage: x509.ObjectIdentifier = ExtendedKeyUsageOID.TIME_STAMPING,
    ) -> None:
        """`ends`: from now until its certificate is not valid any more. `usage`: what that is for."""
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.trouble: int | None = None
        self.alter: Callable[[bytes], bytes] = lambda answer: answer
        self.requests: list[bytes] = []
        (folder / "serial").write_text("01\n")
        (folder / "openssl.cnf").write_text(CONFIGURATION.format(folder=folder))
        root_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
        self._root = _certificate(f"{name} Root", root_key, None, DAY, None)
        self._leaf = _certificate(f"{name} TSA", key, (self._root, root_key), ends, usage)
        self.root, self.leaf = (_pem(certificate) for certificate in (self._root, self._leaf))
        self.chain = self.leaf + self.root
        private = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        (folder / "tsa.key").write_bytes(key.private_bytes(serialization.Encoding.PEM, *private))
        (folder / "tsa.pem").write_bytes(self.leaf)
        (folder / "root.pem").write_bytes(self.root)
        self._server: ThreadingHTTPServer | None = None

    @property
    def url(self) -> str:
        """Where it is asked."""
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.server_port}/tsr"

    def reply(self, query: bytes) -> bytes:
        """The response to a request, as OpenSSL makes it."""
        (self.folder / "query").write_bytes(query)
        command = ["openssl", "ts", "-reply", "-config", str(self.folder / "openssl.cnf"), "-queryfile"]
        command += [str(self.folder / "query"), "-signer", str(self.folder / "tsa.pem")]
        command += ["-inkey", str(self.folder / "tsa.key"), "-out", str(self.folder / "response")]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return (self.folder / "response").read_bytes()

    def stamp(self, data: bytes, *options: str) -> bytes:
        """A response over data, with OpenSSL on both sides; options are those of `openssl ts -query`."""
        (self.folder / "data").write_bytes(data)
        command = ["openssl", "ts", "-query", "-data", str(self.folder / "data"), "-sha256", *options]
        asked = subprocess.run(command, capture_output=True, check=True)
        return self.reply(asked.stdout)

    def openssl_verifies(self, response: bytes, data: bytes) -> bool:
        """What `openssl ts -verify` says, with the root and our certificate."""
        (self.folder / "given").write_bytes(response)
        (self.folder / "data").write_bytes(data)
        command = ["openssl", "ts", "-verify", "-data", str(self.folder / "data"), "-in"]
        command += [str(self.folder / "given"), "-CAfile", str(self.folder / "root.pem")]
        command += ["-untrusted", str(self.folder / "tsa.pem")]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0

    def __enter__(self) -> Self:
        tsa = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True  # head and body are two packets

            def do_POST(self) -> None:
                query = self.rfile.read(int(self.headers["Content-Length"]))
                tsa.requests.append(query)
                assert self.headers["Content-Type"] == "application/timestamp-query"
                answer = b"in trouble" if tsa.trouble else tsa.alter(tsa.reply(query))
                self.send_response(tsa.trouble or 200)
                self.send_header("Content-Type", "application/timestamp-reply")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *args: object) -> None:
                """Says nothing: the tests read answers."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server is not None
        self._server.shutdown()
        self._server.server_close()


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _certificate(
    called: str,
    key: Key,
    issuer: tuple[x509.Certificate, Key] | None,
    ends: dt.timedelta,
    usage: x509.ObjectIdentifier | None,
) -> x509.Certificate:
    """A root without issuer and usage, else what the issuer lets be used for that alone."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, called)])
    now = dt.datetime.now(dt.UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name if issuer is None else issuer[0].subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - 2 * DAY)
        .not_valid_after(now + ends)
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
    )
    if usage is not None:
        builder = builder.add_extension(x509.ExtendedKeyUsage([usage]), critical=True)
    return builder.sign(key if issuer is None else issuer[1], hashes.SHA256())
