"""The statistics of a requester, a project, a batch and a group, as pages."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kempelen.domain.actions import assignments, batches
from kempelen.domain.statistics import filling, recounting
from tests.domain.api_hits import a_hit_type, a_new_hit
from tests.factories import a_batch, a_project, a_submitted_assignment, a_worker, hits_of


def fill() -> None:
    filling.fill_all()
    while recounting.recount_next():
        pass


def page(browser, name: str, *arguments: object) -> str:
    answer = browser.get(reverse(f"requester:{name}", args=arguments))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def worked(project, cleo):
    """A batch of three HITs with two places each; Cleo has done all, two are approved."""
    batch = a_batch(project)
    done = [a_submitted_assignment(cleo, hit) for hit in hits_of(batch)]
    for one in done[:2]:
        assignments.approve(project.requester, one.public_id)
    fill()
    return batch


def test_nothing_yet_says_what_will_be_here(owner, ada):
    assert "Nothing to count yet" in page(owner, "statistics", ada.slug)


@pytest.mark.parametrize("name", ["statistics", "project_statistics", "batch_statistics"])
def test_each_page_shows_the_figures_pictures_and_tables(owner, ada, worked, cleo, name):
    arguments = [ada.slug] if name == "statistics" else [ada.slug, 1]
    shown = page(owner, name, *arguments)
    for text in ("3 still to come", "$0.10", "1 to review", cleo.public_id, "fewer than 10 answers"):
        assert text in shown, text
    assert shown.count('<svg class="chart') == 4
    assert shown.count("As a table") == 2


def test_hits_of_programs_have_statistics_too(owner, ada, cleo):
    hit = a_new_hit(a_hit_type(ada))
    a_submitted_assignment(cleo, hit)
    fill()
    assert cleo.public_id in page(owner, "group_statistics", ada.slug, hit.group.public_id)


def test_a_paused_batch_has_no_forecast(owner, ada, worked):
    batches.pause(worked)
    fill()
    assert "not given out at the moment" in page(owner, "batch_statistics", ada.slug, worked.number)


def test_a_pace_gives_a_forecast_in_words_and_as_a_dashed_line(owner, ada, project, cleo):
    batch = a_batch(project, rows=[{"text": str(number)} for number in range(12)])
    for hit in hits_of(batch):
        a_submitted_assignment(cleo, hit)
    fill()
    shown = page(owner, "batch_statistics", ada.slug, batch.number)
    assert "The last answer is expected" in shown
    assert 'class="chart-forecast"' in shown


def test_figures_of_others_are_not_shown(owner, ben, worked):
    hers = a_batch(a_project(ben))
    a_submitted_assignment(a_worker("Dan"), hits_of(hers)[0])
    fill()
    assert owner.get(reverse("requester:statistics", args=[ben.slug])).status_code == 404


def test_more_work_asks_no_more_queries(owner, ada, project, worked):
    def asked() -> list[int]:
        counts = []
        for name, arguments in (("statistics", []), ("project_statistics", [1]), ("batch_statistics", [1])):
            with CaptureQueriesContext(connection) as queries:
                page(owner, name, ada.slug, *arguments)
            counts.append(len(queries))
        return counts

    before = asked()
    for number in range(12):
        batch = a_batch(project)
        for hit in hits_of(batch):
            a_submitted_assignment(a_worker(f"worker{number}"), hit)
    fill()
    assert asked() == before
    assert max(before) <= 15
