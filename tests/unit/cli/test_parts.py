"""Single parts: where the record is, and why it cannot be used."""

from pathlib import Path

import pytest

from service.cli.parts import migrated, record_words
from service.errors import SetupError
from service.settings import Settings


@pytest.mark.parametrize(
    "url, words",
    [
        ("", "SQLite, data/timelines.sqlite3"),
        ("sqlite:///here/x.db", "SQLite, here/x.db"),
        ("sqlite:////srv/x.db", "SQLite, /srv/x.db"),
        ("postgresql+psycopg://me:secret@db:5432/news?x=1", "postgresql, db:5432/news"),
    ],
)
def test_the_record_is_told_without_a_password(url, words):
    assert record_words(Settings(database_url=url)) == words


def test_a_record_that_is_away_is_told_with_the_driver_s_reason_and_without_the_password():
    settings = Settings(database_url="postgresql://me:secret@127.0.0.1:1/news")
    with pytest.raises(SetupError) as refused:
        migrated(settings)
    says = str(refused.value)
    assert says.startswith("the record cannot be used (postgresql, 127.0.0.1:1/news): connection")
    assert says.endswith("Connection refused; see TIMELINES_DATABASE_URL")
    assert "secret" not in says


def test_a_file_that_is_no_record_is_named(tmp_path):
    (tmp_path / "timelines.sqlite3").write_text("no database\n" * 100)
    with pytest.raises(SetupError, match=r"timelines\.sqlite3\): file is not a database; see TIM"):
        migrated(Settings(data_dir=tmp_path))


def test_a_folder_that_cannot_be_made_is_named():
    with pytest.raises(SetupError, match=r"cannot be used \(SQLite, /proc/x/.*see TIMELINES_DATA"):
        migrated(Settings(data_dir=Path("/proc/x")))
