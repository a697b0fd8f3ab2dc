"""How long workers have for a HIT of a batch, changed while it is given out.

The time is of the HIT type: the batch gets another one, then its HITs do, page by page.  Who has accepted one
keeps the time that was said then.
"""

from django.db import transaction

from kempelen.domain import batch_events, events
from kempelen.domain.actions import background, hit_types, terms
from kempelen.domain.errors import WrongState
from kempelen.domain.models import HIT, Batch, HITGroup, Job, User

CHANGE_TIME = "change_assignment_time"
PAGE = 5_000


@transaction.atomic
def change(batch: Batch, *, seconds: int, by: User | None = None) -> Job | None:
    """Give workers so much time from now on; a job tells the HITs if there are any yet."""
    wanted = terms.checked({"assignment_duration_seconds": seconds})
    if batch.state == Batch.State.UPLOADED:
        batch.own_terms |= wanted
        batch.save(update_fields=["own_terms"])
        return None
    if batch.state != Batch.State.PUBLISHED or batch.hit_group is None:
        raise WrongState(f"Batch “{batch.name}” is {batch.get_state_display().lower()}.")
    # Without its type: where that has just changed, PostgreSQL would find no row that has the old one.
    group = HITGroup.objects.select_for_update().get(pk=batch.hit_group.pk)
    was = group.hit_type
    if was.assignment_duration_seconds == seconds:
        return None
    group.hit_type = hit_types.hit_type_of(
        batch.requester,
        title=was.title,
        description=was.description,
        keywords=was.keywords,
        reward_cents=was.reward_cents,
        assignment_duration_seconds=seconds,
        auto_approval_delay_seconds=was.auto_approval_delay_seconds,
        qualification_requirements=was.qualification_requirements,
    )
    group.save(update_fields=["hit_type"])
    batch.hit_group = group
    events.record(batch_events.BatchTimeChanged(batch, by=by, data={"seconds": seconds}))
    return background.ask_for(CHANGE_TIME, group=group.pk)


def change_now(group_pk: int) -> None:
    """Tell the HITs of the group which type they are of; may be run again from where it stopped."""
    after = 0
    while pks := list(
        HIT.objects.filter(group=group_pk, pk__gt=after).order_by("pk").values_list("pk", flat=True)[:PAGE]
    ):
        with transaction.atomic():
            same = HIT.objects.filter(group=group_pk, pk__gte=pks[0], pk__lte=pks[-1])
            # By id: the order in which everybody locks.
            list(same.select_for_update().order_by("pk").values_list("pk"))
            # Read each time, under the locks: another change may have come meanwhile.
            wanted = HITGroup.objects.values_list("hit_type", flat=True).get(pk=group_pk)
            same.exclude(hit_type=wanted).update(hit_type=wanted)
        after = pks[-1]
