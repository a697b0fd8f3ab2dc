"""HIT groups straight from the domain's bulk insert: queues for tests, without files."""

import random
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from kempelen.domain import clock
from kempelen.domain.actions import bulk_hits, hit_types
from kempelen.domain.ids import new_ids
from kempelen.domain.models import Audience, HITGroup, QueueOrder, Requester
from tests.factories import a_requester


def a_group(
    requester: Requester | None = None,
    *,
    hits: int = 3,
    places: int = 1,
    queue_order: str = QueueOrder.OLDEST,
    audience: str = Audience.ANONYMOUS,
    priorities: Iterable[int] | None = None,
    duration_seconds: int = 600,
    lifetime_seconds: int = 3600,
    auto_approval_delay_seconds: int = 3600,
    requirements: list[dict[str, Any]] | None = None,
) -> HITGroup:
    """An open group with a queue of `hits` HITs of `places` places each."""
    requester = requester or a_requester()
    now = clock.now()
    given = list(priorities) if priorities is not None else [0] * hits
    group = HITGroup.objects.create(
        requester=requester,
        hit_type=hit_types.hit_type_of(
            requester,
            title="Look at pictures",
            description="Say what you see.",
            keywords="pictures, quick",
            reward_cents=5,
            assignment_duration_seconds=duration_seconds,
            auto_approval_delay_seconds=auto_approval_delay_seconds,
            qualification_requirements=requirements,
        ),
        audience=audience,
        queue_order=queue_order,
        next_seq=hits + 1,
        priorities=sorted(set(given), reverse=True),
        created_at=now,
    )
    template = requester.templates.create(name="a page", created_at=now)
    version = template.versions.create(number=1, html="<input name=a value='${n}'>", created_at=now)
    shuffled = random.Random(1).sample(range(1, hits + 1), hits)
    bulk_hits.insert(
        bulk_hits.SameForAll(
            requester_pk=requester.pk,
            hit_type_pk=group.hit_type_id,
            group_pk=group.pk,
            template_version_pk=version.pk,
            max_assignments=places,
            requester_annotation="",
            lifetime_seconds=lifetime_seconds,
            created_at=now,
            expires_at=now + timedelta(seconds=lifetime_seconds),
        ),
        bulk_hits.NewHITs(
            first_row=1,
            first_seq=1,
            public_ids=new_ids(hits),
            inputs=[{"n": str(number)} for number in range(1, hits + 1)],
            shuffled=shuffled,
            priorities=given,
        ),
    )
    return group
