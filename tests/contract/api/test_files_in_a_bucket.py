"""Workers' files in S3-compatible storage: none stays in the data folder, and all works as there."""

import contextlib
import io
import subprocess
import urllib.request
import zipfile
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import boto3
import pytest
from django.test import Client

from kempelen.domain.models import Requester, UploadedFile
from tests.contract.api.hits import a_hit
from tests.contract.api.test_files import got, send
from tests.factories import owner_of
from tests.outside import KEYS, REGION, Cloud
from tests.servers import KEMPELEN, Server
from tests.visitors import Visitor

pytestmark = pytest.mark.once

BUCKET = "answers"
# More than one part of an upload in parts.
LARGE = bytes(range(256)) * 40_000


@pytest.fixture(scope="module")
def bucket(cloud: Cloud) -> Iterator[Any]:
    client = boto3.client("s3", endpoint_url=cloud.endpoint, region_name=REGION, **KEYS)
    with contextlib.closing(client):
        client.create_bucket(Bucket=BUCKET)
        yield client


@pytest.fixture(scope="module")
def site_settings(bucket: Any, cloud: Cloud) -> Mapping[str, str]:
    return {
        "KEMPELEN_FILES_BUCKET": BUCKET,
        "KEMPELEN_FILES_ENDPOINT_URL": cloud.endpoint,
        "KEMPELEN_FILES_ACCESS_KEY_ID": KEYS["aws_access_key_id"],
        "KEMPELEN_FILES_SECRET_ACCESS_KEY": KEYS["aws_secret_access_key"],
    }


@pytest.fixture
def visitor(site: Server) -> Iterator[Visitor]:
    visitor = Visitor(site.url)
    yield visitor
    visitor.close()


def keys_in(bucket: Any) -> set[str]:
    return {item["Key"] for item in bucket.list_objects_v2(Bucket=BUCKET).get("Contents", [])}


def got_by(requester: Requester, url: str) -> bytes:
    """What the requester's owner gets at this address."""
    browser = Client()
    browser.force_login(owner_of(requester))
    cookie = f"sessionid={browser.cookies['sessionid'].value}"
    with urllib.request.urlopen(
        urllib.request.Request(url, headers={"Cookie": cookie}), timeout=60
    ) as answer:
        return bytes(answer.read())


def test_a_file_is_kept_in_the_bucket_and_comes_back_whole(
    mturk: Any, crowd: Callable[..., Any], visitor: Visitor, site: Server, bucket: Any
) -> None:
    assignment_id = crowd().accept(a_hit(mturk)["HITId"])
    assert "Your answer has been sent" in send(visitor, assignment_id, scan=LARGE)
    file = UploadedFile.objects.get()
    assert keys_in(bucket) >= {file.storage_key}
    assert not (site.folder / "files" / file.storage_key).exists()
    url = mturk.get_file_upload_url(AssignmentId=assignment_id, QuestionIdentifier="scan")["FileUploadURL"]
    assert got(url)[0] == LARGE


def test_of_a_file_that_was_lost_the_archive_says_so(
    mturk: Any, ada: Requester, crowd: Callable[..., Any], visitor: Visitor, site: Server, bucket: Any
) -> None:
    hit = a_hit(mturk)
    assignment_id = crowd().accept(hit["HITId"])
    send(visitor, assignment_id, scan=b"ink", photo=b"light")
    bucket.delete_object(Bucket=BUCKET, Key=UploadedFile.objects.get(field="scan").storage_key)
    body = got_by(ada, f"{site.url}/r/{ada.slug}/groups/{hit['HITGroupId']}/files.zip")
    archive = zipfile.ZipFile(io.BytesIO(body))
    folder = f"{hit['HITId']}/{assignment_id}"
    assert archive.namelist() == [f"{folder}/photo-photo.csv", "MISSING.txt"]
    assert f"{folder}/scan-scan.csv" in archive.read("MISSING.txt").decode()


@pytest.mark.parametrize(
    ("name", "says"), [(BUCKET, ""), ("elsewhere", "The bucket of KEMPELEN_FILES_BUCKET cannot")]
)
def test_check_says_whether_the_bucket_can_be_used(site: Server, name: str, says: str) -> None:
    environment = site.environment | {"KEMPELEN_FILES_BUCKET": name}
    checked = subprocess.run(
        [KEMPELEN, "check"], env=environment, capture_output=True, text=True, check=False
    )
    assert ("The bucket" in checked.stdout) is bool(says)
    assert says in checked.stdout
