"""Data flows one way: who may import whom. What is not in the table below is forbidden."""

from __future__ import annotations

import ast
from pathlib import Path

import saidao

PACKAGE = Path(saidao.__path__[0])

BASE = {"models", "errors", "lexicon", "sequences"}
ASKED = BASE | {"filters"}
ALLOWED: dict[str, set[str]] = {
    "models": set(),
    "errors": set(),
    "sequences": set(),
    "schemas": {"errors"},
    "lexicon": {"errors", "schemas"},
    "filters": {"errors", "lexicon"},
    "sources": BASE,
    "documents": BASE,
    "statements": BASE,
    "statistics": BASE | {"sources", "documents", "statements"},
    "store": ASKED,
    "register": BASE | {"measures", "statements"},
    "pipeline": BASE
    | {"sources", "documents", "statements", "statistics", "coding", "register", "store"}
    | {"analyses"},
    "analyses": ASKED | {"store"},
    "terms": ASKED | {"store"},
    "phrases": ASKED | {"store", "terms"},
    "measures": BASE,
    "coding": BASE | {"measures", "documents", "statements"},
    "extraction": BASE | {"statements"},
    "api": ASKED | {"store", "analyses", "terms", "phrases", "measures", "statements", "extraction"},
    "outputs": BASE,
    "web": ASKED | {"store", "analyses", "terms", "phrases", "api", "outputs"},
    "reports": BASE | {"store", "analyses", "phrases", "api", "outputs", "web"},
    "assistant": ASKED | {"store", "terms", "extraction", "api", "outputs"},
    "cli": ASKED
    | {"store", "terms", "phrases", "statements", "pipeline", "extraction", "coding", "api", "outputs"}
    | {"assistant", "reports", "web"},
    "__init__": {"api", "coding", "extraction", "models", "pipeline"},
    "__main__": {"cli"},
}


def part_of(file: Path) -> str:
    first = file.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imported(file: Path) -> set[str]:
    """The parts of the project that a module imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name.split(".")[1] for name in node.names if name.name.startswith("saidao.")}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: imports are written in full"
            module = (node.module or "").split(".")
            if module[0] == "saidao":
                found |= {module[1]} if len(module) > 1 else {name.name for name in node.names}
    # Names such as saidao.__version__ belong to the package itself.
    return {name for name in found if not name.startswith("__")}


def test_imports_go_one_way() -> None:
    files = sorted(PACKAGE.rglob("*.py"))
    assert files
    for file in files:
        part = part_of(file)
        assert part in ALLOWED, f"{file.name}: say in the table what {part} may import"
        wrong = imported(file) - ALLOWED[part] - {part}
        assert not wrong, f"{file.relative_to(PACKAGE)} imports {', '.join(sorted(wrong))}"


def test_modules_stay_small() -> None:
    for file in PACKAGE.rglob("*.py"):
        lines = len(file.read_text("utf-8").splitlines())
        assert lines < 400, f"{file.relative_to(PACKAGE)} has {lines} lines"
