"""How far a batch is, polled by its page: cheap to ask, and nothing is sent when nothing has changed."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response

from kempelen.domain import clock
from kempelen.domain.actions import batches
from kempelen.domain.models import Addition, Batch, Event
from kempelen.domain.queries import conversations, progress
from kempelen.web.requester import failed
from kempelen.web.requester.access import RequesterRequest, requester_required

MARK_LASTS_SECONDS = 60


@dataclass(frozen=True)
class Standing:
    """A batch's state in words, and its figures."""

    batch: Batch
    figures: progress.Progress

    @property
    def state(self) -> str:
        """Where the batch is, as its badge says it."""
        if self.batch.state != Batch.State.PUBLISHED:
            return str(self.batch.state)
        if self.is_complete:
            return "complete"
        if self.batch.cancelled_at:
            return "cancelled"
        return "paused" if self.batch.paused_at else "open"

    @property
    def is_complete(self) -> bool:
        """Whether no answer is awaited any more."""
        return self.batch.state == Batch.State.PUBLISHED and self.finished_hits >= self.figures.hits

    @property
    def finished_hits(self) -> int:
        """HITs on which nobody will work any more."""
        return self.figures.hits_done + self.figures.hits_expired

    @property
    def is_moving(self) -> bool:
        """Whether it is worth while to look again soon."""
        is_busy = bool(self.adding or self.change)
        return is_busy or self.state in {"publishing", "open", "paused", "cancelled"}

    @property
    def has_ended(self) -> bool:
        """Whether the time of its HITs is over."""
        return self.batch.ends_at is not None and self.batch.ends_at <= clock.now()

    @cached_property
    def adding(self) -> Addition | None:
        """What is being added to it just now."""
        if self.batch.state != Batch.State.PUBLISHED:
            return None
        return self.batch.additions.filter(state=Batch.State.PUBLISHING).first()

    @property
    def change(self) -> Mapping[str, Any] | None:
        """What is being done to all its HITs just now, and how far that is."""
        change: Mapping[str, Any] | None = self.batch.hit_group.change if self.batch.hit_group else None
        return change

    @property
    def places_left(self) -> int:
        """Assignments that nobody has begun."""
        return max(0, self.figures.places - self.figures.pending - self.figures.submitted)

    @property
    def owed_cents(self) -> int:
        """What the answers that are in cost, should all be approved."""
        reward = self.batch.hit_group.hit_type.reward_cents if self.batch.hit_group else 0
        return self.figures.submitted * reward

    @cached_property
    def messages(self) -> conversations.Counts:
        """How many messages workers have sent about its HITs, and how many have no reply."""
        group = self.batch.hit_group_id
        return conversations.counted(group) if group else conversations.Counts()


def standing_of(batch: Batch) -> Standing:
    """Give the batch's standing."""
    return Standing(batch, progress.of_batch(batch))


@requester_required()
def poll(request: RequesterRequest, number: int) -> HttpResponseBase:
    """Answer with the part that moves; the page is loaded anew when the state is not the one it shows."""
    batch = batches.batch_of(request.requester, number)
    etag = f'"{change_mark(batch)}"'
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return unchanged
    standing, failed_work = standing_of(batch), failed.shown(request, batch)
    is_as_seen = request.GET.get("seen") in (None, standing.state)
    if not is_as_seen or request.GET.get("failed") not in (None, str(len(failed_work))):
        return HttpResponse(headers={"HX-Refresh": "true", "Cache-Control": "no-store"})
    context = {"standing": standing, "batch": batch, "failed_work": failed_work}
    response = render(request, "requester/batch/_progress.html", context)
    # The browser asks each time, with the ETag of what it has.
    response["ETag"], response["Cache-Control"] = etag, "private, no-cache"
    return response


def change_mark(batch: Batch) -> str:
    """Give what changes when the batch's figures may have, at the cost of one look into an index.

    Counting a million HITs takes a second; every change of theirs writes an event.  Events of two
    transactions may appear out of their order, hence a mark is good for a minute at most.
    """
    newest = Event.objects.filter(requester_pk=batch.requester_id).order_by("-pk").values_list("pk").first()
    minute = int(clock.real_now().timestamp()) // MARK_LASTS_SECONDS
    facts = (
        batch.pk,
        batch.state,
        batch.published_count,
        batch.paused_at,
        batch.cancelled_at,
        batch.hit_group.change if batch.hit_group else None,
        newest,
        minute,
    )
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:32]
