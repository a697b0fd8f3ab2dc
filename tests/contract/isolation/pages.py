"""Who may do what on which page: a row for every name of the URL configuration.

The columns are `world.WHO`: a visitor, the worker whose work it is, the owner of another requester (who works
here too), a viewer, a reviewer, an editor and the owner of the requester, and an administrator of the site.

    yes     the page is there for them, whatever it says to an empty form
    idle    it answers, and nothing changes
    login   they are sent to log in
    none    it looks as if there were nothing of that name
    role    they read which role it takes
    token   they read that it takes a token, whoever they are: it is for programs
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from kempelen.domain.models import Membership


class Row(NamedTuple):
    """How a page is used, with what, and what comes of it for each of `world.WHO`."""

    method: str
    outcomes: tuple[str, ...]
    sends: Mapping[str, Any] | None = None


_ROLES = list(reversed(Membership.Role.values))


def _for(role: str, method: str = "get", sends: Mapping[str, Any] | None = None) -> Row:
    """A requester's page, for members of this role and those who may more."""
    members = ["yes" if _ROLES.index(one) >= _ROLES.index(role) else "role" for one in _ROLES]
    return Row(method, ("login", "none", "none", *members, "none"), sends)


def _mine(method: str = "get", sends: Mapping[str, Any] | None = None) -> Row:
    """A page about the worker's own; to everybody else there is nothing."""
    return Row(method, ("none", "yes", *["none"] * 6), sends)


def _account(method: str = "get") -> Row:
    """A page for everybody with an account."""
    return Row(method, ("login", *["yes"] * 7))


def _all(method: str = "get") -> Row:
    """A page for everybody, or one whose address is the right to see it."""
    return Row(method, ("yes",) * 8)


def _administration(method: str = "get", outcome: str = "yes", sends: Mapping[str, Any] | None = None) -> Row:
    """A page of the server's administrators."""
    return Row(method, ("login", *["none"] * 6, outcome), sends)


FIELDS = {"fields": [["answer", "no"]]}
# A key is revoked by its own member or an owner; to others of the requester it is not there.
_OWN_KEY = Row("post", ("login", "none", "none", "none", "none", "none", "yes", "none"))
# A note is changed by who wrote it and by editors; to other reviewers it is not there.
_NOT_MY_NOTE = ("login", "none", "none", "role", "none", "yes", "yes", "none")

# Tried answers are scored for members, and kept for nobody.
_NOTHING_KEPT = Row("json", ("login", "none", "none", "idle", "idle", "idle", "idle", "none"), FIELDS)

