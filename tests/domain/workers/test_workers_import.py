"""Amazon's file of workers: read, looked at, done, and the same again."""

from pathlib import Path

import pytest

from kempelen.domain.actions import blocks, qualification_types, qualifications, workers_import
from kempelen.domain.batches import workers_csv
from kempelen.domain.batches.workers_csv import Rate
from kempelen.domain.errors import FileRefused, InvalidValue, NotFound
from kempelen.domain.models import Notice, Qualification, Requester, Worker, WorkerBlock
from kempelen.domain.queries import workers_file
from kempelen.domain.queries.workers import ChosenWorkers
from tests.domain.workers.known import a_record
from tests.factories import owner_of


@pytest.fixture
def finnish(ada: Requester) -> str:
    return qualification_types.create(ada, {"name": "Finnish", "description": "Speaks it."}).public_id


class Files:
    """Files of Ada's, by their text."""

    def __init__(self, requester: Requester, folder: Path) -> None:
        self.requester, self.path = requester, folder / "workers.csv"

    def read(self, text: str, type_id: str = "") -> workers_import.Table:
        self.path.write_text(text)
        return workers_import.read(self.requester, self.path, file_name="workers.csv", type_id=type_id)

    def plan(self, text: str, type_id: str = "") -> list[tuple[str, ...]]:
        planned = workers_import.plan(self.requester, self.read(text, type_id), type_id=type_id)
        return [outcome.changes for outcome in planned.outcomes]

    def do(self, text: str, type_id: str = "") -> None:
        by = owner_of(self.requester)
        workers_import.carry_out(self.requester, self.read(text, type_id), type_id=type_id, by=by)


@pytest.fixture
def files(ada: Requester, tmp_path: Path) -> Files:
    return Files(ada, tmp_path)


def refusal(files: Files, text: str, type_id: str = "") -> str:
    with pytest.raises(FileRefused) as refused:
        files.plan(text, type_id)
    return str(refused.value)


@pytest.mark.parametrize("column", ["UPDATE BlockStatus", "UPDATE-BlockStatus"])
def test_a_block_list_as_programs_write_it_blocks(
    files: Files, cleo: Worker, dan: Worker, column: str
) -> None:
    # As the P.808 toolkit makes it (mturk-api.md §7.4): somebody may be in it for two reasons.
    text = f"Worker ID,{column},BlockReason\n"
    for worker, reason in ((cleo, "Slow"), (cleo, "Wrong code"), (dan, "Slow")):
        text += f"{worker.public_id},Block,{reason}\n"
    assert files.plan(text) == [("block",), (), ("block",)]
    files.do(text)
    assert WorkerBlock.objects.get(worker=cleo).reason == "Slow"
    assert files.plan(text) == [(), (), ()]
    with pytest.raises(InvalidValue):
        files.do(text)


def test_scores_are_granted_changed_and_revoked_and_nobody_is_told(
    files: Files, ada: Requester, cleo: Worker, dan: Worker, finnish: str
) -> None:
    qualifications.associate(ada, finnish, cleo.public_id, value=5, sends_notification=False)
    text = f"Worker ID,UPDATE-Finnish\n{cleo.public_id},8\n{dan.public_id},-3\n"
    assert files.plan(text) == [("“Finnish”: 5 becomes 8",), ("grant “Finnish”: -3",)]
    files.do(text)
    assert dict(Qualification.objects.values_list("worker", "value")) == {cleo.pk: 8, dan.pk: -3}
    revoking = f"Worker ID,UPDATE-Finnish\n{cleo.public_id},revoke\n{dan.public_id},\n"
    assert files.plan(revoking) == [("revoke “Finnish”",), ()]
    files.do(revoking)
    assert files.plan(revoking) == [(), ()]
    assert not Notice.objects.exists()


def test_an_unblocked_worker_stays_so(files: Files, ada: Requester, cleo: Worker) -> None:
    blocks.block(ada, cleo.public_id, reason="Spam")
    text = f"WorkerId,UPDATE BlockStatus\n{cleo.public_id},Unblock\n"
    assert files.plan(text) == [("unblock",)]
    files.do(text)
    assert files.plan(text) == [()]


