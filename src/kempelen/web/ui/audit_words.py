"""How lines of the audit log read."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from kempelen.domain.actions.failed_jobs import KINDS
from kempelen.domain.models import WorkersChange
from kempelen.domain.queries.audit import Line
from kempelen.web.ui import words

Data = Mapping[str, Any]
_GONE = "somebody whose account is gone"


def _name(line: Line) -> str:
    return str(line.user) if line.user else _GONE


def _reviewed(data: Data) -> str:
    said = f"approved {data['approved']}, rejected {data['rejected']} at once"
    bonuses = data.get("bonuses")
    return f"{said}, paid {bonuses} bonuses of {words.money(data['bonus_cents'])} in all" if bonuses else said


def _batch(line: Line, data: Data) -> str:
    return f"“{line.batch or data.get('batch', '')}”"


def _scheduled(line: Line, data: Data) -> str:
    if data.get("problem"):
        return f"publishing the batch {_batch(line, data)} at its time failed: {data['problem']}"
    if data.get("at"):
        return f"scheduled the batch {_batch(line, data)} for {_time(data['at'])}"
    return f"took back the schedule of the batch {_batch(line, data)}"


def _extended(what: str, data: Data) -> str:
    until = f" until {_time(data['ends_at'])}" if data.get("ends_at") else ""
    more = f", {data['more']} more assignments for each HIT" if data.get("more") else ""
    return f"extended {what}{until}{more}"


def _job(data: Data) -> str:
    return KINDS[data["job"]].does.lower()


def _time(iso: str) -> str:
    at = datetime.fromisoformat(iso)
    return date_format(timezone.localtime(at), "j M Y, H:i")


Words = Callable[[Line, Data], str]
_WORDS: Mapping[str, Words] = {
    "RequesterCreated": lambda line, data: "made the requester",
    "RequesterRenamed": lambda line, data: f"renamed the requester from “{data['was']}” to “{data['name']}”",
    "MemberJoined": lambda line, data: f"{_name(line)} became {data['role']}",
    "MemberInvited": lambda line, data: f"invited somebody to be {data.get('role') or 'a member'}",
    "WorkersInvited": lambda line, data: f"invited {data['uses']} to the group “{data['group']}”",
    "InvitationRevoked": lambda line, data: "revoked an invitation",
    "RoleChanged": lambda line, data: f"made {_name(line)} {data['role']} in place of {data['was']}",
    "MemberRemoved": lambda line, data: f"removed {_name(line)}, who was {data['role']}",
    "MemberLeft": lambda line, data: f"left; was {data['role']}",
    "WorkerGroupCreated": lambda line, data: f"made the group “{data['group']}”",
    "WorkerGroupRenamed": lambda line, data: f"renamed the group “{data['was']}” to “{data['group']}”",
    "WorkerGroupDeleted": lambda line, data: f"deleted the group “{data['group']}” of {data['members']}",
    "WorkerGroupMembersChanged": lambda line, data: (
        f"put {data['added']} into “{data['group']}”, took {data['removed']} out"
    ),
    "WorkerBlocked": lambda line, data: f"blocked {data['worker']}: {data['reason']}",
    "WorkerUnblocked": lambda line, data: f"unblocked {data['worker']}",
    "BonusPaidOutside": lambda line, data: (
        f"paid {data['worker']} a bonus of {words.money(data['cents'])} outside any HIT: {data['reason']}"
    ),
    "WorkersChanged": lambda line, data: (
        f"with {data['workers']} workers at once: {WorkersChange.Kind(data['kind']).label.lower()}"
    ),
    "PeopleImported": lambda line, data: f"imported {data['users']} accounts and {data['groups']} groups",
    "TurkleImported": lambda line, data: (
        f"brought {data['users']} accounts, {data['batches']} batches, {data['answers']} answers from Turkle"
    ),
    "ResultsExported": lambda line, data: f"had the file {data['file']} made",
    "WorkReviewed": lambda line, data: _reviewed(data),
    "ReviewTakenBack": lambda line, data: f"took back {data['decisions']} decisions made at once",
    "ProjectSaved": lambda line, data: f"saved project {data['project']}",
    "ProjectFileChanged": lambda line, data: (
        f"{data['done']} the file {data['path']} of project {data['project']}"
    ),
    "ProjectCopied": lambda line, data: f"copied project {data['source']} as project {data['project']}",
    "ProjectTemplateRestored": lambda line, data: (
        f"made version {data['version']} of project {data['project']}’s template the current one again"
    ),
    "BatchUploaded": lambda line, data: f"uploaded the batch {_batch(line, data)}",
    "BatchPublished": lambda line, data: f"published the batch {_batch(line, data)}: {data.get('hits')} HITs",
    "BatchFailed": lambda line, data: f"publishing the batch {_batch(line, data)} failed",
    "BatchPaused": lambda line, data: f"paused the batch {_batch(line, data)}",
    "BatchResumed": lambda line, data: f"resumed the batch {_batch(line, data)}",
    "BatchCancelled": lambda line, data: f"cancelled the rest of the batch {_batch(line, data)}",
    "BatchScheduled": _scheduled,
    "BatchExtended": lambda line, data: _extended(f"the batch {_batch(line, data)}", data),
    "BatchExpired": lambda line, data: f"ended the batch {_batch(line, data)}",
    "HITGroupExtended": lambda line, data: _extended(f"the HITs of “{data['title']}”", data),
    "HITGroupExpired": lambda line, data: f"ended the HITs of “{data['title']}”",
    "BatchRowsAdded": lambda line, data: f"added {data.get('hits')} HITs to the batch {_batch(line, data)}",
    "BatchRowsFailed": lambda line, data: f"adding rows to the batch {_batch(line, data)} failed",
    "BatchDiscarded": lambda line, data: f"deleted the upload {_batch(line, data)}",
    "BatchAudienceChanged": lambda line, data: (
        f"opened the batch {_batch(line, data)} to: {data['audience']}"
    ),
    "BatchRenamed": lambda line, data: f"renamed the batch “{data['was']}” to “{data['name']}”",
    "BatchTimeChanged": lambda line, data: (
        f"gave workers of the batch {_batch(line, data)} {data['seconds'] // 60:,} minutes for each HIT"
    ),
    "JobFailed": lambda line, data: f"failed in the background: {_job(data)}. {data['problem']}",
    "JobTriedAgain": lambda line, data: f"tried again what had failed: {_job(data)}",
    "JobGivenUp": lambda line, data: f"gave up what had failed: {_job(data)}",
    "AccessKeyCreated": lambda line, data: f"made the access key {data['access_key']}",
    "AccessKeyRevoked": lambda line, data: f"revoked the access key {data['access_key']}",
    "QualificationTypeCreated": lambda line, data: f"made qualification type {data['qualification_type']}",
    "QualificationTypeChanged": lambda line, data: f"changed qualification type {data['qualification_type']}",
    "QualificationTypeDisposed": lambda line, data: (
        f"deleted qualification type {data['qualification_type']}"
    ),
    "UserCreated": lambda line, data: f"the account {_name(line)} was made",
    "LoggedIn": lambda line, data: f"logged in with a {data['with']} from {data['from']}",
    "LoginFailed": lambda line, data: _failed(line, data),
    "PasswordChanged": lambda line, data: "set another password",
    "LoginLinkMade": lambda line, data: f"a log-in link for {_name(line)} was made",
    "ApiTokenMade": lambda line, data: (
        f"made the API token …{data['token']} of {_name(line)}, in the scope of {data['scope']}s"
    ),
    "ApiTokenRevoked": lambda line, data: f"revoked the API token …{data['token']} of {_name(line)}",
    "UserDeactivated": lambda line, data: f"deactivated {_name(line)}",
    "UserReactivated": lambda line, data: f"let {_name(line)} log in again",
    "AdministratorNamed": lambda line, data: f"made {_name(line)} an administrator",
    "AdministratorDismissed": lambda line, data: f"{_name(line)} is no administrator any more",
    "AccountClosed": lambda line, data: f"the account {_name(line)} was closed",
}
# What the filter offers; kinds that it does not name are found without one.
TOPICS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "members": (
        "Members and roles",
        (
            "RequesterCreated",
            "RequesterRenamed",
            "MemberJoined",
            "MemberInvited",
            "InvitationRevoked",
            "RoleChanged",
            "MemberRemoved",
            "MemberLeft",
        ),
    ),
    "workers": (
        "Workers and groups",
        (
            "WorkersInvited",
            "WorkerGroupCreated",
            "WorkerGroupRenamed",
            "WorkerGroupDeleted",
            "WorkerGroupMembersChanged",
            "WorkerBlocked",
            "WorkerUnblocked",
            "BonusPaidOutside",
            "WorkersChanged",
            "PeopleImported",
            "WorkReviewed",
            "ReviewTakenBack",
        ),
    ),
    "work": (
        "Projects and batches",
        tuple(kind for kind in _WORDS if kind.startswith(("Project", "Batch", "HITGroup", "Job"))),
    ),
    "keys": (
        "Access keys and tokens",
        ("AccessKeyCreated", "AccessKeyRevoked", "ApiTokenMade", "ApiTokenRevoked"),
    ),
    "logins": ("Logging in", ("LoggedIn", "LoginFailed", "PasswordChanged", "LoginLinkMade")),
    "accounts": (
        "Accounts",
        (
            "UserCreated",
            "UserDeactivated",
            "UserReactivated",
            "AdministratorNamed",
            "AdministratorDismissed",
            "AccountClosed",
        ),
    ),
}


def sentence(line: Line) -> str:
    """Say what happened; a kind or data that nobody has words for is shown as it is."""
    tell = _WORDS.get(line.event.kind)
    try:
        return tell(line, line.event.data) if tell else f"{line.event.kind} {line.event.data or ''}".strip()
    except KeyError:
        return line.event.kind


def _failed(line: Line, data: Data) -> str:
    whose = f"for {line.user}" if line.user else "for a name that nobody has"
    return f"a log-in failed {whose}, from {data['from']}" + ("; braked" if data.get("braked") else "")
