"""The voices of the examples `audio-naturalness` and `same-speaker`: vowels sung as WAV, 8 kHz, 8 bit, mono.

A voice is a buzz of its own pitch through the resonances of its own throat; a machine's stays on one note.
`python -m tests.examples.voices` writes them anew into the package's static files.
"""

import io
import math
import wave
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

FOLDER = Path(str(files("kempelen") / "web/static/kempelen/examples/voices"))
RATE = 8000
NOTE_SECONDS = 0.32
# The first three resonances of a vowel, in hertz, as phonetics books give them for a middling throat.
VOWELS = {"a": (730, 1090, 2440), "e": (530, 1840, 2480), "i": (270, 2290, 3010), "o": (570, 840, 2410)}


@dataclass(frozen=True)
class Voice:
    """Who sings what; `throat` scales the resonances, `wobble` is the vibrato as a share of the pitch."""

    name: str
    vowels: str
    pitch_hz: float
    throat: float
    wobble: float


VOICES = [
    Voice("low-1", "aoe", pitch_hz=110, throat=0.9, wobble=0.02),
    Voice("low-2", "iao", pitch_hz=112, throat=0.9, wobble=0.02),
    Voice("high-1", "aei", pitch_hz=215, throat=1.15, wobble=0.03),
    Voice("high-2", "oea", pitch_hz=210, throat=1.15, wobble=0.03),
    Voice("machine", "aei", pitch_hz=140, throat=1.0, wobble=0.0),
]


def strength(frequency_hz: float, resonances: tuple[float, ...], throat: float) -> float:
    """How much of an overtone comes through the throat."""
    return sum(1 / (1 + ((frequency_hz - peak * throat) / 90) ** 2) for peak in resonances)


def note(voice: Voice, vowel: str, index: int) -> list[float]:
    """One vowel; people's pitch moves a little from note to note."""
    pitch = voice.pitch_hz * (1 + voice.wobble * (2 - index))
    overtones = range(1, int(RATE / 2 / pitch))
    loud = {n: strength(n * pitch, VOWELS[vowel], voice.throat) / n**0.5 for n in overtones}
    length, phase, heard = int(NOTE_SECONDS * RATE), 0.0, []
    for at in range(length):
        phase += 2 * math.pi * pitch * (1 + voice.wobble * math.sin(2 * math.pi * 5 * at / RATE)) / RATE
        edge = min(1.0, at / 300, (length - at) / 300)
        heard.append(edge * sum(share * math.sin(n * phase) for n, share in loud.items()))
    return heard


def samples(voice: Voice) -> bytes:
    """The sound, a byte a sample; the same on every run."""
    heard = [value for index, vowel in enumerate(voice.vowels) for value in note(voice, vowel, index)]
    most = max(map(abs, heard))
    return bytes(128 + round(100 * value / most) for value in heard)


def wav(voice: Voice) -> bytes:
    """The whole file."""
    file = io.BytesIO()
    with wave.open(file, "wb") as recording:
        recording.setnchannels(1)
        recording.setsampwidth(1)
        recording.setframerate(RATE)
        recording.writeframes(samples(voice))
    return file.getvalue()


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for voice in VOICES:
        (FOLDER / f"{voice.name}.wav").write_bytes(wav(voice))
