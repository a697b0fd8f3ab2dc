"""Every example is whole: it can be published as it stands, and its media are in the package."""

import csv
import tomllib
from dataclasses import asdict
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from kempelen import examples
from kempelen.domain.batches import csv_files, lint, templates
from kempelen.examples import Example

pytestmark = pytest.mark.once
EVERY_EXAMPLE = pytest.mark.parametrize("example", examples.catalogue(), ids=lambda example: example.slug)


def rows_of(example: Example) -> list[dict[str, str]]:
    with example.rows.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def test_every_folder_of_examples_is_in_the_catalogue():
    folders = {path.parent.name for path in Path(examples.__file__).parent.glob("*/project.toml")}

    assert folders == {example.slug for example in examples.catalogue()}


@EVERY_EXAMPLE
def test_an_example_uses_each_of_its_columns_and_no_other(example):
    used = templates.compile_template(example.template.read_text(encoding="utf-8"))

    assert set(used.names) == set(rows_of(example)[0])
    assert not used.in_scripts
    assert not used.look_alikes


@EVERY_EXAMPLE
def test_nothing_in_an_example_needs_a_warning(example):
    findings = lint.lint(example.template.read_text(encoding="utf-8"))

    assert not [finding for finding in findings if finding.level != "info"]


@EVERY_EXAMPLE
def test_the_rows_of_an_example_pass_the_check_without_a_warning(example):
    used = templates.compile_template(example.template.read_text(encoding="utf-8"))
    checked = csv_files.check_csv(example.rows, wanted=used.required)

    assert not checked.warnings
    assert checked.row_count == len(rows_of(example)) >= 4


@EVERY_EXAMPLE
def test_the_media_of_an_example_are_static_files_of_the_package(example):
    addresses = [value for row in rows_of(example) for name, value in row.items() if name.endswith("_url")]

    assert all(finders.find(address.removeprefix("/static/")) for address in addresses), addresses


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
def test_an_example_asks_nothing_of_other_servers(example):
    html = example.template.read_text(encoding="utf-8")
    loaded = [address for address in html.split('src="')[1:] if address.startswith(("http", "//"))]
    stood_in_for = (
        "https://s3.amazonaws.com/mturk-public/externalHIT_v1.js",
        "https://assets.crowd.aws/crowd-html-elements.js",
    )

    assert all(address.startswith(stood_in_for) for address in loaded)
    assert "<link" not in html


def test_a_project_file_says_nothing_else_than_an_example_has():
    said = {
        key
        for example in examples.catalogue()
        for key in tomllib.loads(example.template.with_name("project.toml").read_text(encoding="utf-8"))
    }

    assert said == set(asdict(examples.catalogue()[0])) - {"slug", "template", "rows"}
