"""The walls of the house: who imports whom, and what loads when."""

import ast
import importlib
import json
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import studydl

ROOT = Path(studydl.__file__).parent
MODULES = sorted(each.name for each in pkgutil.walk_packages([str(ROOT)], "studydl."))
HEAVY = {"numpy", "sympy", "textual", "yaml", "fsrs", "rich", "regex"}


def loaded_by(code: str, arguments: list[str] | None = None) -> set[str]:
    """The heavy packages that a fresh interpreter has loaded after running the code."""
    script = (
        "import sys, json, atexit\n"
        f"sys.argv = ['studydl', *{arguments or []!r}]\n"
        "seen = lambda: sys.stderr.write('\\n' + json.dumps(sorted(sys.modules)))\n"
        "atexit.register(seen)\n" + code
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    return HEAVY & set(json.loads(done.stderr.splitlines()[-1]))


def test_imports_run_downward_only() -> None:
    done = subprocess.run(
        ["lint-imports", "--no-cache"],
        cwd=ROOT.parent,
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin", "COLUMNS": "200"},
    )

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["--version"], ["verify", "--bogus"]])
def test_help_and_mistakes_load_nothing_heavy(arguments: list[str]) -> None:
    allowed = {"rich"} if arguments[0] == "verify" else set()

    assert loaded_by("from studydl.__main__ import main; main()", arguments) <= allowed


@pytest.mark.parametrize(
    "room",
    [
        "cards",
        "judging",
        "memory",
        "notation",
        "search",
        "session",
        "statistics",
        "verification.client",
        "verification.evidence",
    ],
)
def test_a_room_of_the_drawing_process_loads_nothing_heavy(room: str) -> None:
    assert loaded_by(f"import studydl.{room}") == set()


def test_the_application_loads_neither_numpy_nor_sympy() -> None:
    assert loaded_by("import studydl.tui.app") & {"numpy", "sympy"} == set()


@pytest.mark.parametrize("name", MODULES)
def test_every_name_in_all_exists_and_every_module_says_what_it_is(name: str) -> None:
    module = importlib.import_module(name)

    assert module.__doc__, "a module says in one line what it is for"
    assert [each for each in getattr(module, "__all__", ()) if not hasattr(module, each)] == []


@pytest.mark.parametrize("path", sorted(ROOT.rglob("*.py")), ids=lambda p: str(p.relative_to(ROOT)))
def test_every_file_reads_in_one_sitting(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()

    assert len(lines) <= 350, f"{len(lines)} lines: split it by concept"


@pytest.mark.parametrize("path", sorted(ROOT.rglob("*.py")), ids=lambda p: str(p.relative_to(ROOT)))
def test_nothing_evaluates_text_as_code(path: Path) -> None:
    names = {
        node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
    }

    assert names & {"eval", "exec", "sympify", "parse_expr", "lambdify"} == set()
