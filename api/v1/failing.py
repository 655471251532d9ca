"""How a read of the views may fail, for its description."""

from __future__ import annotations

FAILURES = (404, 422, 503)
"""It is not there; it was asked wrongly; the views are behind, or cannot be read."""

LIMITED = (404, 422, 429, 503)
"""The same of a dear read, which one client may not make as often as it likes."""
