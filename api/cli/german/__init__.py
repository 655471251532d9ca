"""Die Hilfe der Befehle auf Deutsch: englischer Absatz → deutscher Absatz. Ein Test hält sie vollständig.

Die Einstellungen des Dienstes (`serve`) stehen in der einen Tabelle, aus der auch das Handbuch entsteht, und
auf Englisch.
"""

from __future__ import annotations

from api.cli.german import audit, common, council, keys, operation

GERMAN: dict[str, str] = {
    **common.GERMAN,
    **council.GERMAN,
    **audit.GERMAN,
    **keys.GERMAN,
    **operation.GERMAN,
}
