"""Can another server do us harm with its answer, or with none?"""

from __future__ import annotations

import datetime as dt
import ssl
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from ledger.errors import BadShape, Unreachable
from ledger.publish import endpoint
from ledger.publish.endpoint import Answer, Endpoint
from tests.support.followers import until
from tests.support.odd_server import Drip, OddServer, Silence, answer
from tests.support.ports import held_port

LIMIT = 1000
LONG, SHORT = 60.0, 0.3
"""Seconds: more than any machine needs, and what a test can wait for."""


def post(server: OddServer, timeout: float = LONG) -> Answer:
    """One request on a connection of its own."""
    asked = Endpoint(server.url, limit=LIMIT)
    try:
        return asked.post(b"question", "text/plain", timeout=timeout)
    finally:
        asked.close()


def test_an_answer_is_its_status_its_type_and_its_bytes() -> None:
    """Parameters of the type are no part of it, and letters have no case."""
    with OddServer(
        [answer(b"40\n", "409 Conflict", "Content-Type: Text/X.Tlog.Size; charset=utf-8")]
    ) as server:
        assert post(server) == Answer(409, "text/x.tlog.size", b"40\n")
        assert server.requests[0].startswith(b"POST /x HTTP/1.1\r\n")
        assert server.requests[0].endswith(b"\r\n\r\nquestion")


def test_a_connection_is_kept_alive() -> None:
    """A handshake for each checkpoint would be most of the work."""
    with OddServer([answer(b"%d" % number) for number in range(20)]) as server:
        asked = Endpoint(server.url, limit=LIMIT)
        bodies = [asked.post(b"q", "text/plain", timeout=LONG).body for _ in range(20)]
        asked.close()
        assert bodies == [b"%d" % number for number in range(20)]
        assert server.connections == 1


def test_a_connection_that_was_closed_while_it_was_idle_is_opened_again() -> None:
    """Servers do that after a while: it is no failure."""
    with OddServer([answer(b"1")], [answer(b"2"), answer(b"3")]) as server:
        asked = Endpoint(server.url, limit=LIMIT)
        assert [asked.post(b"q", "text/plain", timeout=LONG).body for _ in range(3)] == [b"1", b"2", b"3"]
        asked.close()
        assert server.connections == 2


