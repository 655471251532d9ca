"""Dossiers that are not what they claim: which check each of them fails, and only that.

Groups 1 to 5 have their attacks in the logs beside this; here are those on the dossier itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace

from ledger.export.names import KEYS, disclosure_name, document_name, entry_name, seen_name, seen_of
from ledger.export.seen import format_proof, parse_proof
from ledger.proof.encoding import unb64
from ledger.proof.keys import SigningKey
from ledger.proof.signers import Ed25519Signer
from ledger.proof.tlog_proof import parse_tlog_proof
from tests.support.attacks import ENTRIES, SEQ, TIMED
from tests.support.attacks.signed import FORKED, a_vote_signed_on_another_history
from tests.support.dossiers import REGISTER, Files, forged, streams
from tests.support.memory_ledger import ORIGIN, key_of
from tests.support.named_ledger import PAPER, TITLE, with_erasures, with_names

STRANGER = Ed25519Signer.of(ORIGIN, SigningKey(bytes(32)))
"""Has no log key at all, and takes the log's name."""

CHOSEN = streams(ENTRIES, REGISTER, TIMED)

Forge = Callable[[], Files]

DOSSIERS: dict[str, tuple[Forge, str]] = {}


def forgery(check: str) -> Callable[[Forge], Forge]:
    """Puts a forged dossier into the corpus, with the check that it fails."""

    def enter(forge: Forge) -> Forge:
        DOSSIERS[forge.__name__] = forge, check
        return forge

    return enter


def honest() -> Files:
    """The dossier of the procedure with the deadline."""
    return forged(ENTRIES, CHOSEN)


def full() -> Files:
    """A dossier with a document and a text."""
    entries, procedure = with_names()
    files = forged(entries, streams(entries, REGISTER, procedure))
    return files | {document_name(PAPER): b"paper", disclosure_name(hashlib.sha256(TITLE).digest()): TITLE}


@forgery("7.1")
def a_dossier_with_another_paper() -> Files:
    """Under the name of the one that was voted on."""
    return {**full(), document_name(PAPER): b"piper"}


@forgery("7.2")
def a_dossier_without_its_paper() -> Files:
    """Nothing is wrong, but not everything could be looked at."""
    return {name: data for name, data in full().items() if not name.startswith("documents")}


@forgery("7.3")
def a_dossier_with_a_text_cut_short() -> Files:
    """It is not what was signed."""
    return {**full(), disclosure_name(hashlib.sha256(TITLE).digest()): TITLE[:-1]}


@forgery("7.4")
def a_dossier_with_what_was_erased() -> Files:
    """Somebody kept a copy of the paper, and puts it back."""
    entries, procedure, _ = with_erasures()
    return {**forged(entries, streams(entries, REGISTER, procedure)), document_name(PAPER): b"paper"}


@forgery("8.2")
def a_dossier_whose_checkpoint_is_none() -> Files:
    """Nothing is proven then."""
    return {**full(), "checkpoint": b"no note"}


@forgery("8.8")
def a_dossier_with_one_hash_too_many() -> Files:
    """The last proof is longer than the tree is high."""
    files, name = full(), entry_name(len(with_names()[0]) - 1)
    proof = parse_tlog_proof(files[name])
    return {**files, name: replace(proof, proof=(*proof.proof, bytes(32))).format()}


@forgery("8.10")
def a_dossier_with_a_key_that_is_none() -> Files:
    """So that nobody compares it."""
    return {**full(), KEYS: b"no key\n"}


@forgery("8.15")
def a_dossier_that_does_not_show_what_a_signer_had_seen() -> Files:
    """Whoever made it left out the proof: nothing is wrong, but not everything could be looked at."""
    return {name: data for name, data in full().items() if seen_of(name) is None}


@forgery("3.4")
def a_dossier_of_a_vote_signed_on_another_history() -> Files:
    """With the true proof, which shows it."""
    entries = a_vote_signed_on_another_history()
    return forged(entries, streams(entries, REGISTER, TIMED))


@forgery("8.6")
def a_dossier_with_a_proof_that_fits_another_history() -> Files:
    """The same with the root that was signed in place of the true one: it leads to no checkpoint."""
    files, name = a_dossier_of_a_vote_signed_on_another_history(), seen_name(FORKED["size"])
    return {**files, name: format_proof(unb64(FORKED["root"]), parse_proof(files[name])[1])}


@forgery("10.1")
def a_dossier_with_a_file_that_nobody_signed() -> Files:
    """A letter that looks as if it belonged to it."""
    return {**full(), "notes.txt": b"read this first"}


@forgery("10.2")
def a_dossier_against_another_name() -> Files:
    """The last proof carries a checkpoint of the same tree under another origin."""
    entries, procedure = with_names()
    chosen = streams(entries, REGISTER, procedure)
    other = Ed25519Signer.of("ledger.example.org/other", key_of("log"))
    name = entry_name(chosen[-1])
    return {**full(), name: forged(entries, chosen, other)[name]}


@forgery("10.3")
def a_dossier_of_two_procedures() -> Files:
    """Whoever asks for one of them must not be told about another."""
    end = SEQ["chaired opening"] + 1
    return forged(ENTRIES[:end], range(end))


@forgery("10.4")
def a_dossier_with_a_paper_that_nobody_named() -> Files:
    """It has the digest under which it lies, and no entry knows it."""
    return {**full(), document_name(hashlib.sha256(b"new").hexdigest()): b"new"}


@forgery("10.5")
def a_dossier_with_a_strangers_key() -> Files:
    """Whoever trusts it trusts somebody else's checkpoints."""
    return {**full(), KEYS: f"{STRANGER.verification_key.text}\n".encode()}
