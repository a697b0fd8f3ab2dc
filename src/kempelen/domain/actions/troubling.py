"""Making trouble on demand: set, stopped, dealt out and counted.  For sandboxes; faces see to that."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db import transaction

from kempelen.domain import clock
from kempelen.domain.models import TroubleCount, TroubleMade
from kempelen.domain.trouble import fate, state
from kempelen.domain.trouble.fate import Fate, MessageFate
from kempelen.domain.trouble.state import Made
from kempelen.domain.trouble.wanted import NOTIFICATIONS, read

_ONLY = 1


def begin(given: object, operations: Collection[str]) -> None:
    """Make the trouble that JSON asks for, instead of any other; counts begin at 0.

    What makes no sense is `InvalidValue`.  `operations` are the names that the API has.
    """
    wanted = read(given, operations)
    with transaction.atomic():
        row = TroubleMade.objects.select_for_update().filter(pk=_ONLY).first()
        number = row.round + 1 if row else 1
        TroubleMade.objects.update_or_create(
            pk=_ONLY, defaults={"wanted": wanted.as_json(), "round": number, "since": clock.now()}
        )
        TroubleCount.objects.exclude(round=number).delete()
    state.follow()


def stop() -> None:
    """Make no more trouble; what was counted can still be read."""
    TroubleMade.objects.filter(pk=_ONLY).update(wanted={})
    state.follow()


def told() -> dict[str, Any]:
    """Give what is made and since when, and how often each kind was done to each target."""
    row = TroubleMade.objects.filter(pk=_ONLY).first()
    if row is None:
        return {"is_on": False, "since": None, "settings": None, "counts": {}}
    counts = TroubleCount.objects.filter(round=row.round).order_by("target")
    return {
        "is_on": bool(row.wanted),
        "since": row.since.isoformat(),
        "settings": row.wanted or None,
        "counts": {count.target: {"requests": count.requests, **count.done} for count in counts},
    }


def deal_request(made: Made, target: str) -> Fate:
    """Count a request, and give what becomes of it."""
    with transaction.atomic():
        count = _next(made, target)
        dealt = fate.of_request(made.wanted, target, count.requests)
        _note(count, dealt.kinds)
    return dealt


def deal_message(made: Made) -> MessageFate:
    """Count a message, and give what becomes of it."""
    with transaction.atomic():
        count = _next(made, NOTIFICATIONS)
        dealt = fate.of_message(made.wanted, count.requests)
        _note(count, dealt.kinds)
    return dealt


def _next(made: Made, target: str) -> TroubleCount:
    """Give the target's row, locked until the transaction ends, with one request more."""
    rows = TroubleCount.objects.select_for_update()
    count, _ = rows.get_or_create(round=made.round, target=target)
    count.requests += 1
    return count


def _note(count: TroubleCount, kinds: Sequence[str]) -> None:
    for kind in kinds:
        count.done[kind] = count.done.get(kind, 0) + 1
    count.save(update_fields=["requests", "done"])
