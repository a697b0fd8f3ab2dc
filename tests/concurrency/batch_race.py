"""What people and jobs do to a batch, a process: `python -m tests.concurrency.batch_race BATCH SEED TIMES`.

Each time something else by chance: a worker's, a requester's, or a page of what is to be done in the
background.  Prints a line for each thing done.
"""

import random
import sys
from collections.abc import Callable
from datetime import timedelta

import django

django.setup()

from django.core.files.base import ContentFile  # noqa: E402

from kempelen.domain import clock  # noqa: E402
from kempelen.domain.actions import (  # noqa: E402
    additions,
    assignment_time,
    assignments,
    batches,
    claims,
    prolonging,
    row_hits,
    settling,
    stopping,
)
from kempelen.domain.errors import Refusal  # noqa: E402
from kempelen.domain.models import Batch, Worker  # noqa: E402
from kempelen.jobs import working  # noqa: E402


class Racer:
    """One that does what comes to mind."""

    def __init__(self, batch_pk: int, seed: int) -> None:
        self.batch_pk, self.seed = batch_pk, seed
        self.chance = random.Random(seed)
        self.worker = Worker.objects.order_by("pk")[seed % 2]
        self.things: list[Callable[[], object]] = [
            *[self.work] * 4,
            *[self.do_a_job] * 4,
            self.extend,
            self.expire,
            self.add_rows,
            self.pause,
            self.resume,
            self.change_time,
            self.stop_or_go_on,
            settling.settle_due,
        ]

    def batch(self) -> Batch:
        """The batch as it is now."""
        return Batch.objects.select_related("project", "hit_group__hit_type").get(pk=self.batch_pk)

    def group(self):  # type: ignore[no-untyped-def]
        """Its group, as it is now."""
        return self.batch().hit_group

    def work(self) -> None:
        """Accept the next HIT; submit it or give it back."""
        had = claims.accept_next(self.worker, self.group())
        if self.chance.random() < 0.3:
            assignments.return_assignment(self.worker, had.public_id)
        else:
            assignments.submit(had.public_id, {"a": "yes"})

    def do_a_job(self) -> None:
        """Do what is to be done next in the background."""
        working.do_next(f"racer {self.seed}")

    def extend(self) -> None:
        """Let all live longer, ask for one more of each, or both."""
        end = clock.now() + timedelta(days=self.chance.randrange(1, 300))
        prolonging.extend(self.group(), ends_at=end, more=self.chance.randrange(2))

    def expire(self) -> None:
        """End all now."""
        prolonging.expire(self.group())

    def add_rows(self) -> None:
        """Upload some rows, and add them."""
        rows = ContentFile(b"text\n" + b"more\n" * 7)
        additions.publish(additions.upload(self.batch(), rows, file_name="more.csv"))

    def pause(self) -> None:
        """Pause the batch."""
        batches.pause(self.batch())

    def resume(self) -> None:
        """Let it go on."""
        batches.resume(self.batch())

    def change_time(self) -> None:
        """Give workers another time."""
        assignment_time.change(self.batch(), seconds=self.chance.randrange(600, 660))

    def stop_or_go_on(self) -> None:
        """Stop the project, or let it go on."""
        (stopping.stop if self.chance.random() < 0.3 else stopping.go_on)(self.batch().project)


def main() -> None:
    """Do so many things; cancel the batch near the end."""
    batch_pk, seed, times = map(int, sys.argv[1:])
    row_hits.PAGE, prolonging.PAGE, assignment_time.PAGE = 2, 3, 3
    racer = Racer(batch_pk, seed)
    for done in range(times):
        thing = racer.chance.choice(racer.things)
        if done == times * 9 // 10:
            thing = lambda: batches.cancel_rest(racer.batch())  # noqa: E731
        try:
            thing()
        except Refusal:
            continue
        finally:
            sys.stdout.write(f"{getattr(thing, '__name__', 'cancel')}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
