"""One classic script is made of modules; what the making does not understand stops it."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from kempelen.crowd.bundle import FOLDER, NotUnderstood, bundle, combine

pytestmark = pytest.mark.once


def modules(folder: Path, **sources: str) -> Path:
    for name, source in sources.items():
        (folder / f"{name}.js").write_text(source, encoding="utf-8")
    return folder


@pytest.mark.browser
def test_modules_do_as_one_script_what_they_do_as_modules(page: Page, tmp_path: Path) -> None:
    modules(
        tmp_path,
        a='import { twice as double, WORDS } from "./b.js";\n'
        "const own = 1;\nwindow.said = double(WORDS[own]);\n",
        b='import {\n  join,\n} from "./c.js";\nconst own = 2;\nexport const WORDS = ["no", "yes"];\n'
        "export function twice(text) {\n  return join(text, own);\n}\n",
        c="/* Joins. */\nexport const join = (text, times) => Array(times).fill(text).join();\n",
    )
    page.add_script_tag(content=combine(tmp_path))

    assert page.evaluate("[window.said, typeof own, typeof twice]") == ["yes,yes", "undefined", "undefined"]


@pytest.mark.parametrize(
    "line",
    [
        'import "./b.js";',
        'import b from "./b.js";',
        "export default 1;",
        "export { a };",
        "export * from 'b';",
    ],
)
def test_other_kinds_of_imports_and_exports_are_refused(tmp_path: Path, line: str) -> None:
    with pytest.raises(NotUnderstood):
        combine(modules(tmp_path, a=f"{line}\n"))


def test_circles_are_refused(tmp_path: Path) -> None:
    with pytest.raises(NotUnderstood):
        combine(modules(tmp_path, a='import { b } from "./b.js";\n', b='import { a } from "./a.js";\n'))


def test_the_file_has_every_module_once_and_is_always_the_same() -> None:
    bundle.cache_clear()
    first = bundle()
    bundle.cache_clear()

    assert bundle() == first
    for path in FOLDER.rglob("*.js"):
        assert first.count(f"\n// {path.relative_to(FOLDER).as_posix()}\n") == 1
