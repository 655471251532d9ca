"""The one table of who may make which call. A call that is not in it is denied to everybody.

The key is the call's name: the operation id of the OpenAPI document, or the name of the page's function.
A new call needs one line here; `tests/access/test_table.py` fails without it, and again without its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from api.access.roles import (
    AUDITOR,
    CHAIR,
    CLERK,
    MEMBER,
    OPERATOR,
    PORTAL,
    PUBLIC,
    REGISTRAR,
    ROLES,
)


class Who(NamedTuple):
    """Who may make a call."""

    roles: frozenset[str] = frozenset()
    everybody: bool = False
    """No credential is looked at."""
    own: str | None = None
    """Part of the address that a token which is only a member's may fill in with its own subject alone."""
    here: bool = False
    """Programs on this machine as well, without a credential."""


def only(*roles: str, own: str | None = None, here: bool = False) -> Who:
    """Those who have one of these roles."""
    return Who(frozenset(roles), own=own, here=here)


EVERYBODY = Who(everybody=True)
SOMEBODY = Who(ROLES | {PUBLIC})
"""Whoever is let in at all: for addresses that lead nowhere, or elsewhere."""
DENIED = Who()

OFFICE = (CLERK, CHAIR, REGISTRAR)
INSIDE = (*OFFICE, PORTAL, AUDITOR)
"""Those who see the whole ledger."""
READERS = (*INSIDE, MEMBER)

WHO_MAY: Mapping[str, Who] = {
    # statements: which kinds, and for whom, is said in kinds.py
    "submit_statement": only(*OFFICE, MEMBER, PORTAL, OPERATOR),
    "prepare_statement": only(*OFFICE, MEMBER, PORTAL, OPERATOR),
    # a receipt is found by a digest that only those know who have the statement
    "get_receipt": only(*READERS, OPERATOR, PUBLIC),
    "get_tlog_proof": only(*READERS, OPERATOR, PUBLIC),
    # the published log: hashes for everybody, entries for those who see the whole ledger
    "get_log_file": EVERYBODY,
    "get_log_entries": only(*INSIDE),
    # procedures; which of them a member and the public see is said in api/shown/visibility.py
    "list_procedures": only(*READERS, PUBLIC),
    "get_procedure": only(*READERS, PUBLIC),
    "get_tally": only(*READERS, PUBLIC),
    "get_history": only(*READERS),
    "get_result": only(*READERS, PUBLIC),
    "list_votes": only(*READERS),
    "get_groups": only(*READERS),
    "get_participation": only(*READERS),
    "list_open": only(*READERS, own="member"),
    "list_events": only(*INSIDE),
    # the log and the register as those see them who look after them
    "get_audit": only(*INSIDE),
    "list_entries": only(*INSIDE),
    "list_checkpoints": only(*INSIDE),
    "get_register": only(*INSIDE),
    "list_people": only(*INSIDE),
    "list_seats": only(*INSIDE),
    "list_paper_texts": only(*READERS),
    # published results, counts only, for council information systems
    "get_oparl_system": only(*READERS, PUBLIC),
    "list_oparl_objects": only(*READERS, PUBLIC),
    "get_oparl_object": only(*READERS, PUBLIC),
    "show_oparl_file": only(*READERS, PUBLIC),
    "download_oparl_file": only(*READERS, PUBLIC),
    "get_resolution": only(*READERS, PUBLIC),
    # reports, with the entries of the procedure in them
    "get_report_pdf": only(*READERS),
    "get_report_html": only(*READERS),
    "get_report_json": only(*READERS),
    "get_report_csv": only(*READERS),
    # what lies beside the log
    "put_document": only(*OFFICE, PORTAL),
    "get_document": only(*READERS),
    "put_disclosure": only(*OFFICE, PORTAL, MEMBER),
    # operations
    "get_health": EVERYBODY,
    "get_readiness": only(OPERATOR, here=True),
    "get_metrics": only(OPERATOR, here=True),
    # descriptions, without anything of a ledger in them
    "openapi_json": EVERYBODY,
    "get_report_schema": EVERYBODY,
    "show_problems": EVERYBODY,
    "show_problem": EVERYBODY,
    "static": EVERYBODY,
    # pages for people
    "show_overview": only(*READERS, PUBLIC),
    "show_procedure": only(*READERS),
    "show_register": only(*INSIDE),
    "show_seats": only(*INSIDE),
    "show_audit": only(*INSIDE),
    "show_entries": only(*INSIDE),
    "show_checkpoints": only(*INSIDE),
}


def who_may(call: str) -> Who:
    """Who may make this call: nobody, where it is not in the table."""
    return WHO_MAY.get(call, DENIED)
