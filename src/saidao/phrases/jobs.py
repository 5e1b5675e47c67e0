"""The same work on batch after batch, here or in processes; results come in the order of the batches."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import connection
from typing import Any, TypeVar

T = TypeVar("T")
Result = TypeVar("Result")

WORTHWHILE = 10_000_000
"""Characters below which starting processes costs more than it gains."""

AHEAD = 2
"""Batches that each process is handed beforehand."""

_tool: list[Any] = []


def each(
    make: Callable[..., T],
    arguments: tuple[Any, ...],
    work: Callable[[T, Any], Result],
    batches: Iterable[Any],
    jobs: int = 1,
) -> Iterator[Result]:
    """What `work` makes of each batch.

    Args:
        make: makes the tool of the work, once a process.
        arguments: what it is made of.
        work: takes the tool and a batch; a function of a module, for processes find it by name.
        batches: what is worked on.
        jobs: how many processes; with 1, this one.
    """
    if jobs == 1:
        tool = make(*arguments)
        yield from (work(tool, batch) for batch in batches)
        return
    waiting: deque[Any] = deque()
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, spawn, initializer=_prepare, initargs=(make, arguments)) as pool:
        for batch in batches:
            waiting.append(pool.submit(_run, work, batch))
            if len(waiting) >= AHEAD * jobs:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _prepare(make: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that was started ends the others
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _tool[:] = [make(*arguments)]


def _end_with_parent() -> None:
    """Ends this process when the one that started it is gone, which would else leave it waiting for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def _run(work: Callable[[Any, Any], Any], batch: Any) -> Any:
    return work(_tool[0], batch)
