"""What a task page's address names: signed, so that it opens that one page, and for a day only.

The page is loaded without cookies (its origin is opaque, or not ours), so the address alone has to be
enough.  It also says which origin of ours the page around has, where the two differ.
"""

from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import cast

from django.core import signing

from kempelen.web.content.pages import Mode

_SALT = "kempelen.content"
_DRAFT_SALT = "kempelen.content.draft"
_DRAFT_FILES_SALT = "kempelen.content.draft.files"
_TEST_SALT = "kempelen.content.test"
_TRIAL_SALT = "kempelen.content.trial"
LIFETIME = timedelta(days=1)


@dataclass(frozen=True)
class Shown:
    """A HIT to preview, or an assignment to work on or to look at; by public id."""

    mode: Mode
    public_id: str
    around: str = ""


@dataclass(frozen=True)
class DraftRight:
    """Leave to have unsaved templates shown, which a requester's members are given with their editor."""

    requester_id: str
    around: str
    permissions: list[str] = field(default_factory=list)


def make(shown: Shown) -> str:
    """Make the token that `read` understands."""
    return signing.dumps([shown.mode, shown.public_id, shown.around], salt=_SALT)


def read(token: str) -> Shown:
    """Give what the token names; raises `BadSignature` for one that we did not make, or too long ago."""
    mode, public_id, around = signing.loads(token, salt=_SALT, max_age=LIFETIME)
    return Shown(cast(Mode, mode), public_id, around)


def make_test(public_id: str, around: str) -> str:
    """Make the token for the page of a qualification test, named by the worker's request."""
    return signing.dumps([public_id, around], salt=_TEST_SALT)


def read_test(token: str) -> tuple[str, str]:
    """Give the request that the token names and the origin around; raises `BadSignature` as `read` does."""
    public_id, around = signing.loads(token, salt=_TEST_SALT, max_age=LIFETIME)
    return str(public_id), str(around)


def make_trial(type_id: str, around: str) -> str:
    """Make the token for the test of a qualification type, for those who try it."""
    return signing.dumps([type_id, around], salt=_TRIAL_SALT)


def read_trial(token: str) -> tuple[str, str]:
    """Give the type that the token names and the origin around; raises `BadSignature` as `read` does."""
    type_id, around = signing.loads(token, salt=_TRIAL_SALT, max_age=LIFETIME)
    return str(type_id), str(around)


def make_draft_right(right: DraftRight) -> str:
    """Make the token that `read_draft_right` understands."""
    return signing.dumps(asdict(right), salt=_DRAFT_SALT)


def read_draft_right(token: str) -> DraftRight:
    """Give what the token allows; raises `BadSignature` as `read` does."""
    return DraftRight(**signing.loads(token, salt=_DRAFT_SALT, max_age=LIFETIME))


def make_draft_files(requester_id: str, project: int) -> str:
    """Make the token for the files of a project (its number, 0 for none) whose template is being written.

    Drafts read it in their own address, so that it allows nothing else.
    """
    return signing.dumps([requester_id, project], salt=_DRAFT_FILES_SALT)


def read_draft_files(token: str) -> tuple[str, int]:
    """Give the requester and the project's number; raises `BadSignature` as `read` does."""
    requester_id, project = signing.loads(token, salt=_DRAFT_FILES_SALT, max_age=LIFETIME)
    return str(requester_id), int(project)
