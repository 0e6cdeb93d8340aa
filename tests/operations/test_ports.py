from __future__ import annotations

import socket

import pytest

from bot.errors import UserFacingError
from bot.operations import ports


def test_a_free_port_is_taken_and_given_back() -> None:
    with ports.take("127.0.0.1", 0, "FP_PORT") as held:
        number = held.getsockname()[1]
    ports.check("127.0.0.1", number, "FP_PORT")


def test_a_port_in_use_is_named_with_the_setting_that_changes_it() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        number = other.getsockname()[1]
        with pytest.raises(UserFacingError, match=f"Port {number} .* set FP_RASA_PORT to another"):
            ports.check("127.0.0.1", number, "FP_RASA_PORT")
