"""Reports of one procedure: the extract for the minutes, and the audit report.

=====================  ==================================================================================
model, model_…         what a report says: the one type that every rendering reads
build                  makes it: examined once, told by the domain
names                  names and texts, and what of them was erased
decided, people        outcome of each item; who took part, and how
events                 entries and documents, for people
evidence               checks, keys, seats over time, anchors
=====================  ==================================================================================

How it is written down (HTML, PDF, JSON, CSV) stands in `api.report`.
"""
