"""Three requesters with boto3 and three workers, for state machines: what each test of them begins with."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine

from kempelen.domain import clock
from kempelen.domain.models import Requester
from tests.contract.api import in_process
from tests.factories import a_requester, a_worker

REQUESTERS = WORKERS = 3
picks = st.integers(0, 1000)
# Mostly the owner of what is picked; sometimes somebody else, who must not get at it.
strangers = st.sampled_from([0, 0, 0, 0, 1, 2])
workers = st.integers(0, WORKERS - 1)
MISSING = "AWS.MechanicalTurk.{}DoesNotExist"


class SeveralRequesters(RuleBasedStateMachine):
    """Calls go to the endpoint in this process, within a transaction that is rolled back at the end."""

    make_client: ClassVar[Callable[[Requester], Any]] = staticmethod(in_process.mturk)
    # With a real server there is no clock to move, and nothing to roll back.
    is_in_process: ClassVar[bool] = True
    # How often each operation was called in this run, and whether it was refused.
    asked: ClassVar[Counter[tuple[str, bool]]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self._real_now = clock.now
        if self.is_in_process:
            self._atomic = transaction.atomic()
            self._atomic.__enter__()
            # Of the last second only a part is over: what is shown in whole seconds is not exact.
            self._now = clock.now().replace(microsecond=250_000)
            clock.now = lambda: self._now
        self.requesters = [a_requester(f"Ada{number}") for number in range(REQUESTERS)]
        self.clients = [type(self).make_client(requester) for requester in self.requesters]
        self.workers = [a_worker(f"Cleo{number}") for number in range(WORKERS)]
        self.turn = 0

    def teardown(self) -> None:
        try:
            self.look_at_everything()
        finally:
            clock.now = self._real_now
            if self.is_in_process:
                transaction.set_rollback(True)
                self._atomic.__exit__(None, None, None)

    def look_at_everything(self) -> None:
        """Check once more, at the end, what was checked in turns."""

    @property
    def now(self) -> datetime:
        """The domain's time."""
        return clock.now()

    def forward(self, seconds: float) -> None:
        """Let time pass."""
        self._now += timedelta(seconds=seconds)

    def ask(self, who: int, operation: str, refusal: str = "", **given: Any) -> Any:
        """Call as this requester; the answer, or the message of the refusal that was foreseen."""
        code, said = in_process.called(self.clients[who % REQUESTERS], operation, given)
        assert code == refusal, (operation, given, said)
        self.asked[operation, bool(refusal)] += 1
        return said

    def all_of(self, who: int, operation: str, items: str, **given: Any) -> list[Any]:
        """All pages of a listing; the one after the last is empty and has no token."""
        return [item for page in self.pages(who, operation, items, **given) for item in page]

    def pages(self, who: int, operation: str, items: str, **given: Any) -> Iterator[list[Any]]:
        """The pages of a listing, one by one."""
        asked = {"MaxResults": 2 if self.turn % 3 else 10, **given}
        while True:
            page = self.ask(who, operation, **asked)
            assert page["NumResults"] == len(page[items]) <= asked["MaxResults"]
            assert bool(page[items]) is ("NextToken" in page)
            if not page[items]:
                return
            yield page[items]
            asked["NextToken"] = page["NextToken"]
