"""The kinds under “Language”: published, done by a worker, found in the results."""

import json
from collections.abc import Callable, Mapping

import pytest
from playwright.sync_api import Frame, Page, expect

from tests.examples.doing import How, choosing, do
from tests.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.once]


def play(task: Frame, number: int = 0) -> None:
    recording = task.locator("audio").nth(number)
    recording.evaluate("async (audio) => { audio.muted = true; await audio.play(); }")


def fill_transcription(task: Frame) -> None:
    play(task)
    task.get_by_role("button", name="Show the Morse alphabet").click()
    task.get_by_role("dialog").wait_for()
    task.page.keyboard.press("Escape")
    task.get_by_label("The letters that you hear").fill("TEA")


def fill_naturalness(task: Frame) -> None:
    play(task)
    choosing("4 Good")(task)


def fill_same_speaker(task: Frame) -> None:
    for number in (0, 1):
        play(task, number)
    choosing("Same voice")(task)


def fill_document(task: Frame) -> None:
    with task.page.expect_popup() as opened:
        task.get_by_role("link", name="Open the document (PDF)").click()
    opened.value.close()
    choosing("Bill")(task)


def fill_sliders(task: Frame) -> None:
    task.get_by_role("slider", name="How much of the meaning").press("ArrowLeft")
    task.get_by_role("slider", name="How well it reads").press("End")


def mark(task: Frame, number: int, phrases: Mapping[str, str]) -> None:
    """Mark each phrase with the keyboard and give it the label of its key."""
    for phrase, key in phrases.items():
        text = task.get_by_label("The text")
        text.focus()
        expect(text).to_be_focused()
        start = TEXTS[number].index(phrase)
        keys = ["Control+Home", *["ArrowRight"] * start, *["Shift+ArrowRight"] * len(phrase), key]
        for pressed in keys:
            task.page.keyboard.press(pressed)
        expect(task.locator("mark").filter(has_text=phrase)).to_be_visible()


def marked(number: int, name: str, phrases: Mapping[str, str]) -> dict[str, str]:
    """The only column that marking gives: everything in it, as JSON."""
    starts = {phrase: TEXTS[number].index(phrase) for phrase in phrases}
    entities = [
        {"endOffset": start + len(phrase), "label": phrases[phrase], "startOffset": start}
        for phrase, start in starts.items()
    ]
    return {"taskAnswers": json.dumps([{name: {"entities": entities}}], separators=(",", ":"))}


TEXTS = (
    "In 1770 Wolfgang von Kempelen showed his machine in Vienna.",
    "The museum shows a chess machine from 1770. Tickets are sold at the north gate.",
)
HOW = {
    "named-entities": How(
        lambda task: mark(task, 0, {"Wolfgang von Kempelen": "1", "Vienna": "2"}),
        marked(0, "entities", {"Wolfgang von Kempelen": "person", "Vienna": "place"}),
    ),
    "key-phrases": How(
        lambda task: mark(task, 1, {"chess machine": "1", "north gate": "1"}),
        marked(1, "keyPhrases", {"chess machine": "phrase", "north gate": "phrase"}),
    ),
    "sentiment-analysis": How(choosing("Negative", "Positive"), {"sentiment.label": "Positive"}),
    "emotions": How(choosing("Happiness"), {"emotion.label": "Happiness"}),
    "intent-detection": How(choosing("Track an order"), {"intent.label": "Track an order"}),
    "semantic-similarity": How(choosing("Same meaning"), {"semantic-similarity.label": "Same meaning"}),
    "conversation-relevance": How(choosing("On the topic"), {"relevance.label": "On the topic"}),
    "document-classification": How(fill_document, {"category.label": "Bill"}),
    "translation-quality": How(fill_sliders, {"fluency": "5", "meaning": "2"}),
    "collect-utterance": How(
        lambda task: task.get_by_label("What you say").fill("Twenty minutes from now, please ring."),
        {"utterance": "Twenty minutes from now, please ring."},
    ),
    "fill-in-the-blank": How(lambda task: task.get_by_label("The missing word").fill("tea"), {"word": "tea"}),
    "audio-transcription": How(fill_transcription, {"transcription": "TEA"}),
    "audio-naturalness": How(fill_naturalness, {"naturalness.label": "4 Good"}),
    "same-speaker": How(fill_same_speaker, {"sameSpeaker.label": "Same voice"}),
}


@pytest.mark.parametrize("slug", HOW)
def test_an_example_is_published_and_done_and_found_in_the_results(
    slug: str, new_visitor: Callable[..., Page], site: Server
) -> None:
    do(slug, HOW[slug], new_visitor(), site)
