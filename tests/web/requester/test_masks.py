"""The archive of masks on the requester's pages."""

import io
import zipfile

from tests.domain.test_masks import TEXT, whole
from tests.factories import a_submitted_assignment, hits_of
from tests.web.requester.test_downloads import content_of


def test_the_archive_is_offered_where_there_are_masks(owner, at, batch, cleo):
    a_submitted_assignment(cleo, hits_of(batch)[0])
    assert "masks.zip" not in owner.get(at("batches/1/results/")).text
    a_submitted_assignment(cleo, hits_of(batch)[1], answers=whole(TEXT))
    for page in ("batches/1/results/", "batches/1/"):
        assert at("batches/1/masks.zip") in owner.get(at(page)).text
    response = owner.get(at("batches/1/masks.zip"))
    assert response["Content-Disposition"] == 'attachment; filename="Batch_1_masks.zip"'
    archive = zipfile.ZipFile(io.BytesIO(content_of(response)))
    assert len(archive.namelist()) == 2


def test_what_is_not_published_has_no_masks(owner, at, upload):
    assert owner.get(at("batches/1/masks.zip")).status_code == 404
