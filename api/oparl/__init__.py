"""What a council information system may take over: OParl 1.1 objects of published results, counts only.

A procedure becomes a `Meeting` (OParl knows no other place of a decision), each of its items an `AgendaItem`
with its result, what was decided on a `Paper` with its `File`s, joined by a `Consultation`; a body is an
`Organization` of the one `Body`. Public is what was **published** (`result-published` is on record, or
`result-announced` to everybody), and of that the items that are public. Everything else is nobody's business
here, not even that it exists.

Members of our own begin with `stimmbuch:`, as OParl asks (chapter 3, "Herstellerspezifische Erweiterungen").
Never in any object: who voted, and how. Counts, outcomes and texts come from where all other reads have them.
"""

from __future__ import annotations
