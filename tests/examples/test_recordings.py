"""The recordings say what their file names say, decoded again as a listener would."""

import wave
from itertools import groupby

import pytest

from tests.examples import telegrams

pytestmark = pytest.mark.once
LETTER_OF = {code: letter for letter, code in telegrams.CODES.items()}
WINDOW = 80  # samples: ten milliseconds


@pytest.mark.parametrize("sending", telegrams.SENDINGS, ids=lambda sending: sending.word)
def test_a_recording_can_be_read_by_ear(sending):
    assert heard_in(sending) == sending.word


@pytest.mark.parametrize("sending", telegrams.SENDINGS, ids=lambda sending: sending.word)
def test_the_packaged_recording_is_the_one_that_the_script_makes(sending):
    assert file_of(sending).read_bytes() == telegrams.wav(sending)


def file_of(sending):
    return telegrams.FOLDER / f"{sending.word.lower()}.wav"


def heard_in(sending):
    with wave.open(str(file_of(sending))) as recording:
        samples = recording.readframes(recording.getnframes())
    windows = (samples[at : at + WINDOW] for at in range(0, len(samples), WINDOW))
    loud = [max(abs(sample - 128) for sample in window) > 38 for window in windows]
    dot = sending.dot_seconds * telegrams.RATE / WINDOW
    signs = ""
    for is_loud, run in groupby(loud):
        dots = round(len(list(run)) / dot)
        if is_loud:
            signs += "-" if dots == 3 else "."
        elif dots > 2:
            signs += " "
    return "".join(LETTER_OF[code] for code in signs.split())
