"""Why a key, a signature or a certificate is not used."""

from __future__ import annotations

from ledger.sentence import Sentence

KEY_LENGTH = Sentence(
    "an Ed25519 public key has {wanted} bytes, not {found}",
    "ein öffentlicher Schlüssel (Ed25519) hat {wanted} Bytes, nicht {found}",
)
UNUSABLE_KEY = Sentence(
    "this is no usable Ed25519 key: off the curve, of low order, or not canonical",
    "das ist kein brauchbarer Ed25519-Schlüssel: nicht auf der Kurve, von kleiner Ordnung oder nicht in "
    "seiner einen Form",
)
SIGNATURE_LENGTH = Sentence(
    "an Ed25519 signature has {wanted} bytes, not {found}",
    "eine Unterschrift (Ed25519) hat {wanted} Bytes, nicht {found}",
)
DOES_NOT_VERIFY = Sentence(
    "the signature does not verify under key {key}",
    "die Unterschrift stimmt nicht für den Schlüssel {key}",
)
SEED_LENGTH = Sentence(
    "a seed has {wanted} bytes, not {found}",
    "ein Startwert (Seed) hat {wanted} Bytes, nicht {found}",
)
MLDSA_DOES_NOT_VERIFY = Sentence(
    "the ML-DSA-44 signature does not verify",
    "die Unterschrift mit ML-DSA-44 stimmt nicht",
)
MLDSA_CANNOT_VERIFY = Sentence(
    "ML-DSA-44 cannot be verified with this build of cryptography",
    "ML-DSA-44 lässt sich mit diesem Bau von cryptography nicht prüfen",
)
NO_MLDSA = Sentence(
    "this build of cryptography has no ML-DSA-44",
    "dieser Bau von cryptography kennt ML-DSA-44 nicht",
)
NO_CERTIFICATE = Sentence(
    "there is no certificate that says who signs the time stamps",
    "kein Zertifikat sagt, wer die Zeitstempel unterzeichnet",
)
CERTIFICATES_TOO_LARGE = Sentence(
    "certificates of {size} bytes; {limit} are allowed",
    "Zertifikate von {size} Bytes; erlaubt sind {limit}",
)
NO_ROOT = Sentence(
    "the certificates do not reach up to a self-signed one: add those of the issuers",
    "die Zertifikate reichen nicht bis zu einem selbst unterzeichneten: die der Aussteller hinzufügen",
)
NO_PEM = Sentence("these are no certificates in PEM", "das sind keine Zertifikate in PEM")
