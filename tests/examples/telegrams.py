"""The recordings of the telegrams example: Morse code as WAV, 8 kHz, 8 bit, mono.

`python -m tests.examples.telegrams` writes them anew into the package's static files.
"""

import io
import math
import random
import wave
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

FOLDER = Path(str(files("kempelen") / "web/static/kempelen/examples/telegrams"))
RATE = 8000
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
MORSE = """
    .- -... -.-. -.. . ..-. --. .... .. .--- -.- .-.. --
    -. --- .--. --.- .-. ... - ..- ...- .-- -..- -.-- --..
"""
CODES = dict(zip(LETTERS, MORSE.split(), strict=True))


@dataclass(frozen=True)
class Sending:
    """A word, how it is sent, and what the wire adds."""

    word: str
    pitch_hz: int
    dot_seconds: float
    hiss: float


SENDINGS = [
    Sending("TEA", pitch_hz=620, dot_seconds=0.16, hiss=0.0),
    Sending("RAIN", pitch_hz=560, dot_seconds=0.15, hiss=0.02),
    Sending("KNIGHT", pitch_hz=660, dot_seconds=0.13, hiss=0.0),
    Sending("LATE", pitch_hz=700, dot_seconds=0.15, hiss=0.16),
    Sending("SNOW", pitch_hz=590, dot_seconds=0.15, hiss=0.05),
]


def beeps(word: str) -> list[tuple[bool, int]]:
    """Tones (True) and pauses, in dots; letters stand five dots apart, so that beginners can follow."""
    sequence = [(False, 4)]
    for letter in word:
        for sign in CODES[letter]:
            sequence += [(True, 3 if sign == "-" else 1), (False, 1)]
        sequence[-1] = (False, 5)
    return sequence


def samples(sending: Sending) -> bytes:
    """The sound, a byte a sample; the same on every run."""
    noise = random.Random(sending.word)
    heard = bytearray()
    for is_tone, dots in beeps(sending.word):
        length = int(dots * sending.dot_seconds * RATE)
        for at in range(length):
            # Edges of eight milliseconds, or each beep would begin and end with a click.
            edge = min(1.0, at / 64, (length - at) / 64) if is_tone else 0.0
            tone = 0.6 * edge * math.sin(2 * math.pi * sending.pitch_hz * at / RATE)
            heard.append(128 + int(127 * (tone + sending.hiss * noise.uniform(-1, 1))))
    return bytes(heard)


def wav(sending: Sending) -> bytes:
    """The whole file."""
    file = io.BytesIO()
    with wave.open(file, "wb") as recording:
        recording.setnchannels(1)
        recording.setsampwidth(1)
        recording.setframerate(RATE)
        recording.writeframes(samples(sending))
    return file.getvalue()


if __name__ == "__main__":
    for sending in SENDINGS:
        (FOLDER / f"{sending.word.lower()}.wav").write_bytes(wav(sending))