REQUESTER = {
    "index": _account(),
    "home": _for("viewer"),
    "projects": _for("viewer"),
    "project_new": _for("editor"),
    "project_check": _for("editor", "post"),
    "project_sample": _for("editor", "post"),
    "examples": _for("editor"),
    "example": _for("editor"),
    "example_use": _for("editor", "post"),
    "project": _for("viewer"),
    "project_edit": _for("editor"),
    "project_files": _for("viewer"),
    "project_files_upload": _for("editor", "post"),
    "project_files_remove": _for("editor", "post"),
    "project_archive": _for("editor", "post"),
    "project_copy": _for("editor", "post"),
    "project_versions": _for("viewer"),
    "project_version": _for("viewer"),
    "project_restore": _for("editor", "post"),
    "batch_new": _for("editor"),
    "access_keys": _for("viewer", "post"),
    "access_key_revoke": _OWN_KEY,
    "members": _for("viewer"),
    "member_invite": _for("owner", "post", {"role": "owner"}),
    "leave": _for("viewer", "post"),
    "rename": _for("owner", "post", {"name": "Mine"}),
    "member_role": _for("owner", "post", {"role": "owner"}),
    "member_remove": _for("owner", "post"),
    "invitation_revoke": _for("owner", "post"),
    "project_audience": _for("editor", "post", {"audience": "anonymous"}),
    "batch_audience": _for("editor", "post", {"audience": "anonymous"}),
    "audit": _for("owner"),
    "audit_file": _for("owner"),
    "worker_groups": _for("viewer"),
    "worker_group_new": _for("editor", "post", {"name": "Mine"}),
    "people_import": _for("editor"),
    "worker_group": _for("viewer"),
    "worker_group_add": _for("editor", "post", {"workers": ""}),
    "worker_group_remove": _for("editor", "post"),
    "worker_group_rename": _for("editor", "post", {"name": "Mine"}),
    "worker_group_delete": _for("editor", "post"),
    "worker_group_invite": _for("editor", "post", {"uses": "5"}),
    "worker_group_export": _for("viewer"),
    "worker_group_uninvite": _for("editor", "post"),
    "qualification_types": _for("viewer"),
    "qualification_requests": _for("viewer"),
    "qualification_decide": _for("reviewer", "post", {"decision": "grant", "value": "1"}),
    "qualification_type_new": _for("editor"),
    "qualification_build": _for("editor", "post"),
    "qualification_type_edit": _for("editor"),
    "qualification_try": _for("viewer"),
    "qualification_score": _NOTHING_KEPT,
    "qualification_type": _for("viewer"),
    "qualification_dispose": _for("editor", "post"),
    "qualification_grant": _for("editor", "post", {"workers": "", "value": "1"}),
    "qualification_revoke": _for("editor", "post"),
    "workers": _for("viewer"),
    "workers_file": _for("viewer"),
    "bonuses_file": _for("viewer"),
    "workers_holders": _for("viewer"),
    "workers_import": _for("editor"),
    "workers_change": _for("reviewer", "post", {"kind": "message", "worker": "A"}),
    "workers_changed": _for("viewer"),
    "worker": _for("viewer"),
    "worker_note": _for("reviewer", "post", {"note-text": "Kind."}),
    "worker_note_change": Row("post", _NOT_MY_NOTE, {"text": "Rude."}),
    "worker_note_delete": Row("post", _NOT_MY_NOTE),
    "worker_block": _for("editor", "post", {"block-reason": "Spam"}),
    "worker_unblock": _for("editor", "post"),
    "worker_tell": _for("reviewer", "post", {"message-subject": "Hello", "message-text": "Come."}),
    "worker_bonus": _for(
        "reviewer", "post", {"bonus-amount": "1", "bonus-reason": "Pilot", "bonus-token": "t"}
    ),
    "worker_qualify": _for("editor", "post", {"grant-value": "1"}),
    "worker_disqualify": _for("editor", "post"),
    "worker_join": _for("editor", "post"),
    "worker_leave": _for("editor", "post"),
    "notifications": _for("viewer"),
    "batches": _for("viewer"),
    "batch": _for("viewer"),
    "batch_publish": _for("editor", "post"),
    "batch_discard": _for("editor", "post"),
    "batch_progress": _for("viewer"),
    "batch_pause": _for("editor", "post"),
    "batch_resume": _for("editor", "post"),
    "batch_cancel": _for("editor", "post"),
    "batch_schedule": _for("editor", "post"),
    "batch_unschedule": _for("editor", "post"),
    "batch_extend": _for("editor"),
    "batch_expire": _for("editor", "post"),
    "batch_again": _for("editor"),
    "addition_new": _for("editor"),
    "addition": _for("viewer"),
    "addition_add": _for("editor", "post"),
    "addition_discard": _for("editor", "post"),
    "batch_results": _for("viewer"),
    "statistics": _for("viewer"),
    "project_statistics": _for("viewer"),
    "batch_statistics": _for("viewer"),
    "group_statistics": _for("viewer"),
    "batch_download": _for("viewer"),
    "batch_export": _for("viewer", "post", {"form": "csv"}),
    "project_results": _for("viewer"),
    "project_download": _for("viewer"),
    "project_export": _for("viewer", "post", {"form": "csv"}),
    "project_reviews": _for("reviewer", "post", {"kind": "approve", "which": "all"}),
    "project_reviewed_file": _for("reviewer"),
    "project_bulk_review": _for("reviewer"),
    "project_bulk_confirm": _for("reviewer", "post"),
    "project_bulk_undo": _for("reviewer", "post"),
    "project_bulk_drop": _for("reviewer", "post"),
    "job_again": _for("reviewer", "post"),
    "job_give_up": _for("reviewer", "post"),
    "exports": _for("viewer"),
    "export": _for("viewer"),
    "export_remove": _for("viewer", "post"),
    "batch_files": _for("viewer"),
    "batch_masks": _for("viewer"),
    "file": _for("viewer"),
    "batch_messages": _for("viewer"),
    "message_reply": _for("reviewer", "post", {"text": "Hello"}),
    "assignment": _for("viewer"),
    "assignment_approve": _for("reviewer", "post"),
    "assignment_reject": _for("reviewer", "post", {"feedback": "No."}),
    "assignment_bonus": _for("reviewer", "post", {"feedback": "Good.", "amount": "0.50"}),
    "assignment_undo": _for("reviewer", "post"),
    "batch_review": _for("viewer"),
    "batch_reviews": _for("reviewer", "post", {"kind": "approve", "which": "all"}),
    "batch_reviewed_file": _for("reviewer"),
    "batch_bulk_review": _for("reviewer"),
    "batch_bulk_confirm": _for("reviewer", "post"),
    "batch_bulk_undo": _for("reviewer", "post"),
    "batch_bulk_drop": _for("reviewer", "post"),
    "groups": _for("viewer"),
    "group": _for("viewer"),
    "group_extend": _for("editor"),
    "group_expire": _for("editor", "post"),
    "group_results": _for("viewer"),
    "group_download": _for("viewer"),
    "group_export": _for("viewer", "post", {"form": "csv"}),
    "group_files": _for("viewer"),
    "group_masks": _for("viewer"),
    "group_messages": _for("viewer"),
    "group_message_reply": _for("reviewer", "post", {"text": "Hello"}),
    "group_assignment": _for("viewer"),
    "group_assignment_approve": _for("reviewer", "post"),
    "group_assignment_reject": _for("reviewer", "post", {"feedback": "No."}),
    "group_assignment_bonus": _for("reviewer", "post", {"feedback": "Good.", "amount": "0.50"}),
    "group_assignment_undo": _for("reviewer", "post"),
    "group_review": _for("viewer"),
    "group_reviews": _for("reviewer", "post", {"kind": "approve", "which": "all"}),
    "group_reviewed_file": _for("reviewer"),
    "group_bulk_review": _for("reviewer"),
    "group_bulk_confirm": _for("reviewer", "post"),
    "group_bulk_undo": _for("reviewer", "post"),
    "group_bulk_drop": _for("reviewer", "post"),
}
ACCOUNT = {
    "account": _account(),
    "login": _all(),
    "logout": _all("post"),
    "reauthenticate": _account(),
    "close": _account(),
    "tokens": _account(),
    # Asks for the password, which nobody has given in these tests.
    "token_new": Row("post", ("login", *["idle"] * 7)),
    "token_revoke": Row("post", ("login", "none", "none", "none", "none", "none", "yes", "none")),
    "data": _account(),
    "signup": _all(),
    "join": _all(),
    "link": _all(),
    "password_change": _account(),
    "password_reset": _all(),
    "password_reset_sent": _all(),
    "password_reset_confirm": _all(),
}
# Task pages are loaded without cookies: their addresses hold signed leave to see them.
CONTENT = {
    "draft": _all("post"),
    "draft_file": Row("get", ("none",) * 8),  # a file that there is not
    "draft_form": _all("post"),
    "trial": _all(),
    "test": _all(),
    "page": _all(),
    "page_file": Row("get", ("none",) * 8),
    "crowd_elements": _all(),
    "stand_in": Row("get", ("none",) * 8),  # a file that there is not
    "file": _all(),
    "external_submit": _all("post"),
}
# The work of the table is for workers with accounts: a visitor is asked to log in.
WORKER = {
    "home": _all(),
    "group": _account(),
    "preview_next": _account(),
    "accept_next": _account("post"),
    "preview": _account(),
    "accept": _account("post"),
    "skip": _account("post"),
    "tell": _account("post"),
    "messages": _all(),
    "read": _mine("post"),
    "read_all": _all("post"),
    "work": _mine(),
    "submit": _mine("json", FIELDS),
    "draft": _mine("json", FIELDS),
    "return": _mine("post"),
    "skip_assignment": _mine("post"),
    "upload": _mine("file"),
    "discard": Row("post", ("none", "yes", "idle", *["none"] * 5)),  # says that nothing was removed
    "file": _mine(),
    "auto_accept": _all("post"),
    "preferences": _all(),
    "shortcuts": _all("post"),
    "qualifications": _all(),
    "qualification": _all(),
    "ask_qualification": _account("post"),
    "test": _mine(),
    "submit_test": _mine("json", FIELDS),
    "queue": _all(),
    "history": _all(),
    "statistics": _all(),
    "answer": _mine(),
    "correct": _mine("json", FIELDS),
    "mturk_preview": Row("get", ("none",) * 8),  # without the group's id it names nothing
    "mturk_tasks": _account(),
}
# To whom a page is not, there are no such pages; what changes something also asks for the password, which
# nobody has given in these tests: the administrator is sent to give it, and nothing changes.
SITE_ADMIN = {
    "state": _administration(),
    "test_mail": _administration("post"),
    "settings": _administration(),
    "log": _administration(),
    "log_file": _administration(),
    "users": _administration(),
    "user": _administration(),
    "user_link": _administration("post", "idle"),
    "user_active": _administration("post", "idle"),
    "user_administrator": _administration("post", "idle", {"administrator": "1"}),
    "user_token": _administration("post", "idle"),
    "user_close": _administration("post", "idle"),
    "jobs": _administration(),
    "job_again": _administration("post"),
    "job_give_up": _administration("post"),
    "requesters": _administration(),
    "requester_owner": _administration("post", "idle", {"username": "Zoe"}),
}
# For programs with an administrator's token (tests/web/sandbox); being logged in counts for nothing.
SANDBOX = {
    "clock": Row("json", ("token",) * 8, {"advance": "3d"}),
    "workers": Row("json", ("token",) * 8, {"names": ["Intruder"]}),
    "trouble": Row("json", ("token",) * 8, {"errors": 1}),
}
PAGES: dict[str, Row] = (
    {"health": _all(), "dismiss_notice": _all("post")}
    | {f"requester:{name}": row for name, row in REQUESTER.items()}
    | {f"account:{name}": row for name, row in ACCOUNT.items()}
    | {f"content:{name}": row for name, row in CONTENT.items()}
    | {f"site_admin:{name}": row for name, row in SITE_ADMIN.items()}
    | {f"worker:{name}": row for name, row in WORKER.items()}
    | {f"sandbox:{name}": row for name, row in SANDBOX.items()}
)
