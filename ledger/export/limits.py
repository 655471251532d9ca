"""What a dossier cannot show, said to whoever reads it: a proof must not be taken for more than it is."""

from __future__ import annotations

from ledger.export.sentences import limits as sentences
from ledger.sentence import Sentence, filled

LIMITS = (
    sentences.ENDED_WITH,
    sentences.REGISTER_ENDED_WITH,
    sentences.NOTHING_ELSE,
    sentences.SAME_FOR_EVERYBODY,
    sentences.NOTHING_WITHHELD,
    sentences.IN_WHOSE_HANDS,
)


def limits(size: int, last: int, register_last: int) -> list[Sentence]:
    """Each of them. `size` is that of the checkpoint, the others are numbers of entries."""
    return [filled(one, size=size, last=last, register_last=register_last) for one in LIMITS]
