"""Every example is whole: it can be published as it stands, and its media are in the package."""

import csv
import dataclasses
import re
import tomllib
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from kempelen import examples
from kempelen.domain.batches import csv_files, lint, templates
from kempelen.examples import Example
from tests.examples import test_doing_by_hand as by_hand
from tests.examples import test_doing_classics as classics
from tests.examples import test_doing_drawings as drawings
from tests.examples import test_doing_language as language
from tests.examples import test_doing_surveys_and_others as surveys_and_others
from tests.examples import test_doing_vision as vision

pytestmark = pytest.mark.once
AMAZONS = ("s3.amazonaws.com", "assets.crowd.aws", "www.mturk.com")
EVERY_EXAMPLE = pytest.mark.parametrize("example", examples.catalogue(), ids=lambda example: example.slug)


def rows_of(example: Example) -> list[dict[str, str]]:
    with example.rows.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def asks_the_same(example: Example) -> bool:
    return example.kind.startswith("Survey")


def test_every_folder_of_examples_is_in_the_catalogue():
    folders = {path.parent.name for path in Path(examples.__file__).parent.glob("*/project.toml")}

    assert folders == {example.slug for example in examples.catalogue()}


@EVERY_EXAMPLE
def test_an_example_uses_each_of_its_columns_and_no_other(example):
    used = templates.compile_template(example.html)
    columns = set(rows_of(example)[0])

    # A survey asks everybody the same; its file has a row for the sake of having one.
    assert set(used.names) == (set() if asks_the_same(example) else columns)
    assert not used.in_scripts
    assert not used.look_alikes


@EVERY_EXAMPLE
def test_nothing_in_an_example_needs_a_warning(example):
    findings = lint.lint(example.html)

    assert not [finding for finding in findings if finding.level != "info"]


@EVERY_EXAMPLE
def test_the_rows_of_an_example_pass_the_check_without_a_warning(example):
    used = templates.compile_template(example.html)
    checked = csv_files.check_csv(example.rows, wanted=used.required)

    assert asks_the_same(example) or not checked.warnings
    assert checked.row_count == len(rows_of(example)) >= (1 if asks_the_same(example) else 4)


@EVERY_EXAMPLE
def test_the_media_of_an_example_are_static_files_of_the_package(example):
    values = [value for row in rows_of(example) for value in row.values()]
    addresses = [value for value in values if value.startswith("/")]

    assert all(finders.find(address.removeprefix("/static/")) for address in addresses), addresses


def test_no_medium_lies_about_unused():
    used = {value for example in examples.catalogue() for row in rows_of(example) for value in row.values()}
    folder = Path(str(finders.find("kempelen/examples")))
    media = {f"/static/kempelen/examples/{path.relative_to(folder)}" for path in folder.rglob("*.*")}

    assert media <= used


def test_examples_are_small():
    folders = [Path(examples.__file__).parent, Path(str(finders.find("kempelen/examples")))]
    sizes = {path: path.stat().st_size for folder in folders for path in folder.rglob("*.*")}

    assert max(sizes.values()) < 100_000
    assert sum(sizes.values()) < 1_000_000


@EVERY_EXAMPLE
def test_an_example_keeps_within_the_limits_of_mechanical_turk(example):
    html = example.template.read_bytes()

    assert len(html) < 65_535
    assert 0 < len(example.title) <= 128
    assert 0 < len(example.description) <= 2_000
    assert 30 <= example.assignment_duration_seconds <= 31_536_000
    assert 30 <= example.lifetime_seconds <= 31_536_000
    assert example.auto_approval_delay_seconds <= 2_592_000
    assert example.max_assignments >= 1


@EVERY_EXAMPLE
def test_an_example_asks_nothing_of_other_servers_that_we_have_no_stand_in_for(example):
    loaded = re.findall(r'(?:src|href)="((?:https?:)?//[^"]+)"', re.sub(r"<a .*?>", "", example.html))
    stood_in_for = (
        "https://s3.amazonaws.com/mturk-public/externalHIT_v1.js",
        "https://s3.amazonaws.com/mturk-public/bs30/css/bootstrap.min.css",
        "https://assets.crowd.aws/crowd-html-elements.js",
    )

    assert set(loaded) <= set(stood_in_for)


@EVERY_EXAMPLE
def test_links_of_an_example_lead_to_places_that_belong_to_nobody(example):
    texts = [example.html, *(value for row in rows_of(example) for value in row.values())]
    hosts = {host for text in texts for host in re.findall(r"https?://([^/\"<\s]+)", text)}

    assert all(host.endswith((".example", *AMAZONS)) for host in hosts), hosts


def test_a_project_file_says_what_an_example_has_and_no_more():
    fields = {field.name: field for field in dataclasses.fields(Example)}
    needed = {name for name, field in fields.items() if field.default is dataclasses.MISSING}
    for example in examples.catalogue():
        text = example.template.with_name("project.toml").read_text(encoding="utf-8")
        said = set(tomllib.loads(text))
        assert needed - {"slug", "template", "rows"} <= said <= set(fields) - {"slug", "template", "rows"}


def test_names_of_examples_differ_and_every_group_is_known():
    names = [example.name for example in examples.catalogue()]

    assert len(set(names)) == len(names)
    assert [group for group, _, _ in examples.by_group()] == list(examples.GROUPS)


def test_the_elements_of_an_example_are_read_from_its_template():
    assert examples.example("survey").elements == [
        "crowd-instructions",
        "crowd-input",
        "crowd-checkbox",
        "crowd-slider",
        "crowd-text-area",
    ]


def test_every_example_is_done_in_a_browser():
    ways = [by_hand, classics, drawings, language, surveys_and_others, vision]

    assert sorted(slug for way in ways for slug in way.HOW) == sorted(examples.SLUGS)
