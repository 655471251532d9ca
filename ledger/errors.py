"""Every way in which Stimmbuch says no, as one tree.

::

    StimmbuchError
    ├── Invalid          the input is not what it claims to be: correct it and send it again
    ├── Refused          a rule of the procedure or of the register said no: nothing was stored
    ├── Denied           who asks may not: show a credential, or let somebody else ask
    ├── NotFound         what was asked for is not there
    ├── ProofError       the bytes do not prove it: stop and look
    └── StorageError     the store cannot be used, or it is unknown whether something was stored

The branch says what to do next; the class says what happened. Every class that can be raised has a
fixed `code` (part of the HTTP contract and of `--json`, never reworded) and a `hint`: the next step.
Messages are one plain sentence, without a trailing full stop only where they end in quoted input.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from ledger.sentence import Sentence


class StimmbuchError(Exception):
    """Root of the tree. Never raised itself."""

    code: ClassVar[str] = "error"
    hint: ClassVar[str] = ""

    def __init__(self, message: str | Sentence | StimmbuchError, **details: object) -> None:
        """`message`: a sentence over `details`, an error whose words are taken over, or plain English."""
        kept = {name: _kept(value) for name, value in details.items()}
        self.sentence = message if isinstance(message, Sentence) else None
        self.values: dict[str, object] = kept
        self.zone: str | None = None
        if isinstance(message, StimmbuchError):
            self.sentence, self.values = message.sentence, message.values | kept
            self.zone = message.zone
        super().__init__(str(message) if self.sentence is None else self.sentence.say("en", self.values))
        self.details = {name: _plain(value, self.values) for name, value in self.values.items()}

    @property
    def message(self) -> str:
        """What was wrong, in English."""
        return str(self.args[0]) if self.sentence is None else self.sentence.say("en", self.values, self.zone)

    def __str__(self) -> str:
        return self.message

    def said(self, language: str) -> str | None:
        """What was wrong, in this language; None where it, or an error within it, is not said in it."""
        if language == "en":
            return self.message
        errors = {name: one.said(language) for name, one in _errors(self.values)}
        if self.sentence is None or None in errors.values():
            return None
        return self.sentence.say(language, self.values | errors, self.zone)

    def cited(self, language: str) -> str | None:
        """The paragraph that asks for it, or the practice, in this language; None where there is none."""
        found = self.values.get("paragraph")
        return found.say(language, {}) if isinstance(found, Sentence) else None


class ToldInZone:
    """What the block refuses tells its instants on the clocks of this zone; `details` keep them in UTC."""

    __slots__ = ("_zone",)

    # Not made of a generator, which costs four times as much: each vote is decided in such a block.
    def __init__(self, zone: str) -> None:
        self._zone = zone

    def __enter__(self) -> None:
        pass

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, StimmbuchError):
            error.zone = self._zone


def _errors(values: dict[str, object]) -> Iterator[tuple[str, StimmbuchError]]:
    """The errors that an error tells of."""
    return ((name, value) for name, value in values.items() if isinstance(value, StimmbuchError))


def _kept(value: object) -> object:
    """Of an exception that is not ours only its text: it would hold on to all that it was raised from."""
    foreign = isinstance(value, BaseException) and not isinstance(value, StimmbuchError)
    return str(value) if foreign else value


def _plain(value: object, values: dict[str, object]) -> object:
    """A value as programs read it: sentences and errors are English texts."""
    if isinstance(value, Sentence):
        return value.say("en", values)
    if isinstance(value, list | tuple):
        return [_plain(one, {}) for one in value]
    return value.message if isinstance(value, StimmbuchError) else value


# ── Invalid: the input is not what it claims to be ─────────────────────────────────────────────


class Invalid(StimmbuchError):
    """The input is not what it claims to be. Nothing was stored."""

    code = "invalid"
    hint = "Correct the input and send it again."


class NotCanonical(Invalid):
    """JSON that is not in its one canonical form (RFC 8785), or not JSON at all."""

    code = "not-canonical"
    hint = "Send the JCS form (RFC 8785): sorted keys, no spaces, no floats, no duplicate keys."


class BadEncoding(Invalid):
    """Base64, hexadecimal, a time or an identifier not written in its one strict form."""

    code = "bad-encoding"
    hint = "Use standard base64 with padding and zero trailing bits, lower-case hexadecimal, UTC times."


class TooLarge(Invalid):
    """A payload, an entry or a document is larger than its limit."""

    code = "too-large"
    hint = "Make it smaller: the limits stand in ledger/FORMAT.md."


class UnknownStatement(Invalid):
    """The payload type or its version is not one that this ledger knows."""

    code = "unknown-statement"
    hint = "Use a payload type listed in ledger/FORMAT.md."


class BadShape(Invalid):
    """A field is missing, has the wrong type, or is not known."""

    code = "bad-shape"
    hint = "Compare the statement with its table in ledger/FORMAT.md."


class WrongLog(Invalid):
    """The statement names another ledger than the one it was sent to."""

    code = "wrong-log"
    hint = "Sign a statement for this ledger: `log` must be equal to its origin."


class BadKey(Invalid):
    """A public key that must not be used: wrong length, low order, or not canonical."""

    code = "bad-key"
    hint = "Name another key or file; `stimmbuch keygen` makes a new key."


class PassphraseMissing(Invalid):
    """A private key is encrypted, and there is no passphrase for it."""

    code = "passphrase-missing"
    hint = "Name a file that holds it: --passphrase-file, a systemd credential, or STIMMBUCH_PASSPHRASE_FILE."


class PassphraseWrong(Invalid):
    """A private key cannot be decrypted with the passphrase that was given."""

    code = "passphrase-wrong"
    hint = "Give the passphrase with which the key was written; without it the key is lost."


class BadSignature(Invalid):
    """A signature does not verify, or a required one is missing."""

    code = "bad-signature"
    hint = "Sign the DSSE pre-authentication encoding of exactly these bytes with the registered key."


class DocumentMismatch(Invalid):
    """A document's digest or size is not the announced one."""

    code = "document-mismatch"
    hint = "Send the unchanged file under the SHA-256 of its bytes."


