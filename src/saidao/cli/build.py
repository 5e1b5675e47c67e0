"""`saidao build`: files to a database."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from saidao.cli.framework import NOTHING, Command
from saidao.errors import UsageError
from saidao.outputs.messages import Messages

if TYPE_CHECKING:
    from saidao.pipeline import Progress, Summary

TELLING = 100_000
"""Characters read from which on a speed tells something; below, a run is mostly its start."""

GONE_SHOWN = 5
"""Files gone that the summary names."""


def command(say: Messages) -> click.Command:
    """The command in a language."""

    def run(
        paths: tuple[str, ...], output: str, jobs: int | None, mapping: tuple[str, ...], lexicon: str | None,
        prune: bool, quiet: bool,
    ) -> int:  # fmt: skip
        from saidao.lexicon import load
        from saidao.pipeline import build

        for path in paths:
            if not Path(path).exists():
                raise UsageError("build.no_path", path=path)
        with _bar(paths, say, wanted=not quiet and sys.stderr.isatty()) as progress:
            summary = build(
                paths, output, jobs=jobs, mapping=mapping_of(mapping), prune=prune, progress=progress,
                lexicon=load(Path(lexicon)) if lexicon is not None else None,
            )  # fmt: skip
        if not quiet:
            print("\n".join(summary_lines(summary, say)), file=sys.stderr)
        return 0 if summary.documents else NOTHING

    return Command(
        name="build",
        say=say,
        callback=run,
        params=[
            click.Argument(["paths"], metavar="PATH...", nargs=-1, required=True, type=click.Path()),
            click.Option(
                ["-o", "--output"], metavar="FILE", required=True, type=click.Path(), help=say("build.output")
            ),
            click.Option(["--jobs"], metavar="N", type=click.IntRange(1), help=say("build.jobs")),
            click.Option(["--mapping"], metavar="FIELD=COLUMN", multiple=True, help=say("build.mapping")),
            click.Option(["--lexicon"], metavar="DIR", type=click.Path(), help=say("build.lexicon")),
            click.Option(["--prune"], is_flag=True, help=say("build.prune")),
            click.Option(["--quiet", "-q"], is_flag=True, help=say("build.quiet")),
        ],
    )


def mapping_of(pairs: Sequence[str]) -> dict[str, str] | None:
    """`text=正文` and the like as a dictionary.

    Raises:
        UsageError: a pair has no = or names a field that does not exist.
    """
    from saidao.pipeline.build import FIELDS

    mapping = {}
    for pair in pairs:
        field, sign, column = pair.partition("=")
        if not sign or field.strip() not in FIELDS or not column:
            raise UsageError("build.bad_mapping", pair=pair, fields=", ".join(sorted(FIELDS)))
        mapping[field.strip()] = column
    return mapping or None


def summary_lines(summary: Summary, say: Messages) -> list[str]:
    """What the build did, in a few lines."""
    lines = [
        say("build.files", read=f"{summary.files_read:,}", skipped=f"{summary.files_skipped:,}"),
        say(
            "build.documents", new=f"{summary.documents_new:,}", changed=f"{summary.documents_changed:,}",
            same=f"{summary.documents_same:,}", removed=f"{summary.documents_removed:,}",
        ),
        say("build.statements", written=f"{summary.statements_written:,}"),
    ]  # fmt: skip
    if summary.rejects:
        lines.append(say("build.rejects", count=f"{sum(summary.rejects.values()):,}", database=summary.database))
        lines += [
            f"  {count:>6,}  {say.explained('rejects', code, '…')}" for code, count in sorted(summary.rejects.items())
        ]
    if summary.files_gone:
        said = "build.pruned" if summary.pruned else "build.gone"
        lines.append(say(said, count=f"{len(summary.files_gone):,}"))
        lines += [f"  {path}" for path in summary.files_gone[:GONE_SHOWN]]
        if len(summary.files_gone) > GONE_SHOWN:
            lines.append("  …")
    speed = summary.characters_a_second
    lines.append(
        say(
            "build.done", database=summary.database, documents=f"{summary.documents:,}",
            statements=f"{summary.statements:,}", seconds=f"{summary.seconds:.1f}",
        )
        + (say("build.speed", speed=f"{speed / 1000:,.0f}", jobs=summary.jobs) if speed * summary.seconds >= TELLING else "")
    )  # fmt: skip
    return lines


@contextmanager
def _bar(paths: Sequence[str], say: Messages, *, wanted: bool) -> Iterator[Callable[[Progress], None] | None]:
    """A progress bar on standard error, which measures bytes of files."""
    if not wanted:
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    total = sum(_size(Path(path)) for path in paths)
    text = TextColumn("{task.description}")
    with Bar(
        text, BarColumn(), TextColumn("{task.percentage:>3.0f}%"), TimeRemainingColumn(),
        console=Console(stderr=True), transient=True,
    ) as bar:  # fmt: skip
        task = bar.add_task(say("build.reading", documents=0, statements=0), total=total)

        def advance(progress: Progress) -> None:
            said = say("build.reading", documents=f"{progress.documents:,}", statements=f"{progress.statements:,}")
            bar.update(task, completed=progress.bytes, description=said)

        yield advance


def _size(path: Path) -> int:
    if path.is_file():
        return path.stat().st_size
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
