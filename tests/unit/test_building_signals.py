"""Signals that end a build wait while it cleans up, and are raised where they are heeded."""

from __future__ import annotations

import signal
import threading

import pytest

from balise.building.signals import ENDING, Endings


def handlers() -> list[object]:
    return [signal.getsignal(number) for number in ENDING]


def test_a_signal_waits_until_it_is_heeded() -> None:
    done, endings, before = [], Endings(), handlers()
    with endings.taken():
        signal.raise_signal(signal.SIGTERM)
        done.append("cleaned up")
        with pytest.raises(SystemExit) as ended, endings.heeded():
            done.append("went on")
    assert (done, ended.value.code, handlers()) == (["cleaned up"], 143, before)


def test_a_signal_that_comes_while_heeded_ends_the_work_at_once() -> None:
    done, endings = [], Endings()
    with endings.taken():
        with pytest.raises(KeyboardInterrupt), endings.heeded():
            signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)
        done.append("cleaned up")
        with pytest.raises(KeyboardInterrupt), endings.heeded():
            pass
    assert done == ["cleaned up"]


def test_a_signal_that_nobody_heeds_is_raised_at_the_end_with_the_old_ways_back() -> None:
    done, before = [], handlers()

    def work() -> None:
        with Endings().taken():
            signal.raise_signal(signal.SIGTERM)
            done.append("done")

    with pytest.raises(SystemExit) as ended:
        work()
    assert (done, ended.value.code, handlers()) == (["done"], 143, before)


def test_outside_the_main_thread_nothing_is_taken() -> None:
    before, seen = handlers(), []

    def look() -> None:
        with Endings().taken():
            seen.append(handlers())

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert seen == [before]


def test_a_signal_that_is_ignored_stays_so() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with Endings().taken():
            assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
            signal.raise_signal(signal.SIGINT)
    finally:
        signal.signal(signal.SIGINT, before)
