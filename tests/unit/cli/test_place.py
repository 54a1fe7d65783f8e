"""Port and data folder: what is taken is refused with a sentence that says what to change."""

import os
import socket

import pytest

from service.cli.place import check_port, only_service, prepared_folder
from service.errors import SetupError
from service.settings import Settings


def test_a_free_port_is_fine(unused_port):
    check_port(Settings(port=unused_port))


def test_a_port_in_use_is_refused():
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        with pytest.raises(SetupError, match=r"in use: .* TIMELINES_PORT="):
            check_port(Settings(port=busy.getsockname()[1]))


def test_an_address_of_another_machine_is_refused(unused_port):
    with pytest.raises(SetupError, match=r"TIMELINES_HOST=127\.0\.0\.1"):
        check_port(Settings(host="192.0.2.1", port=unused_port))


def test_the_data_folder_is_made_with_its_logs(tmp_path):
    folder = prepared_folder(Settings(data_dir=tmp_path / "new" / "data"))
    assert (folder / "logs").is_dir()


def test_a_data_folder_that_cannot_be_made_is_refused(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(SetupError, match="TIMELINES_DATA_DIR"):
        prepared_folder(Settings(data_dir=tmp_path / "file" / "data"))


def test_one_data_folder_serves_one_service_and_the_other_is_told_who_has_it(tmp_path):
    with (
        only_service(tmp_path, "http://127.0.0.1:8000"),
        pytest.raises(SetupError) as refused,
        only_service(tmp_path, "http://127.0.0.1:8001"),
    ):
        pytest.fail("two services hold one folder")
    assert f"(pid {os.getpid()} at http://127.0.0.1:8000)" in str(refused.value)


def test_a_folder_is_free_again_afterwards(tmp_path):
    for _ in range(2):
        with only_service(tmp_path, "http://127.0.0.1:8000"):
            assert (tmp_path / "up.lock").exists()
