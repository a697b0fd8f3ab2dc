"""The list of workers, what is done with many at once, and files."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kempelen.domain.actions import blocks, payments, qualification_types, workers_changes
from kempelen.domain.models import Job, Qualification, WorkerBlock, WorkersChange
from tests.domain.workers.known import a_record
from tests.factories import a_worker


@pytest.fixture
def three(ada) -> list[str]:
    """The ids of three workers, of 10, 20 and 30 answers."""
    return [
        a_record(
            ada, submitted=number, approved=number // 2, rejected=number // 2, approval_percent=50 + number
        ).worker.public_id
        for number in (10, 20, 30)
    ]


def text_of(client, path: str) -> str:
    return client.get(path).content.decode()


def test_workers_are_listed_searched_sorted_and_filtered(owner, at, three, ada):
    blocks.block(ada, three[1], reason="Spam")
    text = text_of(owner, at("workers/?sort=submitted"))
    assert text.index(three[0]) < text.index(three[1]) < text.index(three[2])
    assert "blocked</span>" in text
    for query in (f"q={three[1].lower()}", "blocked=yes", "approval_below=75&submitted_from=15"):
        found = text_of(owner, at(f"workers/?{query}"))
        assert three[1] in found and three[0] not in found
    assert "No worker fits" in text_of(owner, at("workers/?q=AZZZZ"))
    assert "Nobody has worked for you yet" not in found


def test_an_empty_list_says_what_to_do(owner, at):
    assert "Nobody has worked for you yet" in text_of(owner, at("workers/"))


def test_those_blocked_without_work_are_named_where_the_blocked_are(owner, at, ada, dan):
    blocks.block(ada, dan.public_id, reason="Rude")
    assert dan.public_id in text_of(owner, at("workers/?blocked=yes"))
    assert owner.get(at(f"workers/{dan.public_id}/")).status_code == 200


def test_a_page_of_workers_takes_few_queries(owner, at, ada, django_assert_max_num_queries):
    for _ in range(60):
        a_record(ada)
    with django_assert_max_num_queries(14):
        page = text_of(owner, at("workers/"))
    assert "after=" in page


def test_the_ticked_are_blocked_after_a_look_at_their_number(owner, at, three):
    chosen = {"kind": "block", "worker": three[:2]}
    asked = owner.post(at("workers/change/"), chosen)
    assert "Block: 2 workers" in asked.content.decode() and not WorkerBlock.objects.exists()
    sent = chosen | {"really": "1", "count": "2", "reason": "Spam", "token": "t"}
    done = owner.post(at("workers/change/"), sent)
    assert WorkerBlock.objects.count() == 2
    assert "Done" in text_of(owner, done["Location"])
    again = owner.post(at("workers/change/"), sent)
    assert again["Location"] == done["Location"] and WorkersChange.objects.count() == 1


def test_all_of_a_filter_are_meant_and_another_number_is_asked_again(owner, at, three, ada):
    kind = qualification_types.create(ada, {"name": "Finnish", "description": "Speaks it."})
    path = at("workers/change/?approval_below=75")
    sent = {"kind": "grant", "whom": "all", "qualification": kind.public_id, "value": "5", "token": "t"}
    assert "Grant a qualification: 2 workers" in owner.post(path, sent).content.decode()
    a_record(ada, approval_percent=1)
    moved = owner.post(path, sent | {"really": "1", "count": "2"})
    assert "another number of workers" in moved.content.decode() and not Qualification.objects.exists()
    owner.post(path, sent | {"really": "1", "count": "3"})
    assert Qualification.objects.count() == 3


def test_what_is_missing_is_said_at_its_field(owner, at, three):
    sent = {"kind": "message", "worker": three[0], "really": "1", "count": "1", "subject": "", "text": ""}
    assert owner.post(at("workers/change/"), sent).status_code == 422
    assert owner.post(at("workers/change/"), {"kind": "block"}).status_code == 409
    assert owner.post(at("workers/change/"), {"kind": "dance", "worker": three[0]}).status_code == 409


def test_a_reviewer_writes_to_many_but_blocks_nobody(member, at, three):
    reviewer = member("reviewer")
    assert reviewer.post(at("workers/change/"), {"kind": "block", "worker": three[0]}).status_code == 409
    asked = reviewer.post(at("workers/change/"), {"kind": "message", "worker": three[0]})
    assert asked.status_code == 200
    assert "Go on…" not in text_of(member("viewer"), at("workers/"))


def test_workers_of_others_are_never_meant(owner, at, ben, ada):
    theirs = a_record(ben).worker.public_id
    assert owner.post(at("workers/change/"), {"kind": "block", "worker": theirs}).status_code == 409
    mine = workers_changes.ask_for(ben, "unblock", [a_worker().pk], {"reason": ""})
    assert owner.get(at(f"workers/changes/{mine.public_id}/")).status_code == 404


def test_many_are_done_in_the_background_which_the_page_watches(owner, at, ada, three, monkeypatch):
    monkeypatch.setattr(workers_changes, "AT_ONCE", 1)
    sent = {"kind": "block", "whom": "all", "really": "1", "count": "3", "reason": "Spam", "token": "t"}
    page = owner.post(at("workers/change/"), sent)["Location"]
    assert "0 of 3" in text_of(owner, page) and "every 1s" in text_of(owner, page)
    workers_changes.carry_out(Job.objects.get().arguments["change"])
    assert "every 1s" not in text_of(owner, page)
    part = owner.get(page, headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith("<div") and "Done" in part


def test_a_file_goes_out_is_filled_in_and_comes_back(owner, at, ada, three):
    qualification_types.create(ada, {"name": "Finnish, spoken", "description": "Speaks it."})
    lines = b"".join(owner.get(at("workers.csv"))).decode().splitlines()
    assert lines[0].startswith("Worker ID,") and '"UPDATE-Finnish, spoken"' in lines[0]
    assert lines[1].endswith(",,,Never Blocked,,")
    filled = "\r\n".join([lines[0], lines[1].replace(",,,Never Blocked,,", ",,7,Never Blocked,Block,Spam")])
    seen = owner.post(at("workers/import/"), {"csv": SimpleUploadedFile("w.csv", filled.encode())})
    text = seen.content.decode()
    assert "grant “Finnish, spoken”: 7; block" in text and not WorkerBlock.objects.exists()
    sent = {"text": seen.context["text"], "qualification": "", "token": "t", "really": "1"}
    done = owner.post(at("workers/import/"), sent)
    assert "Done" in text_of(owner, done["Location"])
    assert (WorkerBlock.objects.get().reason, Qualification.objects.get().value) == ("Spam", 7)
    out = b"".join(owner.get(at("workers.csv"))).decode().splitlines()
    assert out[1].endswith(",7,,Blocked,,")
    again = owner.post(at("workers/import/"), {"csv": SimpleUploadedFile("w.csv", filled.encode())})
    assert "All is as the file says already" in again.content.decode()


def test_a_plain_file_of_one_type_goes_in_and_out(owner, at, ada, cleo):
    kind = qualification_types.create(ada, {"name": "Finnish", "description": "Speaks it."})
    file = SimpleUploadedFile("w.csv", f"Worker ID,value\r\n{cleo.public_id},3\r\n".encode())
    seen = owner.post(at("workers/import/"), {"csv": file, "qualification": kind.public_id})
    sent = {"text": seen.context["text"], "qualification": kind.public_id, "token": "t", "really": "1"}
    owner.post(at("workers/import/"), sent)
    out = b"".join(owner.get(at(f"workers/holders/{kind.public_id}.csv"))).decode()
    assert out == f"Worker ID,value\r\n{cleo.public_id},3\r\n"


def test_what_is_wrong_with_a_file_names_row_and_column(owner, at, ada, cleo):
    text = f"Worker ID,UPDATE BlockStatus,UPDATE-Latin\n{cleo.public_id},Dance,1\n"
    unknown = owner.post(at("workers/import/"), {"csv": SimpleUploadedFile("w.csv", text.encode())})
    assert unknown.status_code == 422
    assert "row 1, column UPDATE-Latin: you have no" in unknown.content.decode()
    assert owner.post(at("workers/import/"), {}).status_code == 422


def test_all_bonuses_are_in_a_file_with_those_outside_hits(owner, at, ada, answer, cleo):
    payments.send_bonus(ada, answer.public_id, worker_id=cleo.public_id, amount_cents=5, reason="=1+1")
    payments.pay_outside(ada, cleo.public_id, amount_cents=250, reason="Pilot")
    lines = b"".join(owner.get(at("bonuses.csv"))).decode().splitlines()
    assert f"{cleo.public_id},{answer.public_id},0.05,'=1+1," in lines[1]
    assert lines[2].startswith(f"{cleo.public_id},,2.50,Pilot,")
