import pytest
from tools import house_rules

pytestmark = pytest.mark.once


@pytest.mark.parametrize("rule", house_rules.RULES, ids=lambda rule: rule.__name__)
def test_the_house_rule_is_kept(rule):
    assert not list(rule()), rule.__doc__


def test_an_inline_handler_on_a_page_is_found(tmp_path, monkeypatch):
    page = tmp_path / "page.html"
    page.write_text('<p>\n<button onclick="go()" style="color: red">Go</button>\n<script>go()</script>')
    monkeypatch.setattr(house_rules, "ROOT", tmp_path)
    monkeypatch.setattr(house_rules, "files", lambda *_suffixes, **_options: [page])

    found = list(house_rules.pages_have_nothing_inline())

    assert [line.split(": ")[:2] for line in found] == [
        ["page.html:2", "style="],
        ["page.html:2", "onclick="],
        ["page.html:3", "<script"],
    ]


def test_another_clock_than_the_domains_is_found(tmp_path, monkeypatch):
    module = tmp_path / "module.py"
    module.write_text(
        "now = clock.now()\nat = timezone.now()\nbegan = time.monotonic()\nat = datetime.now(tz=UTC)\n"
    )
    monkeypatch.setattr(house_rules, "ROOT", tmp_path)
    monkeypatch.setattr(house_rules, "files", lambda *_suffixes, **_options: [module])

    found = set(house_rules.time_is_the_domains())

    assert {line.split(": ")[0] for line in found} == {"module.py:2", "module.py:4"}
