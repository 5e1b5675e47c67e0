"""The page under load: first views, pages with a warm cache, and readers side by side; a server on 127.0.0.1 only.

usage: python benchmarks/web.py DATABASE [--readers 50] [--seconds 60]

Prints milliseconds of the first view of each page (nothing kept yet), of later views, and what they cost the server's
processors (from /proc: what the machine does besides does not count); then of `--readers` readers at once, each of whom asks
for one page after the other for `--seconds`: requests, answers that were wrong, p50, p95. The ratio in each row is to an
answer of the same server that does nothing but send bytes (its icon), measured in the same run.
"""

from __future__ import annotations

import argparse
import http.client
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import quote

PAGES = {
    "overview": "/zh/",
    "targets": "/zh/targets",
    "ledger": "/zh/ledger",
    "series": "/zh/series?indicator=gdp",
    "industries": "/zh/industries",
    "industries, one by one": "/zh/industries?part=mentions",
    "measures": "/zh/measures",
    "documents": "/zh/documents",
    "search, frequent word": f"/zh/documents?q={quote('增长')}",
    "search, rare words": f"/zh/documents?q={quote('商业航天 4999')}",
    "statements as JSON": "/api/statements?limit=100",
    "targets as JSON": "/api/targets?limit=100",
    "terms": f"/zh/terms?words={quote('商业航天')}",
    "phrases": "/zh/phrases",
}
SLOW = ("terms", "phrases")
"""Pages that read every document when they are asked for the first time."""
NOTHING = "/favicon.ico"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("database")
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    given = parser.parse_args()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    begun = time.perf_counter()
    command = [sys.executable, "-m", "saidao", "serve", given.database, "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
        try:
            while not answers(port):
                time.sleep(0.05)
            print(f"ready after {time.perf_counter() - begun:.1f} s\n")
            document = first_document(port)
            pages = PAGES | {"reader": f"/zh/documents/{document}"}
            nothing = statistics.median(timed(port, NOTHING)[0] for _ in range(50))
            views(port, pages, nothing, server.pid)
            load(port, pages, given.readers, given.seconds, nothing)
        finally:
            server.terminate()


def answers(port: int) -> bool:
    try:
        return timed(port, NOTHING)[1] == 200
    except OSError:
        return False


def first_document(port: int) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
    connection.request("GET", "/api/documents?limit=1")
    text = connection.getresponse().read().decode()
    return text[text.index('"id": "') + 7 :][:16]


def timed(port: int, address: str, connection: http.client.HTTPConnection | None = None) -> tuple[float, int, int]:
    """Milliseconds, status and bytes of an answer."""
    asked = connection or http.client.HTTPConnection("127.0.0.1", port, timeout=600)
    begun = time.perf_counter()
    asked.request("GET", address)
    answer = asked.getresponse()
    size = len(answer.read())
    return (time.perf_counter() - begun) * 1000, answer.status, size


def spent(pid: int) -> float:
    """Processor milliseconds of a process so far."""
    user, system = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) * 1000 / os.sysconf("SC_CLK_TCK")


def views(port: int, pages: dict[str, str], nothing: float, pid: int) -> None:
    print(f"an answer that does nothing: {nothing:.1f} ms\n")
    print("| page | first view, ms | of processors | later, ms | of processors | times nothing | KB |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name, address in pages.items():
        begun = spent(pid)
        first, status, size = timed(port, address)
        middle = spent(pid)
        later = statistics.median(timed(port, address)[0] for _ in range(10))
        cost = (spent(pid) - middle) / 10
        assert status == 200, f"{address}: {status}"
        print(
            f"| {name} | {first:,.0f} | {middle - begun:,.0f} | {later:,.1f} | {cost:,.0f} | {later / nothing:,.1f} | {size / 1000:,.0f} |",
            flush=True,
        )


def load(port: int, pages: dict[str, str], readers: int, seconds: float, nothing: float) -> None:
    expected = {address: timed(port, address)[1:] for address in pages.values()}
    times: list[float] = []
    wrong: list[str] = []
    end = time.perf_counter() + seconds

    def read(n: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
        order = list(pages.values())
        at = n
        while time.perf_counter() < end:
            address = order[at % len(order)]
            at += 1
            try:
                took, *told = timed(port, address, connection)
            except (OSError, http.client.HTTPException) as error:
                wrong.append(f"{address}: {error!r}")
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
                continue
            times.append(took)
            if tuple(told) != expected[address]:
                wrong.append(f"{address}: {told}")

    threads = [threading.Thread(target=read, args=(n,)) for n in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    points = statistics.quantiles(times, n=100)
    print(f"\n{readers} readers, {seconds:.0f} s: {len(times):,} answers ({len(times) / seconds:,.0f} a second),"
          f" {len(wrong)} lost or wrong; p50 {points[49]:,.0f} ms, p95 {points[94]:,.0f} ms,"
          f" p50 {points[49] / nothing:,.0f} times nothing")  # fmt: skip
    for line in wrong[:5]:
        print(line)


if __name__ == "__main__":
    main()
