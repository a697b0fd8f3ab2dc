"""The claim by itself, without a web server around it."""

import statistics
import time

from kempelen.domain.actions import claims
from kempelen.domain.models import HITGroup, Worker


def claim_seconds(groups: list[str], workers: list[int], times: int) -> list[float]:
    """The median time of accepting the next HIT, for each pair of group and worker, taken in turns."""
    everybody = list(Worker.objects.order_by("pk"))
    pairs = [
        (HITGroup.objects.get(public_id=group), everybody[worker])
        for group, worker in zip(groups, workers, strict=True)
    ]
    taken: list[list[float]] = [[] for _ in pairs]
    for _ in range(times):
        for seconds, (group, worker) in zip(taken, pairs, strict=True):
            started = time.perf_counter()
            claims.accept_next(worker, group)
            seconds.append(time.perf_counter() - started)
    return [statistics.median(seconds) for seconds in taken]
