"""An answer that its worker corrected, among the results."""

from kempelen.domain.actions import assignments
from tests.factories import a_batch, a_project, a_submitted_assignment, hits_of
from tests.web.worker.conftest import queries_of


def test_a_corrected_answer_says_so_with_its_earlier_versions_newest_first(owner, ada, at, cleo):
    batch = a_batch(a_project(ada, allows_corrections=True))
    done = a_submitted_assignment(cleo, hits_of(batch)[0], answers={"answer": "first"})
    for word in ("second", "third"):
        assignments.correct(cleo, done.public_id, {"answer": word})
    page = owner.get(at("batches/1/results/"))
    [row] = page.context["answers"]
    assert [value.text for value in row.answers] == ["third"]
    assert [answers[0].text for _, answers in row.earlier] == ["second", "first"]
    assert "corrected</span>" in page.content.decode()


def test_corrections_cost_no_query_each(owner, ada, at, cleo):
    batch = a_batch(a_project(ada, allows_corrections=True))
    first, *others = [a_submitted_assignment(cleo, hit) for hit in hits_of(batch)]
    assignments.correct(cleo, first.public_id, {"answer": "no"})
    few = queries_of(owner, at("batches/1/results/"))
    for other in others:
        assignments.correct(cleo, other.public_id, {"answer": "no"})
    assert queries_of(owner, at("batches/1/results/")) == few
