"""Bodies, people and papers of a council information system (OParl 1.0 and 1.1), as proposals to a clerk.

Nothing that another server says becomes an entry by itself. `stimmbuch oparl propose` writes a file in
which everything is unconfirmed; a clerk reads it and confirms line by line; `stimmbuch oparl confirm` signs
what was confirmed. A membership is not a vote: roles are free text, `votingRight` is mostly missing, and
office staff are members too. What is unknown is left out, and the file says why.
"""

from __future__ import annotations
