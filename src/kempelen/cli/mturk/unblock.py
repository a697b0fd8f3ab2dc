"""`kempelen unblock`."""

from functools import partial

from kempelen.cli.mturk.options import AsJson, AtOnce, EndpointUrl, ProfileName
from kempelen.cli.mturk.telling import end_with, progress
from kempelen.cli.mturk.workers_of import WorkerIds, WorkersFile, worker_ids
from kempelen.toolkit import changing, workforce
from kempelen.toolkit.connection import AT_ONCE, connect


def unblock(
    ids: WorkerIds = None,
    file: WorkersFile = None,
    at_once: AtOnce = AT_ONCE,
    as_json: AsJson = False,
    profile: ProfileName = "",
    endpoint_url: EndpointUrl = "",
) -> None:
    """Let blocked workers in again.

    Example:

        kempelen unblock A2EXAMPLE
    """
    connection = connect(profile, endpoint_url)
    wanted = worker_ids(connection, ids, file)
    blocked = set(workforce.blocked(connection))
    jobs = [(one, partial(workforce.unblock, connection, one, blocked)) for one in wanted]
    with progress("unblocked", len(jobs)) as moved:
        summary = changing.each(jobs, at_once=at_once, on_done=moved)
    end_with(summary, "unblocked", as_json=as_json)
