"""Masks of segmentations as files beside the results."""

import base64
import csv
import io
import json
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any

import pytest

from kempelen.domain import zip_stream
from kempelen.domain.batches.masks import NotAMask, picture_in
from kempelen.domain.models import Batch
from kempelen.domain.queries import masks
from tests.crowd import pngs
from tests.factories import a_batch, a_submitted_assignment, a_worker, group_of, hits_of

pytestmark = pytest.mark.django_db

RGB = [(255, 255, 255), (0, 114, 178)]
PNG = pngs.indexed_png([[0, 1, 1], [0, 0, 1]], RGB, depth=1)
TEXT = base64.b64encode(PNG).decode()
CAT = {"Cat": {"color": "#0072b2"}}


def whole(text: str, name: str = "mask") -> dict[str, str]:
    """A plain crowd-form's answer with a mask."""
    value = {"labelMappings": CAT, "labeledImage": {"pngImageData": text}}
    return {"taskAnswers": json.dumps([{name: value, "other": "x"}])}


def archive_of(batch: Batch) -> tuple[zipfile.ZipFile, list[dict[str, str]]]:
    """The archive of a batch's masks, and its list."""
    archive = zipfile.ZipFile(io.BytesIO(b"".join(zip_stream.pieces(masks.entries([group_of(batch).pk])))))
    assert archive.testzip() is None
    return archive, list(csv.DictReader(io.StringIO(archive.read("index.csv").decode(), newline="")))


def answered(answers: Mapping[str, Any]) -> tuple[Batch, str]:
    batch = a_batch()
    return batch, a_submitted_assignment(a_worker(), hits_of(batch)[0], answers=answers).public_id


FLAT = {
    "a.b.labelMappings.Cat.color": "#0072b2",
    "a.b.labeledImage.pngImageData": TEXT,
    "a.b.inputImageProperties.width": "3",
}


@pytest.mark.parametrize(("answers", "name"), [(whole(TEXT), "mask"), (FLAT, "a.b")])
def test_a_mask_is_a_file_that_its_line_joins_to_the_results(answers: Mapping[str, Any], name: str) -> None:
    batch, assignment_id = answered(answers)
    archive, (line,) = archive_of(batch)

    assert archive.namelist() == [f"{assignment_id}-{name}.png", "index.csv"]
    assert archive.read(line["File"]) == PNG
    assert (line["AssignmentId"], line["Answer"], line["Skipped"]) == (assignment_id, name, "")
    assert (line["Width"], line["Height"]) == ("3", "2")
    assert json.loads(line["Labels"]) == {"#0072b2": "Cat"}


@pytest.mark.parametrize("is_flat", [False, True])
def test_instances_are_named_by_their_colours(is_flat: bool) -> None:
    instances = [{"color": "#0072b2", "label": "Cat"}, {"color": "#e69f00", "label": "Cat"}]
    answers = {"m.instances": json.dumps(instances), "m.labeledImage.pngImageData": TEXT}
    if not is_flat:
        value = {"instances": instances, "labeledImage": {"pngImageData": TEXT}}
        answers = {"taskAnswers": json.dumps([{"m": value}])}
    (line,) = archive_of(answered(answers)[0])[1]
    assert json.loads(line["Labels"]) == {"#0072b2": "Cat", "#e69f00": "Cat"}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<script>", "not base64"),
        ("\u00e4", "not base64"),
        ("", "not a PNG"),
        (base64.b64encode(b"MZ\x90 a program").decode(), "not a PNG"),
        (base64.b64encode(PNG[:-6]).decode(), "not a whole PNG"),
        (base64.b64encode(PNG + b"<html>").decode(), "something after the picture"),
        (base64.b64encode(PNG.replace(b"IDAT", b"IDAX")).decode(), "a damaged PNG"),
    ],
)
def test_what_is_no_picture_is_left_out_and_the_list_says_why(text: str, reason: str) -> None:
    archive, (line,) = archive_of(answered(whole(text))[0])
    assert archive.namelist() == ["index.csv"]
    assert (line["File"], line["Skipped"]) == ("", reason)


def test_names_of_answers_cannot_leave_the_folder_or_cover_each_other() -> None:
    value = {"labeledImage": {"pngImageData": TEXT}}
    names = ["../../etc/x", "a:b", "a?b", "A_B"]
    answers = {"taskAnswers": json.dumps([dict.fromkeys(names, value)])}
    batch, assignment_id = answered(answers)
    archive, lines = archive_of(batch)
    listed = [name.removeprefix(f"{assignment_id}-") for name in archive.namelist()]
    assert listed == ["x.png", "a_b.png", "a_b (2).png", "A_B (3).png", "index.csv"]
    assert [line["Answer"] for line in lines] == names


def test_of_a_file_only_the_picture_is_kept() -> None:
    chunks = list(pngs.chunks_of(PNG))
    packed = zlib.compress(bytes(10**6))
    loaded = pngs.file_of([chunks[0], (b"zTXt", b"x\0\0" + packed), *chunks[1:]])
    picture = picture_in(base64.b64encode(loaded).decode())
    assert (picture.content, picture.width, picture.height) == (PNG, 3, 2)


def test_a_size_that_nobody_can_open_is_refused() -> None:
    head = b"\xff\xff\xff\xff" * 2 + bytes([1, 3, 0, 0, 0])
    huge = pngs.file_of([(b"IHDR", head), (b"IDAT", b"x"), (b"IEND", b"")])
    with pytest.raises(NotAMask, match="a size that cannot be"):
        picture_in(base64.b64encode(huge).decode())


@pytest.mark.parametrize(
    "text", ["pngImageData", "[]", "[1]", '[{"a": {"labeledImage": {"pngImageData": 7}}}]']
)
def test_answers_that_only_look_like_masks_have_none(text: str) -> None:
    archive, lines = archive_of(answered({"taskAnswers": text})[0])
    assert (archive.namelist(), lines) == (["index.csv"], [])


def test_all_pages_are_read_in_the_order_of_the_hits() -> None:
    batch = a_batch(rows=[{"text": str(number)} for number in range(20)])
    worker = a_worker()
    done = [a_submitted_assignment(worker, hit, answers=whole(TEXT)).public_id for hit in hits_of(batch)]
    assert [line["AssignmentId"] for line in archive_of(batch)[1]] == done
    assert masks.has_any(group_of(batch).pk)
