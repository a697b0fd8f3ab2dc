"""How far a batch is, polled by its page: cheap to ask, and nothing is sent when nothing has changed."""

import hashlib
from dataclasses import dataclass

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response

from kempelen.domain.actions import batches
from kempelen.domain.models import Batch
from kempelen.domain.queries import progress
from kempelen.web.requester.access import RequesterRequest, requester_required


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
        return self.state in {"publishing", "open", "paused", "cancelled"}

    @property
    def places_left(self) -> int:
        """Assignments that nobody has begun."""
        return max(0, self.figures.places - self.figures.pending - self.figures.submitted)

    @property
    def owed_cents(self) -> int:
        """What the answers that are in cost, should all be approved."""
        reward = self.batch.hit_group.hit_type.reward_cents if self.batch.hit_group else 0
        return self.figures.submitted * reward

    def etag(self) -> str:
        """Give what changes whenever the page would look different."""
        facts = (self.state, self.batch.published_count, self.figures)
        return f'"{hashlib.sha256(repr(facts).encode()).hexdigest()[:32]}"'


def standing_of(batch: Batch) -> Standing:
    """Give the batch's standing."""
    return Standing(batch, progress.of_batch(batch))


@requester_required()
def poll(request: RequesterRequest, number: int) -> HttpResponseBase:
    """Answer with the part that moves; the page is loaded anew when the state is not the one it shows."""
    standing = standing_of(batches.batch_of(request.requester, number))
    etag = standing.etag()
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return unchanged
    if request.GET.get("seen") not in (None, standing.state):
        return HttpResponse(headers={"HX-Refresh": "true", "Cache-Control": "no-store"})
    response = render(
        request, "requester/batch/_progress.html", {"standing": standing, "batch": standing.batch}
    )
    # The browser asks each time, with the ETag of what it has.
    response["ETag"], response["Cache-Control"] = etag, "private, no-cache"
    return response
