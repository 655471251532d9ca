"""How much may be sent that no statement names: by one client, and to one ledger.

Whoever may upload could otherwise fill the disk, with documents that nobody ever decides on. What statements
name is no longer counted; what they never name is swept (`stimmbuch sweep`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from api.access.caller import caller
from api.context import Context
from ledger.errors import QuotaExceeded


@contextmanager
def counted(context: Context, digest: str, size: int) -> Iterator[None]:
    """Around the storing of so many bytes. Raises `QuotaExceeded` before, or a `StorageError`."""
    try:
        new = _note(context, digest, size)
    except QuotaExceeded:
        if not context.may_settle():
            raise
        context.service.settle_uploads()  # what statements name by now makes room
        new = _note(context, digest, size)
    try:
        yield
    except BaseException:
        if new:
            context.service.uploads.forget([digest])
        raise


def _note(context: Context, digest: str, size: int) -> bool:
    count, total = context.settings.unnamed_count, context.settings.unnamed_size
    return context.service.note_upload(
        digest, caller().name, size, each=(count // 2, total // 2), together=(count, total)
    )
