"""What is due is settled by whoever looks: of their own things, and no others'."""

from datetime import timedelta

from kempelen.domain.actions import settled, settling
from kempelen.domain.models import HIT, Assignment, Requester, Worker
from tests.domain.moving_clock import MovingClock
from tests.factories import a_hit, an_assignment


def test_who_lists_what_to_review_settles_their_own_hits_alone(
    ada: Requester, ben: Requester, cleo: Worker, moving_clock: MovingClock
) -> None:
    mine, other = (an_assignment(cleo, a_hit(owner)) for owner in (ada, ben))
    HIT.objects.update(expires_at=moving_clock.now() + timedelta(hours=1))
    Assignment.objects.update(deadline_at=moving_clock.now() + timedelta(hours=1))
    moving_clock.forward(7200)

    found = settled.hits_to_review(ada, "Reviewable", hit_type_id=None, after=None, size=10)
    assert found == [(mine.hit_id, mine.hit.public_id)]
    mine.refresh_from_db()
    other.refresh_from_db()
    assert (mine.status, other.status) == ("Abandoned", "Accepted")
    assert HIT.objects.get(pk=other.hit_id).expired_at is None
    assert settling.settle_places() == 2
