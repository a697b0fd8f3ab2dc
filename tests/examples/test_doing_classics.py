"""The kinds of 2012 to 2018, in plain HTML: published, done by a worker, found in the results."""

from collections.abc import Callable, Mapping

import pytest
from playwright.sync_api import Frame, Page

from tests.examples.doing import How, choosing, do
from tests.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.once]


def filling(values: Mapping[str, str]) -> Callable[[Frame], None]:
    """A way to do tasks of text fields: fill those of these labels."""

    def fill(task: Frame) -> None:
        for label, value in values.items():
            task.get_by_label(label).fill(value)

    return fill


def fill_moderation(task: Frame) -> None:
    task.get_by_role("radio", name="No", exact=True).check()
    for name in ("Alcohol", "Something else"):
        task.get_by_role("checkbox", name=name).check()


def fill_survey(task: Frame) -> None:
    filling({"Years": "44", "Remarks": "Out of tune,\nbut loud."})(task)
    for name in ("Violin", "I sing"):
        task.get_by_role("checkbox", name=name).check()
    choosing("Every week")(task)


def fill_recording(task: Frame) -> None:
    task.locator("audio").evaluate("async (audio) => { audio.muted = true; await audio.play(); }")
    choosing("Yes")(task)
    filling({"The letters that you hear": "TEA"})(task)


def fill_text(task: Frame) -> None:
    text = "Ours sings in C. " * 5
    filling({"Title": "A kettle", "Your text": text.strip()})(task)
    task.get_by_text("20 words").wait_for()


HOW = {
    "classic-categorization": How(
        choosing("Kitchen", "Rather sure"), {"category": "kitchen", "sure": "rather"}
    ),
    "classic-data-collection": How(
        filling({"Website": "https://museum.example/", "Street and number": "Ring 1, top floor"}),
        {"address": "Ring 1, top floor", "phone": "", "website": "https://museum.example/"},
    ),
    "classic-image-moderation": How(fill_moderation, {"fit": "no", "reasons": "alcohol|other"}),
    "classic-sentiment": How(choosing("Very positive"), {"sentiment": "2"}),
    "classic-survey": How(
        fill_survey,
        {
            "age": "44",
            "instruments": "violin|voice",
            "often": "weekly",
            "remarks": "Out of tune,\nbut loud.",
        },
    ),
    "classic-survey-link": How(filling({"Code that the survey": "TEA-1770"}), {"surveycode": "TEA-1770"}),
    "classic-image-tagging": How(
        filling({"Tag 1": "park", "Tag 2": "bicycle", "Tag 3": "path"}),
        {"tag1": "park", "tag2": "bicycle", "tag3": "path"},
    ),
    "classic-av-transcription": How(fill_recording, {"audible": "yes", "transcription": "TEA"}),
    "classic-image-transcription": How(
        filling({"Name of the shop": "Eselsohr", "Total": "27.40"}),
        {"date": "", "shop": "Eselsohr", "total": "27.40"},
    ),
    "classic-writing": How(fill_text, {"text": ("Ours sings in C. " * 5).strip(), "title": "A kettle"}),
    "classic-other": How(filling({"What is on your table": "Bread"}), {"answer": "Bread"}),
}


@pytest.mark.parametrize("slug", HOW)
def test_an_example_is_published_and_done_and_found_in_the_results(
    slug: str, new_visitor: Callable[..., Page], site: Server
) -> None:
    do(slug, HOW[slug], new_visitor(), site)
