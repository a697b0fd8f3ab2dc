"""What became of background work that failed, as lines of the audit log."""

from kempelen.domain.events import RequesterHappening


class JobFailed(RequesterHappening):
    """Background work failed for the last time: `data["job"]` is its kind, `data["problem"]` why."""


class JobTriedAgain(RequesterHappening):
    """Somebody had failed work tried again: `data["job"]`."""


class JobGivenUp(RequesterHappening):
    """Somebody gave failed work up: `data["job"]`."""