def test_a_redirect_is_not_followed() -> None:
    """It could lead into our own network; what a policy names is asked, and nobody else."""
    with OddServer([]) as other, OddServer([answer(b"", "307 Go", f"Location: {other.url}")]) as server:
        assert post(server).status == 307
        assert other.connections == 0


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ([b""], "closed connection without response"),
        ([b"SSH-2.0-OpenSSH_9.2\r\n\r\n"], r"not HTTP \(BadStatusLine\)"),
        ([b"\x16\x03\x01\x00\xff" * 100], r"not HTTP \(BadStatusLine\)"),
        ([b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort"], "ends too early"),
        ([b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc"], "IncompleteRead"),
        ([b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n"], "IncompleteRead"),
        ([b"HTTP/1.1 OK\r\n\r\n"], r"not HTTP \(BadStatusLine\)"),
        ([b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 1000 + b"\r\n"], "HTTPException"),
        ([b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000 + b"\r\n\r\n"], "LineTooLong"),
        ([answer(bytes(LIMIT + 1))], "more than 1000 bytes"),
        ([b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n" + bytes(5000)], "more than 1000 bytes"),
        ([b"HTTP/1.1 200 OK\r\n\r\n" + bytes(5000)], "more than 1000 bytes"),
        (
            [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfff\r\n" + bytes(5000)],
            "more than 1000 bytes",
        ),
    ],
)
def test_what_is_no_answer_is_refused_in_a_sentence(said: list[bytes], reason: str) -> None:
    """Cut off, endless, too large, or another protocol: never anything else than our own error."""
    with OddServer(said) as server, pytest.raises(Unreachable, match=reason):
        post(server)


@pytest.mark.parametrize(
    "said",
    [
        Silence(),
        Silence(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345"),
        Drip(b"HTTP/1.1 200 OK\r\nX: "),
        Drip(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"),
        Drip(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n"),
    ],
    ids=["silence", "half an answer", "a header without end", "headers without end", "a body in drops"],
)
def test_a_whole_answer_has_its_time_and_not_only_each_byte(said: Silence) -> None:
    """Who sends a byte now and then would else hold us for ever."""
    with OddServer(said) as server, pytest.raises(Unreachable, match=r"no answer within 0\.3 s"):
        post(server, SHORT)


def test_a_kept_connection_that_falls_silent_is_not_tried_twice() -> None:
    """The time is for the whole request."""
    with OddServer(Silence(answer(b"1"), b""), [answer(b"2")]) as server:
        asked = Endpoint(server.url, limit=LIMIT)
        assert asked.post(b"q", "text/plain", timeout=LONG).body == b"1"
        with pytest.raises(Unreachable, match="no answer within"):
            asked.post(b"q", "text/plain", timeout=SHORT)
        assert server.connections == 1


def test_a_port_where_nobody_listens() -> None:
    """Said at once."""
    with closing(held_port()) as held:  # nobody else can listen there meanwhile
        asked = Endpoint(f"http://127.0.0.1:{held.getsockname()[1]}/", limit=LIMIT)
        with pytest.raises(Unreachable, match="Connection refused"):
            asked.post(b"q", "text/plain", timeout=LONG)


def test_cutting_ends_a_request_that_is_under_way() -> None:
    """A service that stops does not wait for somebody else."""
    with OddServer(Silence()) as server:
        asked = Endpoint(server.url, limit=LIMIT)

        def cut() -> None:
            until(lambda: len(server.requests) == 1)
            asked.cut()

        with ThreadPoolExecutor(1) as threads:
            cutting = threads.submit(cut)
            with pytest.raises(Unreachable, match="closed connection"):
                asked.post(b"q", "text/plain", timeout=LONG)
            cutting.result()


@pytest.mark.parametrize(
    "url",
    [
        "",
        "witness.example",
        "ftp://witness.example/",
        "file:///etc/passwd",
        "http://",
        "http:///path",
        "https://user:secret@witness.example/",
        "https://witness.example/?key=1",
        "https://witness.example/#part",
        "https://witness.example:port/",
        "https://witness.example:99999/",
        "https://witness.example/a b",
        "https://zürich.example/",
        "https://[::1/",
    ],
)
def test_what_is_no_address_is_said_before_anything_is_sent(url: str) -> None:
    """Plain addresses only: no secrets, no other protocols."""
    with pytest.raises(BadShape):
        Endpoint(url, limit=LIMIT)


# ── TLS ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of localhost that nobody else signed, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "localhost.pem"
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain)
    path.write_bytes(built.public_bytes(pem) + private)
    return path


def serving(certificate: Path) -> ssl.SSLContext:
    """The server's side."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def test_over_tls_the_server_must_prove_its_name(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """To whom the system trusts, and to nobody else."""
    with OddServer([answer(b"no")], [answer(b"1"), answer(b"2")], tls=serving(certificate)) as server:
        with pytest.raises(Unreachable, match=r"(?i)certificate"):
            post(server)
        monkeypatch.setattr(
            endpoint, "_trusting", lambda: ssl.create_default_context(cafile=str(certificate))
        )
        asked = Endpoint(server.url, limit=LIMIT)
        assert [asked.post(b"q", "text/plain", timeout=LONG).body for _ in range(2)] == [b"1", b"2"]
        asked.close()


def test_a_handshake_has_its_time_as_well() -> None:
    """A port that takes connections and speaks no TLS."""
    with OddServer(Silence()) as server, pytest.raises(Unreachable, match="no answer within"):
        Endpoint(server.url.replace("http:", "https:"), limit=LIMIT).post(b"q", "text/plain", timeout=SHORT)
