"""Reports of one procedure: the extract for the minutes, the audit report, the resolution for everybody.

=====================  ==================================================================================
model, model_…         what a report says: the one type that every rendering reads
build, glance          makes it: examined once, told by the one model (`projections.model`)
names                  names and texts, and what of them was erased
decided, people        outcome of each item; who took part, and how
events                 entries and documents, for people
evidence               checks, keys, seats over time, anchors
=====================  ==================================================================================

How it is written down (HTML, PDF, JSON, CSV) stands in `api.report`.
"""
