"""Two real servers on a real Postgres and Redis, and what befalls them while twenty people talk.

After each drill no turn that was accepted is lost or there twice, danger was answered with 999,
nobody who could be answered waited over ten seconds, and all of it is ready again by itself.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Callable

import pytest

from tests.replicas.conftest import Site
from tests.replicas.load import Crowd

pytestmark = [pytest.mark.rasa, pytest.mark.slow]

STOPPED_S = 12.0
"""Longer than a turn may take, so that whoever waits is told so."""
WELL_AGAIN_S = 120.0
BEFORE = 20
AFTER = 40
"""Turns that are answered before what befalls, and when all is well again."""


def kill_rasa(site: Site) -> None:
    site.one.rasa.kill()


def stop_rasa_for_a_while(site: Site) -> None:
    rasa = site.one.rasa
    rasa.suspend()
    time.sleep(STOPPED_S)
    rasa.resume()


def stop_rasa_for_good(site: Site) -> None:
    """Whoever keeps it running notices, and starts another."""
    stopped = site.one.rasa
    stopped.suspend()
    stopped.wait(90)


def kill_a_server(site: Site) -> None:
    site.one.gateway.kill()
    time.sleep(2)
    site.one.stop()
    site.one.start()


def stop_a_server_for_a_while(site: Site) -> None:
    site.one.gateway.suspend()
    time.sleep(2 * STOPPED_S)
    site.one.gateway.resume()


def kill_postgres(site: Site) -> None:
    site.postgres.send(signal.SIGKILL)
    time.sleep(3)
    assert "database" in site.one.missing()
    site.postgres.start()


def stop_postgres_for_a_while(site: Site) -> None:
    site.postgres.send(signal.SIGSTOP)
    time.sleep(3)
    assert "database" in site.other.missing()
    time.sleep(STOPPED_S)
    site.postgres.send(signal.SIGCONT)


def kill_redis(site: Site) -> None:
    site.redis.send(signal.SIGKILL)
    time.sleep(5)
    assert site.one.missing() == []
    site.redis.start()


def stop_redis_for_a_while(site: Site) -> None:
    site.redis.send(signal.SIGSTOP)
    time.sleep(5)
    assert site.one.missing() == []
    site.redis.send(signal.SIGCONT)


def roll_both(site: Site) -> None:
    """One after the other is stopped as a platform does, and started anew."""
    for each in (site.one, site.other):
        each.stop()
        each.start()


@pytest.mark.parametrize(
    "befall",
    [
        kill_rasa,
        stop_rasa_for_a_while,
        stop_rasa_for_good,
        kill_a_server,
        stop_a_server_for_a_while,
        kill_postgres,
        stop_postgres_for_a_while,
        kill_redis,
        stop_redis_for_a_while,
        roll_both,
    ],
)
def test_nothing_is_lost_or_doubled(site: Site, befall: Callable[[Site], None]) -> None:
    with Crowd(site.addresses) as crowd:
        crowd.wait_for_more(BEFORE)
        befall(site)
        wait_until_well(site)
        crowd.wait_for_more(AFTER)
    assert crowd.faults() == []
    for person in crowd.people:
        person.close()


def wait_until_well(site: Site) -> None:
    deadline = time.monotonic() + WELL_AGAIN_S
    while time.monotonic() < deadline:
        if not any(each.missing() for each in (site.one, site.other)):
            return
        time.sleep(0.5)
    raise AssertionError(f"not ready again: {site.one.missing()}, {site.other.missing()}")
