"""What has happened to messages between workers and requesters."""

from dataclasses import dataclass

from kempelen.domain.events import Happening
from kempelen.domain.models import Event, Message, Notice, User


@dataclass(frozen=True)
class MessageHappening(Happening):
    """Something that happened to a message between a worker and a requester."""

    message: Message
    requester_pk: int
    by: User | None = None

    def row(self) -> Event:
        """Give the row, with the HIT that the message is about."""
        return Event(
            kind=type(self).__name__,
            requester_pk=self.requester_pk,
            hit_pk=self.message.hit_id,
            worker_pk=self.message.worker_id,
            user_pk=self.by.pk if self.by else None,
            data={"message": self.message.public_id},
        )


class MessageSent(MessageHappening):
    """A worker told the requester something about a HIT."""


class MessageReplied(MessageHappening):
    """The requester replied."""


@dataclass(frozen=True)
class NoticeSent(Happening):
    """A requester wrote to a worker."""

    notice: Notice
    by: User | None = None

    def row(self) -> Event:
        """Give the row, with both."""
        return Event(
            kind=type(self).__name__,
            requester_pk=self.notice.requester_id,
            worker_pk=self.notice.worker_id,
            user_pk=self.by.pk if self.by else None,
            data={"notice": self.notice.public_id},
        )
