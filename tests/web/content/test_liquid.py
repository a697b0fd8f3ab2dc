"""Task pages of templates in Liquid, as the server sends them."""

from django.test import Client
from django.urls import reverse

from kempelen.domain.actions import claims
from kempelen.domain.models import Worker
from kempelen.web.content import tokens
from tests.factories import a_hit, a_requester
from tests.web.content.test_views import frame_url

LIQUID = (
    "<p>{{ task.input.text }}</p>\n{{ task.input.text | plus: 1 | divided_by: task.input.by }}<input name=a>"
)


def test_a_task_page_is_filled_and_escaped(client: Client, cleo: Worker) -> None:
    html = "<p>{{ task.input.text }}</p><input name=a>"
    hit = a_hit(html=html, language="liquid")
    hit.inputs = {"text": "<b>${text}"}
    hit.save(update_fields=["inputs"])

    page = client.get(frame_url(claims.accept(cleo, hit)))

    assert "<p>&lt;b&gt;${text}</p><input name=a>" in page.text


def test_a_row_that_cannot_be_filled_in_says_so_in_place_of_the_task(client: Client, cleo: Worker) -> None:
    hit = a_hit(html=LIQUID.replace("by: task.input.by", "by: 1"), language="liquid")
    hit.template_version.html = LIQUID
    hit.template_version.save(update_fields=["html"])
    hit.inputs = {"text": "7", "by": "0"}
    hit.save(update_fields=["inputs"])

    page = client.get(frame_url(claims.accept(cleo, hit)))

    assert page.status_code == 200
    assert "This task cannot be shown" in page.text
    assert "line 2: divided_by: can&#x27;t divide by 0" in page.text
    assert "sandbox" in page["Content-Security-Policy"]


def test_a_draft_is_filled_in_the_language_that_is_chosen(client: Client, db: None) -> None:
    token = tokens.make_draft_right(tokens.DraftRight(a_requester().public_id, "", []))
    sent = {
        "token": token,
        "html": "${a}{{ task.input.a }}{{ task.input.b[1] }}",
        "values": '{"a": "1", "b": [2, 3]}',
    }

    shown = {
        language: client.post(reverse("content:draft", args=["none"]), {**sent, "language": language}).text
        for language in ("mturk", "liquid", "klingon")
    }

    assert "${a}13" in shown["liquid"]
    assert "1{{ task.input.a }}{{ task.input.b[1] }}" in shown["mturk"]
    assert "1{{ task.input.a }}{{ task.input.b[1] }}" in shown["klingon"]
