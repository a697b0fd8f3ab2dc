"""Every operation of the API, tried by each role, and by keys that work no more."""

import pytest
from django.db import transaction

from kempelen.api import handlers
from kempelen.domain.actions import members
from kempelen.domain.models import Membership, Requester, User, Worker
from tests.contract.api import in_process
from tests.contract.api.every_operation import arguments, things_of
from tests.contract.api.test_isolation import everything
from tests.contract.isolation.operations import OPERATIONS

DENIED = "AccessDeniedException"


@pytest.fixture(autouse=True)
def _nothing_leaves_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kempelen.api.notifications.send", lambda *_, **__: None)


def test_every_operation_has_a_row() -> None:
    assert set(OPERATIONS) == set(handlers.by_name())


@pytest.mark.parametrize("role", ["viewer", "reviewer", "editor", "owner"])
def test_each_role_may_call_what_the_table_says(role: str, ada: Requester, cleo: Worker, dan: Worker) -> None:
    given = arguments(things_of(in_process.mturk(ada), ada, cleo, dan))
    mturk = in_process.mturk(ada, role)
    may = Membership(role=role).includes
    for operation, least in OPERATIONS.items():
        savepoint = transaction.savepoint()
        code, said = in_process.called(mturk, operation, given[operation])
        transaction.savepoint_rollback(savepoint)
        assert (code != DENIED) is may(least), (operation, said)


@pytest.mark.parametrize("how", ["removed", "deactivated"])
def test_the_keys_of_a_former_member_open_nothing(
    how: str, ada: Requester, cleo: Worker, dan: Worker
) -> None:
    given = arguments(things_of(in_process.mturk(ada), ada, cleo, dan))
    mturk = in_process.mturk(ada, "editor")
    member = ada.memberships.select_related("user").get(role="editor").user
    if how == "removed":
        members.remove(ada, member.username)
    else:
        User.objects.filter(pk=member.pk).update(is_active=False)
    before = everything()
    codes = {in_process.called(mturk, operation, given[operation])[0] for operation in OPERATIONS}
    assert codes == {"UnrecognizedClientException"}
    assert everything() == before
