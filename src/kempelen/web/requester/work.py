"""Where answers and messages are shown: at a batch, at a HIT group that programs fill, at a whole project."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kempelen.domain.actions import batches, projects
from kempelen.domain.models import Assignment, Batch, HITGroup, Project, Requester
from kempelen.domain.queries import (
    conversations,
    files,
    hit_groups,
    masks,
    progress,
    result_files,
    results,
    selected,
)
from kempelen.web.requester.progress import standing_of


class Work(ABC):
    """What the pages of answers and messages are about; names the views of each, which take its `key`."""

    head: str
    page: str
    extend: str
    expire: str
    results: str
    messages: str
    reply: str
    download: str
    in_task: str
    approve: str
    reject: str
    bonus: str
    undo: str
    review: str
    bulk_reviews: str
    bulk_review: str
    bulk_confirm: str
    bulk_undo: str
    bulk_drop: str
    reviewed_file: str
    files: str
    masks: str
    export: str

    key: int | str
    name: str
    file_name: str
    # A batch has none before it is published.
    group: HITGroup | None
    is_published = True
    # What it is of, as selections of answers take it.
    of: selected.Of

    def group_pks(self) -> Sequence[int]:
        """Give the HIT groups that its answers are in."""
        return [self.group.pk] if self.group else []

    def groups_of(self, answers: Iterable[Assignment]) -> Sequence[HITGroup]:
        """Give the HIT groups of these answers."""
        return [self.group] if self.group else []

    def batches_of(self, answers: Iterable[Assignment]) -> Mapping[int, Batch]:
        """Give the batches of these answers by their group, where they may have several."""
        return {}

    @property
    def is_large(self) -> bool:
        """Whether files of its answers are made in the background."""
        return results.is_large(self.group_pks())

    @property
    def has_files(self) -> bool:
        """Whether any answer that is in has a file."""
        return self.group is not None and files.has_any(self.group)

    @property
    def has_masks(self) -> bool:
        """Whether answers that are in have masks of segmentations."""
        return self.group is not None and masks.has_any(self.group.pk)

    @abstractmethod
    def columns(self) -> Sequence[str]:
        """Give the names of the HITs' input values, in the order in which files have them."""

    @abstractmethod
    def head_context(self) -> Mapping[str, Any]:
        """Give what the head of its pages shows."""


@dataclass
class BatchWork(Work):
    """The work of a batch, by its number."""

    batch: Batch

    head = "requester/batch/_head.html"
    page = "requester:batch"
    extend = "requester:batch_extend"
    expire = "requester:batch_expire"
    results = "requester:batch_results"
    messages = "requester:batch_messages"
    reply = "requester:message_reply"
    download = "requester:batch_download"
    in_task = "requester:assignment"
    approve = "requester:assignment_approve"
    reject = "requester:assignment_reject"
    bonus = "requester:assignment_bonus"
    undo = "requester:assignment_undo"
    review = "requester:batch_review"
    bulk_reviews = "requester:batch_reviews"
    bulk_review = "requester:batch_bulk_review"
    bulk_confirm = "requester:batch_bulk_confirm"
    bulk_undo = "requester:batch_bulk_undo"
    bulk_drop = "requester:batch_bulk_drop"
    reviewed_file = "requester:batch_reviewed_file"
    files = "requester:batch_files"
    masks = "requester:batch_masks"
    export = "requester:batch_export"

    def __post_init__(self) -> None:
        self.key, self.name, self.group = self.batch.number, self.batch.name, self.batch.hit_group
        self.of = self.batch
        self.file_name = f"Batch_{self.batch.number}_batch_results"
        self.is_published = self.batch.state == Batch.State.PUBLISHED

    @property
    def reward_cents(self) -> int:
        """What each of its answers pays."""
        return self.group.hit_type.reward_cents if self.group else 0

    def columns(self) -> Sequence[str]:
        """Give the columns of the batch's CSV."""
        columns: list[str] = self.batch.columns
        return columns

    def head_context(self) -> Mapping[str, Any]:
        """Give the batch with its figures."""
        return {"batch": self.batch, "standing": standing_of(self.batch)}


