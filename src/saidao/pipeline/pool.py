"""Runs tasks in worker processes, or here when there is little to do, and survives workers that die or hang."""

from __future__ import annotations

import multiprocessing
import signal
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any

from saidao.models import Reject
from saidao.pipeline.work import Found, Settings, TakeRaws, Task, prepare, run, run_prepared

WORTHWHILE = 1_500_000
"""Bytes of work below which starting processes costs more than it gains."""

PATIENCE = 900.0
"""Seconds that one task may take. The largest unit that the readers accept takes a fraction of it."""

Results = list[Found | None]


class Ticket:
    """A task that was handed in."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.future: Future[Results] | None = None
        self.results: Results | None = None
        self.submitted = False


class Pool:
    """Hands tasks to `jobs` processes. Results are asked for by ticket, in whatever order.

    Processes start only when the tasks handed in are worth it; until then, and with one job, tasks run in this
    process when their result is asked for.
    """

    def __init__(self, jobs: int, settings: Settings) -> None:
        self._jobs = jobs
        self._settings = settings
        self._executor: ProcessPoolExecutor | None = None
        self._waiting: list[Ticket] = []
        self._running: list[Ticket] = []
        self._weight = 0

    def submit(self, ticket: Ticket) -> None:
        """Hands in a task."""
        ticket.submitted = True
        if self._executor is not None:
            self._send(ticket)
            return
        self._waiting.append(ticket)
        self._weight += ticket.task.weight
        if self._jobs > 1 and self._weight >= WORTHWHILE:
            self._start()
            for waiting in self._waiting:
                self._send(waiting)
            self._waiting = []

    def results(self, ticket: Ticket) -> Results:
        """What a task yields; waits for it."""
        if ticket.results is None:
            if ticket.future is None:
                self._waiting.remove(ticket)
                ticket.results = run(ticket.task, self._settings)
            else:
                ticket.results = self._await(ticket)
                self._running.remove(ticket)
        return ticket.results

    def close(self, *, kill: bool = False) -> None:
        """Ends the processes; with `kill` at once, whatever they are doing."""
        executor, self._executor = self._executor, None
        if executor is None:
            return
        if kill:
            for process in list((executor._processes or {}).values()):
                process.kill()
        executor.shutdown(wait=True, cancel_futures=True)

    def _await(self, ticket: Ticket) -> Results:
        try:
            return _result(ticket.future)
        except (BrokenProcessPool, TimeoutError):
            # Somebody's task has killed or blocked a worker, and every task in flight is lost with the pool. This
            # one is tried alone; the others are sent again.
            self._restart()
            if not self._alive():
                return self._give_up(ticket)
            results = self._alone(ticket.task)
            for other in self._running:
                if other is not ticket and not _done(other.future):
                    self._send(other, again=True)
            return results

    def _alive(self) -> bool:
        """Whether fresh processes work at all; where a system forbids them they do not."""
        assert self._executor is not None
        try:
            with _starting():
                return self._executor.submit(run_prepared, TakeRaws(())).result(timeout=60) == [[]]
        except (BrokenProcessPool, TimeoutError):
            return False

    def _give_up(self, ticket: Ticket) -> Results:
        """Goes on in this process alone."""
        self.close(kill=True)
        self._jobs = 1
        for other in self._running:
            if other is not ticket and not _done(other.future):
                other.future = None
                self._waiting.append(other)
        self._running = [other for other in self._running if other.future is not None]
        return run(ticket.task, self._settings)

    def _alone(self, task: Task) -> Results:
        try:
            assert self._executor is not None
            with _starting():
                future = self._executor.submit(run_prepared, task)
            return _result(future)
        except (BrokenProcessPool, TimeoutError) as error:
            self._restart()
            parts = task.parts()
            if len(parts) > 1:
                alone = [found for part in parts for found in self._alone(part)]
                return [[item for found in alone for item in found or []]] if isinstance(task, TakeRaws) else alone
            reason = "took too long" if isinstance(error, TimeoutError) else "ended the process that read it"
            return [[Reject(source, "reader_crashed", reason) for source in task.sources()]]

    def _start(self) -> None:
        self._executor = ProcessPoolExecutor(
            self._jobs, multiprocessing.get_context("spawn"), initializer=prepare, initargs=(self._settings,)
        )

    def _restart(self) -> None:
        self.close(kill=True)
        self._start()

    def _send(self, ticket: Ticket, *, again: bool = False) -> None:
        assert self._executor is not None
        with _starting():
            try:
                ticket.future = self._executor.submit(run_prepared, ticket.task)
            except BrokenProcessPool as error:
                ticket.future = Future()
                ticket.future.set_exception(error)
        if not again:
            self._running.append(ticket)


def _result(future: Future[Results] | None) -> Results:
    assert future is not None
    return future.result(timeout=PATIENCE)


def _done(future: Future[Results] | None) -> bool:
    return future is not None and future.done() and not future.cancelled() and future.exception() is None


@contextmanager
def _starting() -> Iterator[None]:
    """Processes started meanwhile do not run the caller's script again, and ignore Ctrl-C from the first instruction on.

    What they run is imported by its name, so they need nothing of `__main__`; without this, a script that has no
    `if __name__ == "__main__"` would start itself anew in every worker.
    """
    main = sys.modules["__main__"]
    kept: dict[str, Any] = {name: main.__dict__.pop(name) for name in ("__file__", "__spec__") if name in main.__dict__}
    main.__spec__ = None
    deaf = threading.current_thread() is threading.main_thread()
    before = signal.signal(signal.SIGINT, signal.SIG_IGN) if deaf else None
    try:
        yield
    finally:
        main.__dict__.update(kept)
        if deaf:
            signal.signal(signal.SIGINT, before)