def test_a_plain_file_needs_the_type_whose_values_it_has(files: Files, cleo: Worker, finnish: str) -> None:
    text = f"worker_id;value\n{cleo.public_id};7\n"
    assert "choose the qualification type" in refusal(files, text)
    files.do(text, finnish)
    assert Qualification.objects.get().value == 7
    assert "a column “value” is needed" in refusal(files, f"Worker ID\n{cleo.public_id}\n", finnish)


def test_every_fault_is_told_with_its_row_and_column(files: Files, cleo: Worker, finnish: str) -> None:
    text = (
        "Worker ID,UPDATE-Finnish,UPDATE BlockStatus,BlockReason\n"
        "ANOBODY,1,,\n"
        f"{cleo.public_id},much,,\n"
        f"{cleo.public_id},99999999999,Dance,\n"
        f"{cleo.public_id},,Block,\n"
    )
    assert refusal(files, text).splitlines() == [
        "workers.csv, row 2, column Worker ID: nobody has this WorkerId",
        "workers.csv, row 3, column UPDATE-Finnish: “much” is neither a whole number nor Revoke; "
        "write one or leave it blank",
        "workers.csv, row 4, column UPDATE-Finnish: 99,999,999,999 is no score; write one from "
        "-2,147,483,648 to 2,147,483,647",
        "workers.csv, row 4, column UPDATE BlockStatus: write Block or Unblock, or leave it blank",
        "workers.csv, row 5, column BlockReason: say why this worker is to be blocked",
    ]


@pytest.mark.parametrize(
    ("header", "fault"),
    [
        ("UPDATE BlockStatus", "a column “Worker ID” is needed"),
        ("Worker ID,Approved", "no column changes anything"),
        ("Worker ID,UPDATE-Latin", "you have no qualification type of this name"),
    ],
)
def test_columns_that_will_not_do_are_named(files: Files, header: str, fault: str) -> None:
    assert fault in refusal(files, f"{header}\n" + ",".join("x" for _ in header.split(",")))


def test_what_a_file_names_of_others_does_not_exist(files: Files, ben: Requester, cleo: Worker) -> None:
    theirs = qualification_types.create(ben, {"name": "Bens", "description": "His."}).public_id
    text = f"Worker ID,UPDATE-Bens\n{cleo.public_id},1\n"
    assert "no qualification type of this name" in refusal(files, text)
    with pytest.raises(NotFound):
        files.plan(f"Worker ID,value\n{cleo.public_id},1\n", theirs)


def test_a_type_called_block_status_keeps_its_column() -> None:
    columns = workers_csv.columns_in(["Worker ID", "UPDATE-BlockStatus"], ["BlockStatus"])
    assert columns.block is None and columns.types == {"UPDATE-BlockStatus": "BlockStatus"}


def test_a_row_of_the_file_has_rates_scores_and_the_block(ada: Requester, cleo: Worker, finnish: str) -> None:
    a_record(ada, cleo, submitted=4, approved=2, rejected=1)
    qualifications.associate(ada, finnish, cleo.public_id, value=5, sends_notification=False)
    header, mine = workers_file.amazons(ada, ChosenWorkers())
    cells = dict(zip(header, mine, strict=True))
    assert cells["Number of HITs approved or rejected - Lifetime"] == "3"
    assert cells["Your Lifetime Approval Rate"] == "66%"
    assert cells["Your 7-day Approval Rate"] == ""
    assert (cells["CURRENT-Finnish"], cells["UPDATE-Finnish"]) == ("5", "")
    assert cells["CURRENT BlockStatus"] == "Never Blocked"
    assert Rate(3, 3).cells() == ["3", "3", "100%"]


def test_the_file_goes_page_by_page(ada: Requester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers_file, "_AT_ONCE", 2)
    ids = {a_record(ada).worker.public_id for _ in range(5)}
    assert {row[0] for row in list(workers_file.amazons(ada, ChosenWorkers()))[1:]} == ids
