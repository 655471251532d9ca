"""What a dossier cannot show, said to whoever reads it: a proof must not be taken for more than it is."""

from __future__ import annotations

LIMITS = """\
That the procedure ended with entry {last}. A later entry, for instance an annulment, could have been left
out: the log has {size} entries at this checkpoint, and a dossier holds some of them.

That the register ended with entry {register_last}. A later entry, for instance the revocation of a key,
could have been left out.

That nothing else happened in the ledger. Entries of other procedures are not in it, and it does not show
that the whole log keeps the rules: for that, verify the whole log.

That everybody is shown the same log. Compare the checkpoint with one that somebody else kept, or look for
the cosignatures of witnesses on it.

That no statement was refused, delayed or withheld before it was recorded, and that the recorded times are
right: they are the service's claim, within what the order of the entries allows.

That a key was in the hands of the person for whom it was registered.
"""


def limits(size: int, last: int, register_last: int) -> list[str]:
    """A paragraph each. `size` is that of the checkpoint, the others are numbers of entries."""
    text = LIMITS.format(size=size, last=last, register_last=register_last)
    return [" ".join(paragraph.split()) for paragraph in text.split("\n\n")]
