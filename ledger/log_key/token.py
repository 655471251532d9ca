"""A log key that never leaves its PKCS#11 token: a security module, a smart card, SoftHSM.

The token is asked with python-pkcs11 (the extra `hsm`). Ed25519 only: the curve is named by its OID, and
signatures are pure EdDSA (PKCS#11 v3.0 §2.3). Sessions belong to a process: after a fork the library is
initialised again. A session that broke is opened once more. A PIN that was refused is not tried again by
this process, because tokens lock themselves after a few wrong ones.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ledger.errors import BadKey, BadSignature, KeyUnavailable, StimmbuchError
from ledger.log_key import sentences
from ledger.log_key.reference import TokenReference
from ledger.passphrase import Passphrase, read_passphrase
from ledger.proof.keys import KEY_BYTES, check_public_key, key_id, verify
from ledger.proof.verification_key import ED25519

_OID_ED25519 = bytes.fromhex(
    "06032b6570"
)  # 1.3.101.112 in DER: names of curves are not understood everywhere

_lock = threading.RLock()
_sessions: dict[tuple[int, str, bytes], Any] = {}
"""Process, module and token's serial number → a session that is logged in. Login belongs to the process,
not to the session, so all keys of a token share one."""
_refused: set[tuple[int, str, bytes]] = set()
"""The same, of tokens that did not take the PIN."""
_initialised: dict[str, int] = {}
"""Module → the process that loaded it."""


class TokenKey:
    """A key in a token. `sign` may be called by many threads; they take turns."""

    kind = ED25519

    def __init__(self, reference: TokenReference, passphrase: Passphrase) -> None:
        """Finds the key. Raises `KeyUnavailable`, `PassphraseMissing` or `BadKey`."""
        self.reference = reference
        self._passphrase = passphrase
        with _asking(reference):
            session = _session(reference, passphrase)
            self.public = _public(session, _private(session, reference), reference)
        self.id = key_id(self.public)

    def sign(self, message: bytes) -> bytes:
        """The 64-byte signature over `message`, verified here. Raises `KeyUnavailable`."""
        with _asking(self.reference):
            try:
                signature = self._sign(message)
            except _library().PKCS11Error:
                _forget(self.reference)  # the token was taken out, or its daemon restarted
                signature = self._sign(message)
        try:
            verify(self.public, signature, message)
        except BadSignature:
            raise KeyUnavailable(sentences.SIGNS_OTHERWISE, reference=self.reference.text) from None
        return signature

    def _sign(self, message: bytes) -> bytes:
        private = _private(_session(self.reference, self._passphrase), self.reference)
        signature: bytes = private.sign(message, mechanism=_library().Mechanism.EDDSA)
        return signature


def make_token_key(reference: TokenReference, passphrase: Passphrase) -> TokenKey:
    """The key of this name, made in the token if it is not there yet: not extractable, for ever.

    Raises `KeyUnavailable`, `PassphraseMissing` or `BadKey`.
    """
    library = _library()
    with _asking(reference):
        session = _session(reference, passphrase)
        try:
            _private(session, reference)
        except library.NoSuchKey:
            _generate(session.token, reference)
    return TokenKey(reference, passphrase)


def _generate(token: Any, reference: TokenReference) -> None:
    library = _library()
    with token.open(rw=True) as session:  # logged in already: the other session is
        curve = {library.Attribute.EC_PARAMS: _OID_ED25519}
        session.create_domain_parameters(library.KeyType.EC_EDWARDS, curve, local=True).generate_keypair(
            mechanism=library.Mechanism.EC_EDWARDS_KEY_PAIR_GEN,
            store=True,
            label=reference.label,
            id=reference.id or os.urandom(8),
        )


def _private(session: Any, reference: TokenReference) -> Any:
    library = _library()
    found = session.get_key(
        object_class=library.ObjectClass.PRIVATE_KEY, label=reference.label, id=reference.id
    )
    if found.key_type != library.KeyType.EC_EDWARDS:
        raise BadKey(sentences.NOT_ED25519_IN_TOKEN, reference=reference.text)
    return found


def _public(session: Any, private: Any, reference: TokenReference) -> bytes:
    """The public half: an object of its own, with the same id and label."""
    library = _library()
    found = session.get_key(
        object_class=library.ObjectClass.PUBLIC_KEY, label=private.label, id=private.id or None
    )
    # 32 bytes, inside an OCTET STRING or bare: the standard was read in both ways.
    point: bytes = found[library.Attribute.EC_POINT]
    if point[:-KEY_BYTES] not in (b"", b"\x04\x20"):
        raise BadKey(sentences.NOT_ED25519_IN_TOKEN, reference=reference.text)
    return check_public_key(point[-KEY_BYTES:])


def _session(reference: TokenReference, passphrase: Passphrase) -> Any:
    """The session with the token, opened and logged in when it is first needed."""
    token = _token(reference)
    where = os.getpid(), str(reference.module), bytes(token.serial)
    if where in _refused:
        raise KeyUnavailable(sentences.PIN_REFUSED, reference=reference.text)
    if where not in _sessions:
        pin = _pin(reference, passphrase)
        try:
            _sessions[where] = token.open(user_pin=pin)
        except (_library().PinIncorrect, _library().PinLocked):
            _refused.add(where)
            raise
    return _sessions[where]


def _forget(reference: TokenReference) -> None:
    for where in [where for where in _sessions if where[1] == str(reference.module)]:
        del _sessions[where]
    _load(reference).reinitialize()


def _token(reference: TokenReference) -> Any:
    wanted: dict[str, Any] = {"token_label": reference.token}
    if reference.serial is not None:
        wanted["token_serial"] = reference.serial.encode("utf-8")
    return _load(reference).get_token(**wanted)


def _load(reference: TokenReference) -> Any:
    module = str(reference.module)
    loaded = _library().lib(module)
    if _initialised.setdefault(module, os.getpid()) != os.getpid():
        _initialised[module] = os.getpid()
        loaded.reinitialize()  # a child has to say so for itself
    return loaded


def _pin(reference: TokenReference, passphrase: Passphrase) -> str:
    if reference.pin_source is not None:
        return read_passphrase(reference.pin_source).decode("utf-8")
    return passphrase(f"the token {reference.token or reference.serial}").decode("utf-8")


def _library() -> Any:
    try:
        import pkcs11
    except ImportError:
        raise KeyUnavailable(sentences.NO_PKCS11) from None
    return pkcs11


@contextmanager
def _asking(reference: TokenReference) -> Iterator[None]:
    """One at a time, and every error of the token as one of ours."""
    with _lock:
        try:
            yield
        except StimmbuchError:
            raise
        except (_library().PKCS11Error, UnicodeDecodeError) as error:
            name = type(error).__name__
            said = f"{name} {error}".rstrip()
            raise KeyUnavailable(sentences.TOKEN_SAYS, reference=reference.text, error=said) from error
