"""`{% load kempelen_ui %}`, and that docs/internals/ui.md names all it has."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from kempelen import web
from kempelen.domain import clock
from kempelen.web.ui.templatetags.kempelen_ui import register

DOCS = Path("docs/internals/ui.md").read_text(encoding="utf-8")
WEB = Path(web.__path__[0])


def rendered(template: str, url: str = "/", **values: object) -> str:
    context = Context(values | {"request": RequestFactory().get(url)})
    return Template("{% load kempelen_ui %}" + template).render(context)


def test_nothing_is_shown_for_what_is_not_there() -> None:
    template = (
        "{{ x|money }}{{ x|number }}{{ x|duration }}{{ x|time_ago }}{{ x|time_left }}{{ x|exact_time }}"
    )
    assert rendered(template, x=None) == ""


def test_amounts_read_as_people_write_them() -> None:
    template = "{{ cents|money }}, {{ cents|per_hour:30 }}, {{ many|number }}, {{ time|duration_short }}"
    assert rendered(template, cents=5, many=12345, time=5400) == "$0.05, $6.00 an hour, 12,345, 1 h 30 min"


def test_a_relative_time_has_the_exact_one_on_hover() -> None:
    html = rendered("{{ moment|time_ago }}", moment=clock.now() - timedelta(minutes=5))
    assert "5 minutes ago</time>" in html
    assert 'title="' in html
    assert "UTC" in html


def test_a_countdown_reads_well_before_its_script_runs() -> None:
    html = rendered("{{ moment|time_left }}", moment=clock.now() + timedelta(minutes=28, seconds=30))
    assert html.startswith("<time-left now=")
    assert "28 min" in html


@pytest.mark.parametrize(
    ("url", "order", "link"),
    [
        ("/?q=cat&page=3", "none", "?q=cat&amp;sort=reward"),
        ("/?sort=reward", "ascending", "?sort=-reward"),
        ("/?sort=-reward", "descending", "?sort=reward"),
    ],
)
def test_a_heading_sorts_keeps_the_search_and_starts_at_page_one(url: str, order: str, link: str) -> None:
    html = rendered('{% sort_header "reward" "Reward" %}', url)
    assert f'aria-sort="{order}"' in html
    assert f'href="{link}"' in html


def test_a_list_says_by_what_it_is_sorted_when_the_url_does_not() -> None:
    assert 'aria-sort="descending"' in rendered('{% sort_header "age" "Age" default="-age" %}')


def test_the_docs_name_every_tag_and_every_icon() -> None:
    icons = {path.stem for path in (WEB / "templates/ui/icons").glob("*.svg")}
    for name in {*register.tags, *register.filters, *icons}:
        assert name in DOCS, f"docs/internals/ui.md lacks {name}"


def test_the_docs_name_every_shared_element_and_every_part() -> None:
    templates = {
        path.stem: path.read_text(encoding="utf-8") for path in (WEB / "templates/ui").glob("*.html")
    }
    elements = {name for text in templates.values() for name in re.findall(r"components/([\w-]+)\.js", text)}
    inside_the_frame = {
        "head",
        "head_files",
        "masthead",
        "account_menu",
        "more_menu",
        "ready_files",
        "site_notice",
        "moved_clock",
        "made_trouble",
        "footer",
        "toasts",
        "shortcuts",
        "sort_header",
    }
    parts = {name for name in templates if name.startswith("_")} - {f"_{name}" for name in inside_the_frame}
    for name in elements | parts:
        assert name in DOCS, f"docs/internals/ui.md lacks {name}"
