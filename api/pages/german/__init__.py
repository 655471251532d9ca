"""Die Seiten auf Deutsch: englischer Satz → deutscher Satz. Ein Test hält sie vollständig."""

from __future__ import annotations

from api.pages.german import happened, ledger, procedures, terms

GERMAN: dict[str, str] = {
    **terms.GERMAN,
    **happened.GERMAN,
    **ledger.GERMAN,
    **procedures.GERMAN,
}
