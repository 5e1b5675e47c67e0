"""The wheel: built, installed with nothing but what it declares, and used outside of the repository."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the paths of the environment are those of a Unix")


def run(
    *command: str | Path, cwd: Path, given: str | None = None, check: bool = True
) -> subprocess.CompletedProcess[str]:
    """A command in an environment that knows nothing of the repository."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV", "SAIDAO"))
    }
    done = subprocess.run(
        list(map(str, command)), cwd=cwd, input=given, capture_output=True, text=True, check=False,
        env=kept | {"LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    assert done.returncode == 0 or not check, f"{command}\n{done.stdout[-800:]}\n{done.stderr[-1500:]}"
    return done


def constraints() -> str:
    """The locked versions, without their hashes: a wheel made here has none."""
    lines = (ROOT / "requirements.lock").read_text("utf-8").splitlines()
    return "\n".join(m[0] for line in lines if (m := re.match(r"[A-Za-z0-9._-]+==[^ ;\\]+(?: *;[^\\]*)?", line))) + "\n"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the programs of an environment that holds the wheel and what it declares."""
    folder = tmp_path_factory.mktemp("install")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    run(*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, ROOT, cwd=folder)
    [wheel] = folder.glob("saidao-*.whl")
    (folder / "locked.txt").write_text(constraints(), encoding="utf-8")
    venv.create(folder / "env", with_pip=False)
    programs = folder / "env" / "bin"
    here = [*pip, "--python", programs / "python", "install", "--no-compile", "--constraint", folder / "locked.txt"]
    # One small package first: where that does not come, nothing will, and that is no fault of the wheel.
    probe = run(*here, "--retries", "0", "--timeout", "10", "click", cwd=folder, check=False)
    if probe.returncode:
        pytest.skip(f"no package index can be reached: {probe.stderr.strip().splitlines()[-1:]}")
    run(*here, wheel, cwd=folder)
    return programs


def test_the_wheel_does_the_main_jobs_with_nothing_but_what_it_declares(installed: Path, tmp_path: Path) -> None:
    saidao = installed / "saidao"
    version = run(saidao, "--version", cwd=tmp_path).stdout
    assert re.fullmatch(r"saidao \d+\.\d+\.\d+\n", version)
    run(saidao, "build", ROOT / "samples", "-o", "a.duckdb", "--quiet", "--jobs", "1", cwd=tmp_path)
    asked = ("--region", "湖南", "--year", "2026", "--status", "target", "--format", "jsonl")
    rows = [
        json.loads(line) for line in run(saidao, "statements", "a.duckdb", *asked, cwd=tmp_path).stdout.splitlines()
    ]
    assert any(row["indicator_id"] == "gdp" and row["quote"] == "5%左右" for row in rows)
    sentence = json.dumps({"id": "1", "text": "设立稀土产业基金。"}, ensure_ascii=False) + "\n"
    [coded] = run(saidao, "code", "-", cwd=tmp_path, given=sentence).stdout.splitlines()
    assert json.loads(coded)["tools"] == ["industrial_fund"]
    said = run(saidao, "doctor", "a.duckdb", "--lang", "en", cwd=tmp_path).stdout
    assert "No problem found." in said
    assert "pip install 'saidao[charts]'" in said
    refused = run(
        saidao,
        "series",
        "a.duckdb",
        "--indicator",
        "gdp",
        "--chart",
        "a.svg",
        "--lang",
        "en",
        cwd=tmp_path,
        check=False,
    )
    assert refused.returncode == 2
    assert "pip install 'saidao[charts]'" in refused.stderr
    places = run(installed / "python", "-c", "import saidao; print(saidao.__file__)", cwd=tmp_path).stdout
    assert str(ROOT) not in places


def test_the_version_is_said_once() -> None:
    import tomllib

    import saidao

    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert saidao.__version__ == declared
    cited = (ROOT / "CITATION.cff").read_text("utf-8")
    assert f"version: {declared}" in cited
    assert f"## {declared}" in (ROOT / "CHANGELOG.md").read_text("utf-8")