class BadProfile(Invalid):
    """A rule profile that contradicts itself or can never be satisfied."""

    code = "bad-profile"
    hint = "Change the named setting, or use a built-in profile."


class BadOpening(Invalid):
    """What an opening names does not go together, or lies in the past; the rule profile is not at fault."""

    code = "bad-opening"
    hint = "Correct in the opening what is named, and prepare it again."


class NoSuchTime(Invalid):
    """A civil time that does not exist, or exists twice, in its time zone."""

    code = "no-such-time"
    hint = "Choose another time, or name the instant in UTC: both readings are given."


class BadBackup(Invalid):
    """A backup that is unfinished, changed or damaged, or no backup."""

    code = "bad-backup"
    hint = "Take another backup; what is published can be brought back with `stimmbuch recover`."


class BadSetting(Invalid):
    """A setting of the service that is unknown, of the wrong type, or out of its bounds."""

    code = "bad-setting"
    hint = "Correct it in the file, the environment or the command; the settings stand in api/OPERATIONS.md."


class BadArgument(BadShape):
    """What a command was given, or a file that it was given, is not what it takes."""

    code = "bad-argument"
    hint = "Correct what is named and run the command again; with --help it says what it takes."


class BadSource(Invalid):
    """What a council information system says, or a dump of one, cannot be used."""

    code = "bad-source"
    hint = (
        "Nothing was written. Check the address or the file; what the system says only its operator can mend."
    )


class NameTaken(Invalid):
    """There is, or was, a token with this name."""

    code = "name-taken"
    hint = "Choose another name: it stands for one token, also after its end (`stimmbuch token list`)."


class BadAddress(Invalid):
    """A web address that cannot be asked, or not without giving something away."""

    code = "bad-address"
    hint = "Write it like https://host/v1/ledgers/NAME; a credential is sent over https only."


