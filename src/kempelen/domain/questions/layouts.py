"""Layouts: templates filled with parameters, and the HTMLQuestion that the API shows of one.

MTurk showed the document that it had built (question-schemas.md §8); workers here see the template itself.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from kempelen.domain.answers import storable
from kempelen.domain.batches import filling, liquid_templates, markup, templates
from kempelen.domain.errors import InvalidParameter, MissingParameter
from kempelen.domain.questions.documents import HTML_NAMESPACE

_WHOLE_DOCUMENT = frozenset({"html", "head", "body"})
# The others make a form of their own, and its button.
_FORMS = frozenset({"form", "crowd-form", "crowd-entity-annotation"})
_DOCTYPE = re.compile(r"\s*+(?:<!--.*?-->\s*+)*+<!doctype", re.IGNORECASE | re.DOTALL)
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FORM = (
    '<form name="mturk_form" method="post" id="mturk_form" '
    'action="https://www.mturk.com/mturk/externalSubmit">'
    '<input type="hidden" value="" name="assignmentId" id="assignmentId">\n'
)
_SUBMIT = '<p><input type="submit" id="submitButton" value="Submit"></p></form>\n'
_HEAD = (
    '<!DOCTYPE html>\n<html>\n<head>\n<title>HIT</title>\n<meta charset="UTF-8">\n'
    '<script src="https://s3.amazonaws.com/mturk-public/externalHIT_v1.js"></script>\n</head>\n<body>\n'
)
_FOOT = "<script>turkSetAssignmentID();</script>\n</body>\n</html>\n"


def inputs_of(
    html: str, parameters: Iterable[tuple[str, str]], *, language: str = filling.MTURK
) -> dict[str, str]:
    """Give the values to fill a layout with, or refuse: each variable needs one, and each is used once.

    What a layout in Liquid lacks is empty, as in batches.
    """
    known, required = _asked_for(html, language)
    inputs = dict[str, str]()
    for name, value in parameters:
        if name not in known or name in inputs:
            raise InvalidParameter("HITLayoutParameter", name)
        if storable(value) != value:
            raise InvalidParameter("HITLayoutParameter", value)
        inputs[name] = value
    missing = [name for name in required if name not in inputs]
    if missing:
        raise MissingParameter(
            "HITLayoutParameters",
            "Your request is missing required parameters. Required parameters include HITLayoutParameter. "
            "You have not provided all required HITLayout parameters. Missing parameter names: "
            + ", ".join(dict.fromkeys(missing)),
        )
    return inputs


def document(
    html: str, inputs: Mapping[str, str], *, language: str = filling.MTURK, s3_address: str = ""
) -> str:
    """Give the HTMLQuestion document of a template filled with its inputs, or raise `TemplateTrouble`."""
    if language == filling.LIQUID:
        page = _whole_page(liquid_templates.fill(html, inputs, s3_address=s3_address))
    else:
        page = _compiled(html).fill(inputs)
    page = _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", page)
    content = page.replace("]]>", "]]]]><![CDATA[>")
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<HTMLQuestion xmlns="{HTML_NAMESPACE}">'
        f"<HTMLContent><![CDATA[{content}]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>"
    )


def _asked_for(html: str, language: str) -> tuple[set[str], list[str]]:
    """Give the names that a layout knows, and those that it cannot do without."""
    if language == filling.LIQUID:
        return liquid_templates.known_columns(html), []
    template = templates.compile_template(html)
    return set(template.names), [use.name for use in template.required]


@lru_cache(maxsize=64)
def _compiled(html: str) -> templates.CompiledTemplate:
    return templates.compile_template(_whole_page(html))


def _whole_page(html: str) -> str:
    """Put around a fragment what MTurk put around it."""
    names = {tag.name for tag in markup.tags(html)}
    if names & _WHOLE_DOCUMENT or _DOCTYPE.match(html):
        return html
    return f"{_HEAD}{html if names & _FORMS else f'{_FORM}{html}{_SUBMIT}'}{_FOOT}"
