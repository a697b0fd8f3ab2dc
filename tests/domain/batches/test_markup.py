"""Tags are found where a browser finds them."""

import pytest

from kempelen.domain.batches.markup import Lines, Tag, tags

pytestmark = pytest.mark.once


def names(html: str) -> list[str]:
    return [("/" if tag.is_end else "") + tag.name for tag in tags(html)]


def swallowing(html: str) -> Tag | None:
    return next((tag for tag in tags(html) if not tag.is_closed), None)


def test_tags_come_in_order_with_lower_case_names() -> None:
    assert names("<P>a<Br/>b</P >") == ["p", "br", "/p"]


def test_a_tag_in_a_comment_or_a_quoted_attribute_is_none() -> None:
    assert names("<!-- <script> --><p title='<b>' data-x=\"<i>\">") == ["p"]


@pytest.mark.parametrize(
    "comment", ["<!-->", "<!--->", "<!---->", "<!-- a --!>", "<? php>", "</ x>", "<!doctype html>"]
)
def test_comments_of_every_kind_end_where_browsers_end_them(comment: str) -> None:
    assert names(f"{comment}<b>") == ["b"]


def test_less_than_signs_in_text_are_no_tags() -> None:
    assert names("1 < 2 <3 << <é> <b>") == ["b"]


def test_quotes_count_only_after_an_equals_sign() -> None:
    assert names("<p don't \"x><b><i>") == ["p", "b", "i"]


def test_text_of_raw_elements_holds_no_tags() -> None:
    assert names("<style><b></style><textarea><script></textarea><title></titles><b></title>") == [
        "style", "/style", "textarea", "/textarea", "title", "/title",
    ]  # fmt: skip


def test_scripts_end_at_their_end_tag_whatever_its_case_and_spaces() -> None:
    script, end = tags("<script>if (a</b/) '<p>'</SCRIPT\n x>")
    assert (script.end, script.content_end) == (8, 24)
    assert end.is_end


def test_a_script_named_in_a_commented_script_hides_its_end() -> None:
    html = "<script><!-- <script>a</script> --> b</script><p>"
    assert html[next(tags(html)).content_end :] == "</script><p>"


def test_a_dash_comment_that_is_closed_at_once_hides_nothing_in_a_script() -> None:
    assert names("<script><!--><script></script><p>") == ["script", "/script", "p"]


@pytest.mark.parametrize(
    ("html", "name"),
    [
        ("<p><!-- a", "!--"),
        ("<p><script>a</scrip>", "script"),
        ("<b><textarea>", "textarea"),
        ("<b><input name='a>", "input"),
        ("<plaintext></plaintext>", "plaintext"),
        ("<b><!doctype", "!"),
    ],
)
def test_what_swallows_the_rest_of_the_page_is_told(html: str, name: str) -> None:
    tag = swallowing(f"{html} <i>")
    if name == "!":
        assert tag is None  # its `>` is that of the <i>
    else:
        assert tag is not None and tag.name == name


def test_a_closed_page_swallows_nothing() -> None:
    assert swallowing("<p><script></script><textarea></textarea><!-- x -->") is None


def test_attributes_are_read_as_browsers_read_them() -> None:
    (tag,) = tags("""<input NAME=a value='1 > "0"' data-x = "y" checked name=second data-é=/b/c =odd>""")
    assert tag.attributes() == {
        "name": "a", "value": '1 > "0"', "data-x": "y", "checked": "", "data-é": "/b/c", "=odd": "",
    }  # fmt: skip


def test_lines_are_counted_from_one_with_every_kind_of_line_end() -> None:
    lines = Lines("a\nb\r\nc\rd")
    assert [lines.line_of(position) for position in (0, 1, 2, 4, 5, 7)] == [1, 1, 2, 2, 3, 4]


@pytest.mark.parametrize(
    "part",
    ["<", "<a", "<a ", "<a b='", '<a b="', "<!--", "<!", "</", "<script>", "<script><!--", "</script",
     "<a b= ", "<textarea></textarea", "<script><!---->", "<!----!", "<a =/", "<![CDATA[", "<a\"='", "\r",
     "<style>"],
)  # fmt: skip
def test_hostile_pages_take_linear_time(part: str) -> None:
    html = part * 300_000  # hours, were it quadratic
    assert all(tag.content_end <= len(html) for tag in tags(html))
    assert len(next(tags(f"<a{html}>"), Tag("", 0, 0, 0)).attributes()) <= len(html)
