from pathlib import Path

import pytest

from kempelen.config import env, mail
from kempelen.config.readers import Rate

pytestmark = pytest.mark.once


def test_without_variables_every_setting_has_a_default():
    values = env.read({})

    assert values[env.SIGNUP] == "open"
    assert values[env.UPLOAD_LIMIT] == 512_000_000
    assert values[env.DATA_DIR] is None


def test_all_bad_values_are_named_with_their_remedy():
    with pytest.raises(env.BadSettings) as refused:
        env.read({"KEMPELEN_SIGNUP": "maybe", "KEMPELEN_UPLOAD_LIMIT": "much", "KEMPELEN_MODE": "sandbox"})

    assert refused.value.problems == [
        "KEMPELEN_SIGNUP is 'maybe': Write open, invite or closed.",
        "KEMPELEN_UPLOAD_LIMIT is 'much': Write a size such as 500 MB or 2 GB.",
    ]


def test_the_site_may_be_under_a_path():
    for given in ("https://lab.example.org/kempelen", "https://lab.example.org/kempelen/"):
        assert env.read({"KEMPELEN_URL": given})[env.URL] == "https://lab.example.org/kempelen"


def test_an_empty_variable_is_as_good_as_none():
    assert env.read({"KEMPELEN_SIGNUP": "  "})[env.SIGNUP] == "open"


def test_a_secret_may_stand_in_a_file(tmp_path: Path):
    (tmp_path / "key").write_text("a key that is long enough to sign with\n")

    values = env.read({"KEMPELEN_SECRET_KEY_FILE": str(tmp_path / "key")})

    assert values[env.SECRET_KEY] == "a key that is long enough to sign with"


def test_a_bad_secret_is_not_repeated():
    with pytest.raises(env.BadSettings) as refused:
        env.read({"KEMPELEN_DATABASE_URL": "mysql://me:hunter2@db/name"})

    assert "KEMPELEN_DATABASE_URL" in str(refused.value)
    assert "hunter2" not in str(refused.value)


def test_a_secrets_file_that_is_missing_is_named(tmp_path: Path):
    with pytest.raises(env.BadSettings, match=r"KEMPELEN_EMAIL_URL_FILE names .*, which cannot be read"):
        env.read({"KEMPELEN_EMAIL_URL_FILE": str(tmp_path / "none")})


def test_a_misspelt_setting_is_noticed():
    assert env.unknown_names({"KEMPELEN_SINGUP": "closed", "PATH": ""}) == [
        "KEMPELEN_SINGUP is not a setting and does nothing. Did you mean KEMPELEN_SIGNUP?"
    ]


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("KEMPELEN_UPLOAD_LIMIT", "2 GB", 2_000_000_000),
        ("KEMPELEN_UPLOAD_LIMIT", "10 MiB", 10 * 2**20),
        ("KEMPELEN_URL", "https://turk.example.org/", "https://turk.example.org"),
        ("KEMPELEN_ALLOWED_HOSTS", "a.example, .b.example  [::1]", ["a.example", ".b.example", "[::1]"]),
        ("KEMPELEN_NEXT_HIT_ON_SUBMIT", "True", True),
        ("KEMPELEN_NEXT_HIT_RANDOM", "off", False),
        ("KEMPELEN_TIME_ZONE", "Europe/Berlin", "Europe/Berlin"),
        ("KEMPELEN_API_RATE", "10", Rate(10, 10)),
        ("KEMPELEN_API_RATE", "0.5", Rate(0.5, 1)),
        ("KEMPELEN_API_RATE", "10/50", Rate(10, 50)),
        ("KEMPELEN_API_CORS_ORIGINS", "https://Lab.example/ *", ["https://lab.example", "*"]),
        ("KEMPELEN_SECRET_KEY_FALLBACKS", "a" * 32 + " " + "b" * 32, ["a" * 32, "b" * 32]),
    ],
)
def test_values_are_read_as_people_write_them(name, text, value):
    setting = next(row for row in env.SETTINGS if row.name == name)

    assert env.read({name: text})[setting] == value


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("KEMPELEN_URL", "turk.example.org"),
        ("KEMPELEN_URL", "https://turk.example.org/a path"),
        ("KEMPELEN_ALLOWED_HOSTS", "https://a.example"),
        ("KEMPELEN_TRUSTED_PROXIES", "proxy"),
        ("KEMPELEN_SECRET_KEY", "short"),
        ("KEMPELEN_TIME_ZONE", "Middle-earth"),
        ("KEMPELEN_EMAIL_URL", "mail.example.org"),
        ("KEMPELEN_DATABASE_URL", "sqlite://"),
        ("KEMPELEN_API_BODY_LIMIT", "11 MB"),
        ("KEMPELEN_API_RATE", "0"),
        ("KEMPELEN_API_RATE", "10/0"),
        ("KEMPELEN_API_RATE", "ten"),
        ("KEMPELEN_API_CORS_ORIGINS", "lab.example.org"),
        ("KEMPELEN_API_CORS_ORIGINS", "https://lab.example.org/page"),
        ("KEMPELEN_SECRET_KEY_FALLBACKS", "short"),
        ("KEMPELEN_MODE", "test"),
    ],
)
def test_values_that_make_no_sense_are_refused(name, text):
    with pytest.raises(env.BadSettings, match=name):
        env.read({name: text})


def test_every_setting_says_what_it_is_for():
    assert all(row.help.endswith((".", ")")) and row.kind for row in env.SETTINGS)


def test_an_email_url_is_taken_apart():
    found = mail.configuration("smtp+tls://ada%40lab:s%2Fecret@mail.example.org")

    assert (found.host, found.port, found.user, found.password) == (
        "mail.example.org",
        587,
        "ada@lab",
        "s/ecret",
    )
    assert found.starts_tls
    assert not found.is_tls


@pytest.mark.parametrize(
    "address",
    ["https://{bucket}.s3.example.org/{key}", "http://localhost:9000/{bucket}/{key}", "https://a/{key}"],
)
def test_an_address_of_s3_says_where_the_key_goes(address: str):
    assert env.read({"KEMPELEN_S3_ADDRESS": address})[env.S3_ADDRESS] == address


@pytest.mark.parametrize(
    "address", ["https://a.org/", "s3://{bucket}/{key}", "{key}", "https://a/{key}/{region}"]
)
def test_an_address_of_s3_that_makes_none_is_refused(address: str):
    with pytest.raises(env.BadSettings, match=r"https://\{bucket\}\.s3\.amazonaws\.com/\{key\}"):
        env.read({"KEMPELEN_S3_ADDRESS": address})
