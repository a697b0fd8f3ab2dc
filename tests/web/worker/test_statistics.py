"""A worker's own figures."""

from datetime import date, timedelta

import pytest
from django.http import QueryDict
from django.test import Client

from kempelen.domain.actions import assignments
from kempelen.domain.models import Assignment
from kempelen.domain.statistics import filling
from kempelen.web.ui.charts import calendar
from kempelen.web.worker.periods import Period, today
from tests.factories import a_batch, a_group, a_project, a_submitted_assignment, an_assignment, hits_of
from tests.web.worker.conftest import queries_of


def submitted_days_ago(assignment: Assignment, days: int) -> None:
    back = timedelta(days=days)
    Assignment.objects.filter(pk=assignment.pk).update(
        accepted_at=assignment.accepted_at - back, submitted_at=assignment.submitted_at - back
    )


def test_totals_and_each_work_say_what_was_done_how_long_and_for_what(as_cleo, cleo, ada, moving_clock):
    hits = hits_of(a_batch(a_project(ada, title="Sort letters", reward_cents=50)))
    for hit in hits:
        mine = an_assignment(cleo, hit)
        moving_clock.forward(120)
        assignments.submit(mine.public_id, {"answer": "yes"})
    assignments.approve(ada, mine.public_id)
    page = as_cleo.get("/statistics/")
    totals = page.context["totals"]
    assert (totals.submitted, totals.approved, totals.seconds) == (3, 1, 360)
    assert (totals.earned_cents, totals.pending_cents, totals.cents_per_hour) == (50, 100, 1500)
    [(group, its)] = page.context["by_group"]
    assert (group.hit_type.title, its) == ("Sort letters", totals)
    for text in ("Sort letters", "$0.50", "$15.00", "6 min", "2 min each"):
        assert text in page.content.decode()


@pytest.mark.parametrize(("days", "counted"), [(0, 1), (6, 2), (40, 3)])
def test_the_address_says_which_days_count(as_cleo, cleo, days, counted):
    for ago, hit in zip((0, 5, 40), hits_of(a_batch()), strict=True):
        submitted_days_ago(a_submitted_assignment(cleo, hit), ago)
    first = (today() - timedelta(days=days)).isoformat()
    assert as_cleo.get("/statistics/", {"from": first}).context["totals"].submitted == counted
    assert len(as_cleo.get("/history/", {"from": first}).context["page"]) == counted


def test_the_last_day_counts_whole_and_days_the_wrong_way_round_are_turned(as_cleo, cleo):
    a_submitted_assignment(cleo)
    now = today()
    query = {"from": now.isoformat(), "to": (now - timedelta(days=3)).isoformat()}
    assert as_cleo.get("/statistics/", query).context["totals"].submitted == 1


@pytest.mark.parametrize("text", ["", "yesterday", "2026-02-30", "0001-01-01", "9999-12-31", "<b>"])
def test_what_is_no_date_asks_for_nothing(text):
    assert Period.read(QueryDict(f"from={text}")).is_everything


def test_the_calendar_shows_a_year_of_days_each_by_how_much_was_done(as_cleo, cleo):
    for ago, hit in zip((0, 0, 30), hits_of(a_batch()), strict=True):
        submitted_days_ago(a_submitted_assignment(cleo, hit), ago)
    page = as_cleo.get("/statistics/")
    shown = page.context["calendar"]
    by_date = {day.date: day for day in shown.days}
    now = today()
    assert (by_date[now].count, by_date[now].shade) == (2, calendar.SHADES)
    assert (by_date[now - timedelta(days=30)].count, by_date[now - timedelta(days=1)].shade) == (1, 0)
    assert (shown.total, shown.active_days) == (3, 2)
    assert "<title>2 on " in page.content.decode()


