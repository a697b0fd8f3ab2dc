"""Workers who race for the HITs of one group, as a process: `python -m tests.concurrency.race GROUP WORKER…`.

Each worker is a thread that accepts the next HIT until nothing is left for anybody; one in five is
returned.  Prints a line for each submission that was acknowledged.
"""

import random
import sys
import threading
import time

import django

django.setup()

from django.db import connection  # noqa: E402

from kempelen.domain.actions import assignments, claims  # noqa: E402
from kempelen.domain.errors import Refusal  # noqa: E402
from kempelen.domain.models import HIT, HITGroup, Worker  # noqa: E402

SECONDS_AT_MOST = 900


def work(worker_pk: int, group_pk: int) -> None:
    """Work until every HIT of the group is done."""
    worker, group = Worker.objects.get(pk=worker_pk), HITGroup.objects.get(pk=group_pk)
    chance = random.Random(worker_pk)
    end = time.monotonic() + SECONDS_AT_MOST
    while time.monotonic() < end:
        try:
            assignment = claims.accept_next(worker, group)
        except Refusal:
            if not HIT.objects.filter(group=group, status__in=["Assignable", "Unassignable"]).exists():
                break
            time.sleep(0.02)
            continue
        if chance.random() < 0.2:
            assignments.return_assignment(worker, assignment.public_id)
        else:
            assignments.submit(assignment.public_id, {"worker": worker.public_id})
            sys.stdout.write(f"{assignment.public_id}\n")  # one write, whole among threads
    connection.close()


def main() -> None:
    """Start a thread for each worker."""
    group_pk, *worker_pks = map(int, sys.argv[1:])
    threads = [threading.Thread(target=work, args=(pk, group_pk)) for pk in worker_pks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main()