class BadPolicy(Invalid):
    """A policy of witnesses that is malformed, or that can never be met."""

    code = "bad-policy"
    hint = (
        "Correct what is named (C2SP tlog-policy): a quorum, a key and a URL of every witness it needs, "
        "and this log if it lists logs."
    )


class BadCertificate(Invalid):
    """Certificates of a time-stamping authority that are missing, or cannot be used."""

    code = "bad-certificate"
    hint = "Give the authority's certificates in PEM, up to the root (--tsa-certificate)."


class BadState(Invalid):
    """What was kept from the last audit cannot be read, or belongs to another log."""

    code = "bad-state"
    hint = "Name another directory, or remove this one and verify the whole log again."


class BadRollCall(Invalid):
    """A line of a roll-call file does not parse or contradicts itself."""

    code = "bad-roll-call"
    hint = "Correct the named line and run the import again: finished procedures are skipped."


# ── Refused: a rule said no ────────────────────────────────────────────────────────────────────


class Refused(StimmbuchError):
    """A rule said no. Nothing was stored; no tally changed."""

    code = "refused"
    hint = "See the rule that is named."


class UnknownKey(Refused):
    """The signer has no key in the register, or not this one."""

    code = "unknown-key"
    hint = "Have the key registered by a registrar."


class KeyNotLive(Refused):
    """The key was revoked or replaced before this point of the log."""

    code = "key-not-live"
    hint = "Sign with the key that is registered now."


class KeyTaken(Refused):
    """The key is already registered, for this person or for another."""

    code = "key-taken"
    hint = "Make a new key: one key stands for one person and is registered once."


class NotAllowed(Refused):
    """The actor's role does not allow this action."""

    code = "not-allowed"
    hint = "Change what is named, or let somebody with the named role sign it."


class AlreadyRegistered(Refused):
    """A person, body or procedure of this id already exists."""

    code = "already-registered"
    hint = "Choose another id."


class AlreadyRedacted(Refused):
    """The text or document was redacted before."""

    code = "already-redacted"
    hint = "Nothing is left to do: the named entry says so, and its bytes are erased."


class NotRedactable(Refused):
    """What is to be redacted is no text or document of that stream."""

    code = "not-redactable"
    hint = "Name digests of disclosures or documents that stand in the stream; votes cannot be redacted."


class UnknownActor(Refused):
    """The actor, member or body is not in the register."""

    code = "unknown-actor"
    hint = "Register the person or body first."


class NotEntitled(Refused):
    """The member is not in the electorate of this procedure."""

    code = "not-entitled"
    hint = (
        "Who votes, and who may stand in, is fixed in the electorate: see the procedure's opening statement."
    )


class Excluded(Refused):
    """The member is excluded from this item (Mitwirkungsverbot)."""

    code = "excluded"
    hint = "Vote on the other items only."


class UnknownOption(Refused):
    """An item or an option that is not on the ballot paper, or an item left out."""

    code = "unknown-option"
    hint = "Choose one of the listed options for listed items."


class OtherHistory(Refused):
    """The checkpoint that the signer had seen is none of this log."""

    code = "other-history"
    hint = "Somebody showed you another log: keep its checkpoint, and show it to an auditor."


class StaleBallot(Refused):
    """The vote was given on another version of the ballot paper."""

    code = "stale-ballot"
    hint = "Fetch the procedure again, read what changed, and sign the current ballot digest."


class StaleReplaces(Refused):
    """`replaces` does not name the member's current vote."""

    code = "stale-replaces"
    hint = "Name the leaf hash of the vote that counts now, or null where there is none."


class StaleElectorate(Refused):
    """The electorate that was signed is not the body's electorate now."""

    code = "stale-electorate"
    hint = "Fetch the body's seats again and sign the current state."


class StaleSeal(Refused):
    """The closing seal does not describe the procedure as it stands now."""

    code = "stale-seal"
    hint = "Something was recorded in between: prepare the closing again and sign it."


class ChangeNotAllowed(Refused):
    """The rule profile does not allow a vote to be changed or withdrawn."""

    code = "change-not-allowed"
    hint = "What is recorded stands; see `change` and `withdraw` in the rule profile."


