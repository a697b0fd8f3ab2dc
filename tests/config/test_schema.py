import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from kempelen.config import schema
from kempelen.config.data_folder import Unusable

pytestmark = pytest.mark.django_db


@pytest.mark.once
def test_an_sqlite_that_is_too_old_is_named_with_a_remedy(monkeypatch):
    monkeypatch.setattr("sqlite3.sqlite_version_info", (3, 37, 2))
    monkeypatch.setattr("sqlite3.sqlite_version", "3.37.2")
    monkeypatch.setattr(connection, "vendor", "sqlite")

    with pytest.raises(Unusable, match=r"has SQLite 3\.37\.2; Kempelen needs 3\.38 or newer"):
        schema.check_versions()


def test_a_database_that_this_program_made_is_current():
    schema.check_versions()
    schema.refuse_newer_database()

    assert schema.is_current()


def test_a_database_that_a_newer_program_changed_is_refused():
    MigrationRecorder(connection).record_applied("kempelen", "9999_later")

    with pytest.raises(Unusable, match="9999_later is unknown here"):
        schema.refuse_newer_database()


def test_what_other_programs_keep_in_the_database_does_not_matter():
    MigrationRecorder(connection).record_applied("somebody_elses", "0001_initial")

    schema.refuse_newer_database()
