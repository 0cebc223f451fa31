import os
import signal
import threading
from concurrent.futures.process import BrokenProcessPool
from itertools import count, islice

import pytest

from reader.services.workers import Workers


def double(number):
    if number == 13:
        raise ValueError("thirteen")
    return number * 2


def crash(number):
    if number % 10 == 3:
        os.kill(os.getpid(), signal.SIGKILL) if hasattr(signal, "SIGKILL") else os._exit(1)
    return number


def hang(number):
    while number == 1:
        pass
    return number


def process(_number):
    return os.getpid()


@pytest.mark.parametrize("here", [True, False])
def test_results_come_in_order_and_an_error_is_the_result_of_its_job(here):
    with Workers(here=here) as workers:
        results = dict(workers.results(double, range(100)))

    assert isinstance(results.pop(13), ValueError)
    assert list(results.items()) == [(n, 2 * n) for n in range(100) if n != 13]


def test_work_is_done_in_another_process_unless_it_is_little():
    with Workers() as workers:
        assert os.getpid() not in {pid for _, pid in workers.results(process, range(4))}
    with Workers(here=True) as workers:
        assert {pid for _, pid in workers.results(process, range(4))} == {os.getpid()}


def test_a_job_that_ends_its_process_costs_nothing_but_itself():
    with Workers() as workers:
        results = list(workers.results(crash, range(25)))

    assert [job for job, _ in results] == list(range(25))
    assert [job for job, outcome in results if isinstance(outcome, BrokenProcessPool)] == [3, 13, 23]
    assert all(outcome == job for job, outcome in results if job % 10 != 3)


def test_a_job_that_never_ends_is_ended():
    with Workers(seconds=1) as workers:
        results = dict(workers.results(hang, range(4)))

    assert isinstance(results.pop(1), BrokenProcessPool)
    assert results == {0: 0, 2: 2, 3: 3}


def test_jobs_are_taken_as_they_are_needed_and_what_is_left_is_given_up():
    with Workers(here=True) as workers:
        assert list(islice(workers.results(double, count()), 3)) == [(0, 0), (1, 2), (2, 4)]


def test_the_workers_leave_when_they_are_done():
    before = threading.active_count()
    with Workers() as workers:
        list(workers.results(double, range(4)))

    assert threading.active_count() == before


def niceness(_number):
    return os.nice(0)


@pytest.mark.skipif(not hasattr(os, "nice"), reason="needs POSIX priorities")
def test_a_worker_stands_back_behind_the_window():
    with Workers() as workers:
        assert {nice for _, nice in workers.results(niceness, range(4))} == {min(os.nice(0) + 10, 19)}
    with Workers(here=True) as workers:
        assert {nice for _, nice in workers.results(niceness, range(4))} == {os.nice(0)}