class NotOpenYet(Refused):
    """The procedure's opening time is still to come."""

    code = "not-open-yet"
    hint = "Send the statement again after the opening time."


class OutOfTurn(Refused):
    """The chair votes last."""

    code = "out-of-turn"
    hint = "The chair votes once all others have voted or their deadlines have passed; then nobody else does."


class TooLate(Refused):
    """The entry's time is at or after the deadline."""

    code = "too-late"
    hint = "What is named has passed, and exactly at it is late: nothing can be counted any more."


class AlreadyClosed(Refused):
    """The procedure is closed. There is no reopening."""

    code = "already-closed"
    hint = "Look at its result; what is to be decided otherwise needs a new procedure."


class NotClosed(Refused):
    """The action needs a closed procedure."""

    code = "not-closed"
    hint = "Close the procedure first, or wait for its deadline."


class NotDue(NotClosed):
    """Voting cannot be closed yet."""

    code = "not-due"
    hint = "Prepare the closing again when what is named has happened."


class DocumentsFrozen(Refused):
    """The profile does not allow documents to be added after opening."""

    code = "documents-frozen"
    hint = "Open a new procedure with the document."


class WrongBallot(Refused):
    """The ballot digest that the clerk signed is not that of the ballot paper."""

    code = "wrong-ballot"
    hint = "Prepare the statement again: the digest follows from items, options, documents and profile."


class NotProvided(Refused):
    """The rule profile does not provide for this."""

    code = "not-provided"
    hint = "See the named setting of the rule profile; what it does not name cannot be done."


class NotInForce(Refused):
    """The legal basis, or what triggers it, does not cover the whole procedure."""

    code = "not-in-force"
    hint = "Open the procedure within the named time, with evidence of the trigger, or under another profile."


class Stopped(Refused):
    """Objections have ended the voting."""

    code = "stopped"
    hint = "Put the matter on the agenda of a meeting."


class Referred(Refused):
    """A secret ballot was demanded: the item goes to a meeting."""

    code = "referred"
    hint = "Vote on the other items; put this one on the agenda of a meeting."


class ProxyStands(Refused):
    """Somebody else votes for this member."""

    code = "proxy-stands"
    hint = "Let the proxy vote, or take the proxy back first."


class ProxyNotAllowed(Refused):
    """This person cannot be the proxy, or stands for as many members as the profile allows."""

    code = "proxy-not-allowed"
    hint = "Name somebody else as proxy."


class AlreadyDeclared(Refused):
    """This is on record already."""

    code = "already-declared"
    hint = "Nothing has to be done; look at the history of the procedure."


class NotDeclared(Refused):
    """There is nothing on record that could be taken back."""

    code = "not-declared"
    hint = "Look at the history of the procedure."


class WrongDeadline(Refused):
    """The deadline that was signed is not the one that follows from the rules."""

    code = "wrong-deadline"
    hint = (
        "Prepare it again: a personal deadline follows from receipt, period, holidays and time zone; an "
        "extension ends later than now and than what it extends."
    )


class NotDetermined(Refused):
    """The step before has not been taken: the result is not determined, or not announced."""

    code = "not-determined"
    hint = "Determine the result, then announce it, then publish it."


class NotExpired(Refused):
    """The resolution is not limited in time, or its time is not over."""

    code = "not-expired"
    hint = "Wait for the end that is named; what has none stands until it is annulled or corrected."


class WrongResult(Refused):
    """The result that was signed is not the one that follows from the entries."""

    code = "wrong-result"
    hint = "Prepare the determination again, and look at the derivation."


class StaleResult(Refused):
    """The correction does not name the entry that says the result now."""

    code = "stale-result"
    hint = "Name the leaf hash of the determination or of the latest correction."


class TooManyAttempts(Refused):
    """As many refused attempts as a procedure may have are on record."""

    code = "too-many-attempts"
    hint = "Look for the source of the attempts; further ones are refused without an entry."