@pytest.mark.parametrize("last", [date(2026, 11, 21), date(2024, 2, 29), date(2025, 1, 5), date(2025, 1, 6)])
def test_a_year_of_days_has_no_gap_and_stands_in_its_picture(last):
    shown = calendar.make({last: 7, last - timedelta(days=1): 1}, last)
    dates = [day.date for day in shown.days]
    assert dates[0].weekday() == 0
    assert dates == [dates[0] + timedelta(days=number) for number in range(len(dates))]
    assert dates[-1] == last
    assert 365 <= len(dates) <= 371
    assert max(day.x for day in shown.days) + calendar.SQUARE <= shown.width
    assert max(day.y for day in shown.days) + calendar.SQUARE <= shown.height
    assert [day.shade for day in shown.days[-2:]] == [1, 4]
    assert sum(month.count for month in shown.by_month) == shown.total == 8
    assert shown.by_month[0].first == last.replace(day=1)


def test_figures_of_many_works_cost_as_many_queries_as_of_one(as_cleo, cleo):
    a_submitted_assignment(cleo)
    few = queries_of(as_cleo, "/statistics/")
    for _ in range(3):
        a_submitted_assignment(cleo)
    assert queries_of(as_cleo, "/statistics/") == few <= 12


@pytest.mark.parametrize(
    ("sort", "titles"),
    [
        ("", ["Birds", "Signs"]),
        ("-title", ["Signs", "Birds"]),
        ("-submitted", ["Signs", "Birds"]),
        ("earned", ["Birds", "Signs"]),
        ("-nothing", ["Birds", "Signs"]),
    ],
)
def test_works_are_sorted_as_the_address_says(as_cleo, cleo, ada, sort, titles):
    for hit in hits_of(a_batch(a_project(ada, title="Signs", reward_cents=5)))[:2]:
        a_submitted_assignment(cleo, hit)
    a_submitted_assignment(cleo, hits_of(a_batch(a_project(ada, title="Birds")))[0])
    by_group = as_cleo.get("/statistics/", {"sort": sort}).context["by_group"]
    assert [group.hit_type.title for group, _ in by_group] == titles


def test_nobody_sees_anothers_figures_and_somebody_new_is_led_on(as_dan, client: Client, cleo):
    a_submitted_assignment(cleo)
    for browser in (as_dan, client):
        page = browser.get("/statistics/")
        assert page.context["totals"].submitted == 0
        assert "Nothing to count yet" in page.content.decode()


def test_filters_of_the_history_go_together(as_cleo, cleo, ada):
    first, second, third = hits_of(a_batch(a_project(ada)))
    old, new = a_submitted_assignment(cleo, first), a_submitted_assignment(cleo, second)
    a_submitted_assignment(cleo, third)
    for mine in (old, new):
        assignments.approve(ada, mine.public_id)
    submitted_days_ago(old, 20)
    query = {"show": "approved", "from": (today() - timedelta(days=7)).isoformat()}
    page = as_cleo.get("/history/", query)
    assert [mine.public_id for mine in page.context["page"]] == [new.public_id]
    assert "?show=pending&amp;from=" in page.content.decode()
    assert page.context["totals"].submitted == 2


def test_a_group_of_the_table_leads_to_what_was_done_in_it(as_cleo, cleo):
    group = a_group()
    a_submitted_assignment(cleo, group.hits.earliest("pk"))
    assert f"/groups/{group.public_id}/?show=done" in as_cleo.get("/statistics/").content.decode()


def test_how_long_ones_own_answers_take_is_drawn_and_told_and_those_of_others_are_not(as_cleo, cleo, dan):
    for hit in hits_of(a_batch()):
        a_submitted_assignment(dan, hit)
    filling.fill_all()
    assert "How long your answers take" not in as_cleo.get("/statistics/").content.decode()
    a_submitted_assignment(cleo, hits_of(a_batch())[0])
    filling.fill_all()
    page = as_cleo.get("/statistics/")
    assert "How long your answers take" in page.content.decode()
    assert page.context["times"].total == 1