@dataclass
class GroupWork(Work):
    """The work of a HIT group, by its id."""

    group: HITGroup

    head = "requester/groups/_head.html"
    page = "requester:group"
    extend = "requester:group_extend"
    expire = "requester:group_expire"
    results = "requester:group_results"
    messages = "requester:group_messages"
    reply = "requester:group_message_reply"
    download = "requester:group_download"
    in_task = "requester:group_assignment"
    approve = "requester:group_assignment_approve"
    reject = "requester:group_assignment_reject"
    bonus = "requester:group_assignment_bonus"
    undo = "requester:group_assignment_undo"
    review = "requester:group_review"
    bulk_reviews = "requester:group_reviews"
    bulk_review = "requester:group_bulk_review"
    bulk_confirm = "requester:group_bulk_confirm"
    bulk_undo = "requester:group_bulk_undo"
    bulk_drop = "requester:group_bulk_drop"
    reviewed_file = "requester:group_reviewed_file"
    files = "requester:group_files"
    masks = "requester:group_masks"
    export = "requester:group_export"

    def __post_init__(self) -> None:
        self.key, self.name = self.group.public_id, self.group.hit_type.title
        self.of = self.group
        self.file_name = f"Group_{self.group.public_id}_results"

    def columns(self) -> Sequence[str]:
        """Give the names of the values of all its layouts."""
        return hit_groups.columns_of(self.group)

    def head_context(self) -> Mapping[str, Any]:
        """Give the group with its figures."""
        return {
            "group": self.group,
            "figures": progress.of_group(self.group.pk),
            "told": conversations.counted(self.group.pk),
        }


@dataclass
class ProjectWork(Work):
    """The work of all batches of a project, by its number; each batch has its messages and desk."""

    project: Project

    head = "requester/projects/_results_head.html"
    results = "requester:project_results"
    bulk_reviews = "requester:project_reviews"
    bulk_review = "requester:project_bulk_review"
    bulk_confirm = "requester:project_bulk_confirm"
    bulk_undo = "requester:project_bulk_undo"
    bulk_drop = "requester:project_bulk_drop"
    reviewed_file = "requester:project_reviewed_file"
    download = "requester:project_download"
    export = "requester:project_export"
    has_files = has_masks = False

    def __post_init__(self) -> None:
        self.key, self.name, self.group, self.of = self.project.number, self.project.name, None, self.project
        self.file_name = f"Project_{self.project.number}_results"

    def group_pks(self) -> Sequence[int]:
        """Give the HIT groups of its batches, of those that have answers."""
        return selected.groups_of(self.project)

    def groups_of(self, answers: Iterable[Assignment]) -> Sequence[HITGroup]:
        """Give the HIT groups of these answers."""
        return list(HITGroup.objects.filter(pk__in={answer.group_id for answer in answers}))

    def batches_of(self, answers: Iterable[Assignment]) -> Mapping[int, Batch]:
        """Give the batches of these answers, by their group."""
        groups = {answer.group_id for answer in answers}
        found = Batch.objects.filter(hit_group__in=groups).select_related("hit_group__hit_type")
        return {batch.hit_group_id: batch for batch in found if batch.hit_group_id is not None}

    def columns(self) -> Sequence[str]:
        """Give the columns of all its batches' files, each once."""
        return result_files.columns_of(self.project)

    def head_context(self) -> Mapping[str, Any]:
        """Give the project."""
        return {"project": self.project}


def work_of(requester: Requester, *, number: int = 0, group_id: str = "", project: int = 0) -> Work:
    """Give the requester's work that an address names, or refuse with `NotFound`."""
    if group_id:
        return GroupWork(hit_groups.found(requester, group_id))
    if project:
        return ProjectWork(projects.project_of(requester, project))
    return BatchWork(batches.batch_of(requester, number))