# ── Denied: who asks may not ───────────────────────────────────────────────────────────────────


class Denied(StimmbuchError):
    """Who asks may not do this. Nothing was looked at, and nothing was stored."""

    code = "denied"
    hint = "Show a credential that may, or let somebody else ask."


class CredentialMissing(Denied):
    """This call needs a credential, and none was shown."""

    code = "credential-missing"
    hint = "Send `Authorization: Bearer …` with a token of this ledger, or of its OpenID Connect provider."


class CredentialInvalid(Denied):
    """The credential is unknown, expired, revoked, meant for another ledger, or malformed."""

    code = "credential-invalid"
    hint = "Get a new token: from the operator (`stimmbuch token create`) or by logging in again."


class RoleMissing(Denied):
    """The credential is good, but none of its roles may do this."""

    code = "role-missing"
    hint = "Use a credential with one of the named roles; the table stands in api/access/table.py."


class QuotaExceeded(Denied):
    """Too much was sent that no statement names."""

    code = "quota-exceeded"
    hint = "Submit the statements that name it, or wait until the operator has swept it (`stimmbuch sweep`)."


class OtherSubject(Denied):
    """The credential stands for one person, and this would be done or read for another."""

    code = "other-subject"
    hint = "Show the credential of the person who acts: `actor` must be the one that it stands for."


class AccessNotConfigured(Denied):
    """Nobody has said who may do what, so only programs on this machine are served."""

    code = "access-not-configured"
    hint = "Make a token (`stimmbuch token create`) or write access.toml into the ledger's home."


class LoginRefused(Denied):
    """The OpenID Connect provider did not give a token."""

    code = "login-refused"
    hint = "Log in again, and confirm the code that is shown; check --client-id, --scope and --resource."


# ── NotFound ───────────────────────────────────────────────────────────────────────────────────


class NotFound(StimmbuchError):
    """What was asked for is not there."""

    code = "not-found"
    hint = "Check what was named: the id, the number or the path."


class NotYet(NotFound):
    """That point of the log has not been reached."""

    code = "not-yet"
    hint = (
        "Ask for an earlier point, or for the present; a service tells its clock in the Ledger-Time header."
    )


class UnknownLedger(NotFound):
    """There is no ledger of this name in this service."""

    code = "unknown-ledger"
    hint = "Check the name in the address: it is the last part of the ledger's origin."


class Erased(NotFound):
    """The text or document was redacted: it is neither kept nor delivered any more."""

    code = "erased"
    hint = "See the `redacted` entry that is named; the digest still proves what was signed."


# ── ProofError: the bytes do not prove it ──────────────────────────────────────────────────────


class ProofError(StimmbuchError):
    """The bytes do not prove what they claim.

    `check` is the number in the catalogue.
    """

    code = "proof"
    hint = "Do not trust this copy; compare it with another one."

    def __init__(
        self, message: str | Sentence | StimmbuchError, *, check: str = "", **details: object
    ) -> None:
        super().__init__(message, check=check, **details)
        self.check = check


class LogDamaged(ProofError):
    """What the service keeps of the log is damaged where it was read.

    A caller is told so in place of a `ProofError`: what callers send is refused otherwise.
    """

    code = "log-damaged"
    hint = "Report it: `stimmbuch verify` names the entry; another copy has it as it was signed."


class PreparedOtherwise(ProofError):
    """A payload that was prepared for signing says something else than was meant."""

    code = "prepared-otherwise"
    hint = "Do not sign it, and do not trust the service that prepared it: compare its log with another copy."


class SplitView(ProofError):
    """A log shows a checkpoint that is not proven to continue one that it showed before."""

    code = "split-view"
    hint = "Sign nothing; keep both checkpoints, and show them to an auditor."


# ── StorageError: the store ────────────────────────────────────────────────────────────────────


class StorageError(StimmbuchError):
    """The store cannot be used now, or it is unknown whether something was stored."""

    code = "storage"
    hint = "Ask again; never assume."


