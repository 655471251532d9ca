"""Is a body that is not what it claims to be refused before anything is made of it?"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.errors import NotCanonical
from ledger.proof.dsse import sign
from ledger.proof.encoding import b64, canonical
from ledger.proof.statement import payload_type
from tests.support.statements import EXAMPLES, example
from tests.web.site import Site, problem

Body = dict[str, Any]


def envelope(site: Site) -> Body:
    """A vote that would be recorded."""
    motion = site.town.open()
    vote = site.town.statement("vote-cast", "m1", procedure=motion, member="m1", choices={"1": "yes"})
    return vote.envelope.to_dict()


def twice(text: str) -> str:
    """The object with its first member written twice."""
    return "{" + text[1:].split(",", 1)[0] + "," + text[1:]


def deep(levels: int) -> str:
    """Nested arrays."""
    return '{"payload":' + "[" * levels + "]" * levels + "}"


RAW: dict[str, tuple[Callable[[str], str | bytes], int, str]] = {
    "nothing": (lambda text: "", 400, "not-canonical"),
    "no JSON": (lambda text: text[:-1], 400, "not-canonical"),
    "two values": (lambda text: text + text, 400, "not-canonical"),
    "a byte order mark": (lambda text: b"\xef\xbb\xbf" + text.encode(), 400, "not-canonical"),
    "not UTF-8": (lambda text: text.encode("utf-16"), 400, "not-canonical"),
    "a key twice": (twice, 400, "not-canonical"),
    "a float": (lambda text: text[:-1] + ',"x":1.0}', 400, "not-canonical"),
    "NaN": (lambda text: text[:-1] + ',"x":NaN}', 400, "not-canonical"),
    "a huge integer": (lambda text: text[:-1] + ',"x":' + "9" * 5000 + "}", 400, "not-canonical"),
    "very deep": (lambda text: deep(10_000), 400, "not-canonical"),
    "a lone surrogate": (lambda text: text[:-1] + ',"x":"\\ud800"}', 400, "not-canonical"),
    "another member": (lambda text: text[:-1] + ',"x":1}', 422, "bad-shape"),
    "a list": (lambda text: f"[{text}]", 422, "bad-shape"),
    "a string": (lambda text: '"x"', 422, "bad-shape"),
    "too many bytes": (lambda text: text + " " * (32 * 1024), 413, "too-large"),
}


@pytest.mark.parametrize("name", RAW)
def test_a_body_that_is_no_envelope_is_refused(site: Site, name: str) -> None:
    """What two readers could read differently is not read at all."""
    change, status, code = RAW[name]
    body = change(json.dumps(envelope(site)))
    head = site.service.ledger.head()
    answer = site.http.post(f"{site.api}/statements", data=body, content_type="application/json")
    problem(answer, status, code)
    assert site.service.ledger.head() == head


def with_payload(body: Body, **changes: Any) -> Body:
    """The same envelope around a payload with other members."""
    values = json.loads(base64.b64decode(body["payload"]))
    return {**body, "payload": b64(canonical({**values, **changes}))}


def with_signature(body: Body, **changes: str) -> Body:
    """The same envelope with another signature member."""
    return {**body, "signatures": [{**body["signatures"][0], **changes}]}


PARTS: dict[str, tuple[Callable[[Body], Body], int, str]] = {
    "no signature": (lambda body: {**body, "signatures": []}, 422, "bad-shape"),
    "nine signatures": (lambda body: {**body, "signatures": body["signatures"] * 9}, 422, "bad-shape"),
    "a short signature": (lambda body: with_signature(body, sig="AAAA"), 422, "bad-shape"),
    "an unknown member of the signature": (lambda body: with_signature(body, x="y"), 422, "bad-shape"),
    "a key id in capitals": (
        lambda body: with_signature(body, keyid=body["signatures"][0]["keyid"].upper() + "F"),
        422,
        "bad-shape",
    ),
    "trailing bits in the signature": (
        lambda body: with_signature(body, sig=body["signatures"][0]["sig"][:85] + "B=="),
        400,
        "bad-encoding",
    ),
    "base64 without padding": (lambda body: {**body, "payload": "abc"}, 400, "bad-encoding"),
    "trailing bits in the payload": (lambda body: {**body, "payload": "QR=="}, 400, "bad-encoding"),
    "base64url": (lambda body: {**body, "payload": "-_-_"}, 422, "bad-shape"),
    "a line break in base64": (lambda body: {**body, "payload": "QQ==\n"}, 422, "bad-shape"),
    "a payload that is a number": (lambda body: {**body, "payload": 7}, 422, "bad-shape"),
    "an unknown type": (lambda body: {**body, "payloadType": "text/plain"}, 422, "unknown-statement"),
    "an unknown version": (
        lambda body: {**body, "payloadType": body["payloadType"].replace(".v1+", ".v2+")},
        422,
        "unknown-statement",
    ),
    "a payload that is no JSON": (lambda body: {**body, "payload": b64(b"{")}, 400, "not-canonical"),
    "spaces in the payload": (lambda body: {**body, "payload": b64(b'{ "v":1}')}, 400, "not-canonical"),
    "a payload that is a list": (lambda body: {**body, "payload": b64(b"[]")}, 422, "bad-shape"),
    "a huge payload": (
        lambda body: {**body, "payload": b64(canonical({"x": "y" * 17_000}))},
        413,
        "too-large",
    ),
    "a float in the payload": (lambda body: {**body, "payload": b64(b'{"v":1.0}')}, 400, "not-canonical"),
    "version two": (lambda body: with_payload(body, v=2), 422, "bad-shape"),
    "an unknown member": (lambda body: with_payload(body, x=1), 422, "bad-shape"),
    "a nonce that is too short": (lambda body: with_payload(body, nonce="AAAA"), 400, "bad-encoding"),
    "a day that does not exist": (
        lambda body: with_payload(body, issued_at="2026-02-30T00:00:00.000Z"),
        422,
        "bad-shape",
    ),
    "choices as a list": (lambda body: with_payload(body, choices=["yes"]), 422, "bad-shape"),
}


@pytest.mark.parametrize("name", PARTS)
def test_an_envelope_with_a_wrong_part_is_refused(site: Site, name: str) -> None:
    """Each part has one strict form; the message says which part it is."""
    change, status, code = PARTS[name]
    body = change(envelope(site))
    head = site.service.ledger.head()
    problem(site.http.post(f"{site.api}/statements", json=body), status, code)
    assert site.service.ledger.head() == head


@pytest.mark.parametrize(
    ("content_type", "encoding"),
    [
        (None, None),
        ("text/plain", None),
        ("application/x-www-form-urlencoded", None),
        ("application/octet-stream", None),
        ("application/json", "gzip"),
    ],
)
def test_a_body_of_another_type_is_415(site: Site, content_type: str | None, encoding: str | None) -> None:
    """A form that is posted by accident or from another site is not read."""
    headers = {"Content-Encoding": encoding} if encoding else {}
    answer = site.http.post(f"{site.api}/statements", data=b"{}", content_type=content_type, headers=headers)
    problem(answer, 415, "unsupported-media-type")


@pytest.mark.parametrize("content_type", ["application/json", "application/json; charset=utf-8"])
def test_json_may_name_its_character_set(site: Site, content_type: str) -> None:
    """Many libraries add it."""
    body = json.dumps(envelope(site))
    answer = site.http.post(f"{site.api}/statements", data=body, content_type=content_type)
    assert answer.status_code == 201


def test_a_body_is_not_read_beyond_its_limit(site: Site) -> None:
    """Without an announced length, too: nobody can fill our memory."""

    class Endless:
        """A body without an end."""

        taken = 0

        def read(self, size: int = -1) -> bytes:
            """The next bytes."""
            assert size >= 0, "everything was asked for"
            self.taken += size
            assert self.taken <= 1 << 20, "more than a mebibyte was read"
            return b" " * size

    answer = site.http.post(
        f"{site.api}/statements",
        content_type="application/json",
        environ_overrides={"wsgi.input": Endless(), "wsgi.input_terminated": True, "CONTENT_LENGTH": ""},
    )
    problem(answer, 413, "too-large")


def test_a_body_that_breaks_off_is_400(site: Site) -> None:
    """The client has gone away; what came is not a statement."""
    answer = site.http.post(
        f"{site.api}/statements",
        data=b'{"payload":',
        content_type="application/json",
        environ_overrides={"CONTENT_LENGTH": "500"},
    )
    problem(answer, 400, "bad-request")


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_no_signed_nonsense_is_a_fault_of_the_service(site: Site, data: st.DataObject) -> None:
    """Whatever a registered signer signs is recorded or refused; it never breaks anything."""
    kind = data.draw(st.sampled_from(sorted(EXAMPLES)))
    payload = {**example(kind), "actor": "registrar", "log": site.service.ledger.origin}
    changes = data.draw(st.dictionaries(st.sampled_from(sorted(payload)), JUNK, max_size=3))
    payload = {name: value for name, value in {**payload, **changes}.items() if value != "drop"}
    try:
        body = canonical(payload)
    except NotCanonical:  # and cannot be signed
        return
    keys = [site.town.key("registrar")] * data.draw(st.integers(1, 2))
    answer = site.http.post(f"{site.api}/statements", json=sign(payload_type(kind), body, *keys).to_dict())
    assert answer.status_code < 500, answer.get_data(as_text=True)
