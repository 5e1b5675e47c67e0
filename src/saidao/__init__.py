"""Saidao: every figure of China's policy documents a record, every record tied to its sentence.

import saidao

for statement in saidao.extract("今年地区生产总值增长5%左右。", issuer="湖南省人民政府", year=2026):
    print(statement.indicator, statement.quote)

saidao.build("reports/", "observatory.duckdb")
with saidao.open("observatory.duckdb") as database:
    frame = database.statements(region="湖南", status="target").polars()
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

__all__ = [
    "Database",
    "Frame",
    "Imported",
    "Statement",
    "Summary",
    "__version__",
    "build",
    "code",
    "code_each",
    "extract",
    "import_statistics",
    "open",
]

if TYPE_CHECKING:
    from saidao.api import Database, Frame, open
    from saidao.coding import code, code_each
    from saidao.extraction import extract
    from saidao.models import Statement
    from saidao.pipeline import Summary
    from saidao.pipeline import build as build  # type: ignore[no-redef]
    from saidao.pipeline.imports import Imported, import_statistics

_HOMES = {
    "Database": "saidao.api",
    "Frame": "saidao.api",
    "Imported": "saidao.pipeline.imports",
    "Statement": "saidao.models",
    "Summary": "saidao.pipeline",
    "build": "saidao.pipeline",
    "code": "saidao.coding",
    "code_each": "saidao.coding",
    "extract": "saidao.extraction",
    "import_statistics": "saidao.pipeline.imports",
    "open": "saidao.api",
}


def __getattr__(name: str) -> Any:
    # Loaded when first used: the command line must answer --help without loading a database.
    if name not in _HOMES:
        raise AttributeError(f"module 'saidao' has no attribute {name!r}")
    import importlib

    value = getattr(importlib.import_module(_HOMES[name]), name)
    globals()[name] = value
    return value