class StoreNotFound(StorageError):
    """There is no ledger at this place."""

    code = "store-not-found"
    hint = "Create one with `stimmbuch init --store STORE --origin NAME`."


class StoreExists(StorageError):
    """There already is a ledger at this place."""

    code = "store-exists"
    hint = "Choose an empty place; a ledger is never overwritten."


class NotALedger(StorageError):
    """There is something at this place, but it is no ledger."""

    code = "not-a-ledger"
    hint = "Name the directory or database that `stimmbuch init` created."


class NothingToVerify(StorageError):
    """There is nothing at this place that can be verified."""

    code = "nothing-to-verify"
    hint = (
        "Check the path: a store, an exported log, a dossier (.zip) or a receipt (.tlog-proof) is verified."
    )


class LedgersCollide(StorageError):
    """Two ledgers of one service have the same name or the same home, or one is not the expected one."""

    code = "ledgers-collide"
    hint = "Serve each ledger once, with a home of its own; ledgers of the same name need two services."


class OtherExport(StorageError):
    """The place for an export holds something else."""

    code = "other-export"
    hint = "Name an empty place, or the directory of this ledger's last export."


class CannotWrite(StorageError):
    """What is handed out cannot be written. What is there already is kept."""

    code = "cannot-write"
    hint = "Make room, or name another place, and run the same command again."


class StoreTooNew(StorageError):
    """The store was written by a newer format than this program knows."""

    code = "store-too-new"
    hint = "Use the newer program; this one does not touch the store."


class StoreLocked(StorageError):
    """Somebody else holds the store's lock for too long."""

    code = "store-locked"
    hint = "Wait until the other program has finished, then try again."


class StoreUnavailable(StorageError):
    """The database does not answer. Nothing was stored."""

    code = "store-unavailable"
    hint = "Do the same again later: a repetition is harmless, also that of an envelope."


class KeyUnavailable(StorageError):
    """A private key cannot be used now: its token, its module or its PIN is missing."""

    code = "key-unavailable"
    hint = "Check the key's reference (a path or pkcs11:…), the token, and the PIN's file."


class OutcomeUnknown(StorageError):
    """The answer to the commit was lost: the statement may or may not be stored."""

    code = "outcome-unknown"
    hint = "Send the same envelope again: if it is stored you get its receipt, if not it is stored then."


class NotPublished(StorageError):
    """The statement is stored, but no published checkpoint contains it yet."""

    code = "not-published"
    hint = "Send the same envelope again later: it is stored once, and gets its receipt when it is published."


class PolicyUnmet(StorageError):
    """Too few witnesses have cosigned: nothing is published, and nothing is lost."""

    code = "policy-unmet"
    hint = "Ask the witnesses (`stimmbuch policy --check`); publishing goes on by itself when enough answer."


class AccessUnusable(StorageError):
    """A file that says who may do what cannot be read: nobody is let in until it can."""

    code = "access-unusable"
    hint = 'Correct the named file (api/README.md, "Who may do what"); it is read again by itself.'


class ProviderUnavailable(StorageError):
    """The keys of the OpenID Connect provider cannot be fetched, so its tokens cannot be checked."""

    code = "provider-unavailable"
    hint = "Send the same request again later; own tokens are not affected."


class Unreachable(StorageError):
    """Another server gives no usable answer."""

    code = "unreachable"
    hint = "Nothing was lost: try again when the other server answers."


class RolledBack(StorageError):
    """The database lacks entries that were published: an old backup was restored, or the end was cut off."""

    code = "rolled-back"
    hint = "Stop the service and bring the missing entries back with `stimmbuch recover`."


class SignerRefuses(StorageError):
    """The signer's memory is missing, older than what is published, or used by another signer."""

    code = "signer-refuses"
    hint = "Never restore the signer's memory from a backup; see `stimmbuch recover`."


class ClockDrift(StorageError):
    """The clock of this process and that of the database, or of the log, do not agree."""

    code = "clock-drift"
    hint = (
        "Nothing was recorded; send the same envelope again. It goes on by itself once the clocks are right"
        " (NTP)."
    )
