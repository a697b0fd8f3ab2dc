"""A new database gets at once what others got one migration after the other."""

import io
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from tests import databases
from tests.servers import clean_environment

# Says what a database has: columns, and the names of indexes and constraints.
PROGRAM = """
import sys, django
django.setup()
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
executor = MigrationExecutor(connection)
executor.loader = MigrationLoader(connection, replace_migrations=sys.argv[1] == "at once")
graph = executor.loader.graph
leaves = [leaf for leaf in graph.leaf_nodes() if sys.argv[1] == "at once" or not graph.nodes[leaf].replaces]
executor.migrate(leaves)
with connection.cursor() as cursor:
    for table in sorted(connection.introspection.table_names(cursor)):
        columns = connection.introspection.get_table_description(cursor, table)
        print(table, sorted((c.name, c.null_ok, c.type_code) for c in columns))
        found = connection.introspection.get_constraints(cursor, table)
        # Names that Django makes up differ; what they are on does not.
        made_up = ("kempelen", "auth", "django", "__unnamed", "fk_")
        # Nor do checks of single columns, which SQLite's text is parsed for.
        named = [
            (n * (not n.startswith(made_up)), c)
            for n, c in found.items()
            if not (n.startswith(made_up) and c["check"])
        ]
        print(table, sorted((n, c["columns"], c["unique"], c["index"], c["check"]) for n, c in named))
"""


def tables(how: str, folder: Path) -> str:
    environment = clean_environment() | {"KEMPELEN_DATA_DIR": str(folder), "KEMPELEN_SECRET_KEY": "x" * 50}
    environment["DJANGO_SETTINGS_MODULE"] = "kempelen.config.settings"
    if url := databases.new_database_url():
        environment["KEMPELEN_DATABASE_URL"] = url
    folder.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, how], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_new_database_is_as_one_that_went_through_all_migrations(tmp_path: Path):
    at_once, stepwise = (tables(how, tmp_path / how.replace(" ", "-")) for how in ("at once", "stepwise"))
    assert at_once.splitlines() == stepwise.splitlines()
    assert "kempelen_hit " in at_once


@pytest.mark.once
def test_every_migration_has_its_place_and_models_have_theirs(db: None):
    loader = MigrationLoader(connection)
    assert [name for app, name in loader.graph.leaf_nodes() if app == "kempelen"] == [
        max(name for app, name in loader.graph.nodes if app == "kempelen")
    ]
    assert not loader.detect_conflicts()
    call_command("makemigrations", *apps.app_configs, "--check", "--dry-run", stdout=io.StringIO())
