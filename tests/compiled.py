"""All regular expressions of the package, each with the ways in which it is used.

Patterns are found in what the modules hold: variables, containers, attributes of classes, defaults of arguments, and
cached functions without arguments that return one. How a pattern is used (``match``, ``search`` and so on), and which
calls of ``re`` have their pattern in the call, is read from the source. A pattern that is made where neither sees it
is returned by ``unseen``.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import brief_extract

OPTIONAL: dict[str, str] = {
    "fastwarc": "html",
    "faststream": "faststream",
    "itemadapter": "scrapy",
    "openpyxl": "xlsx",
    "pyarrow": "arrow",
    "pyspark": "spark",
    "ray": "ray",
    "scrapy": "scrapy",
    "trafilatura": "html",
    "backports": "zstd",
}
"""Packages that a module of ours may need and that need not be installed, with the extra that brings them."""

METHODS = {
    "match": "match",
    "search": "search",
    "fullmatch": "fullmatch",
    "finditer": "finditer",
    "findall": "finditer",
    "sub": "finditer",
    "subn": "finditer",
    "split": "finditer",
}
"""Methods of patterns and functions of ``re``; those that go through the whole text cost the same."""

ALL = frozenset(METHODS.values())


@dataclass(slots=True)
class Use:
    """A pattern, where it is, and how it is used."""

    name: str
    pattern: re.Pattern[Any]
    ways: set[str] = field(default_factory=set)


def modules() -> tuple[list[ModuleType], dict[str, str]]:
    """The modules of the package, and those that need a package that is not installed, with its name."""
    found, missing = [brief_extract], {}
    for module in pkgutil.walk_packages(brief_extract.__path__, "brief_extract."):
        if module.name.endswith("__main__"):
            continue
        try:
            found.append(importlib.import_module(module.name))
        except ModuleNotFoundError as error:
            top = (error.name or "").partition(".")[0]
            if top not in OPTIONAL:
                raise
            missing[module.name] = top
    return found, missing


def uses(found: Iterable[ModuleType]) -> list[Use]:
    """All patterns of the modules, each once, with all ways in which it is used."""
    found = list(found)
    ways = _ways(found)
    known: dict[int, Use] = {}
    for module in found:
        for name, pattern, variable in _held(module):
            use = known.setdefault(id(pattern), Use(name, pattern))
            use.ways |= ways[module.__name__, variable]
    for module in found:
        for name, pattern, way in _inline(module):
            known.setdefault(id(pattern), Use(name, pattern)).ways.add(way)
    for use in known.values():
        use.ways = use.ways or set(ALL)
    return sorted(known.values(), key=lambda use: use.name)


# --- what modules hold ----------------------------------------------------------------------------------------


def _held(module: ModuleType) -> Iterator[tuple[str, re.Pattern[Any], str]]:
    for variable, value in vars(module).items():
        if not variable.startswith("__"):
            for place, pattern in _within(value, module, depth=4):
                yield f"{module.__name__}.{variable}{place}", pattern, variable


def _within(value: Any, module: ModuleType, depth: int) -> Iterator[tuple[str, re.Pattern[Any]]]:
    if isinstance(value, re.Pattern):
        yield "", value
    elif depth == 0:
        return
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from ((f"[{key!r}]{place}", pattern) for place, pattern in _within(item, module, depth - 1))
    elif isinstance(value, (list, tuple, set, frozenset)):
        for number, item in enumerate(value):
            yield from ((f"[{number}]{place}", pattern) for place, pattern in _within(item, module, depth - 1))
    elif isinstance(value, type) and value.__module__ == module.__name__:
        for name, item in vars(value).items():
            if name != "__dict__":
                yield from ((f".{name}{place}", pattern) for place, pattern in _within(item, module, depth - 1))
    elif is_factory(value) and inspect.unwrap(value).__module__ == module.__name__:
        yield "()", value()
    elif inspect.isfunction(value) and value.__module__ == module.__name__:
        for item in (*(value.__defaults__ or ()), *(value.__kwdefaults__ or {}).values()):
            yield from ((f"(){place}", pattern) for place, pattern in _within(item, module, depth - 1))


def is_factory(value: Any) -> bool:
    """Is it a cached function without arguments that returns a pattern?"""
    if not hasattr(value, "cache_info"):
        return False
    signature = inspect.signature(value)
    return not signature.parameters and "Pattern" in str(signature.return_annotation)


# --- how patterns are used ------------------------------------------------------------------------------------


def _tree(module: ModuleType) -> ast.Module:
    return ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))


def _ways(found: Iterable[ModuleType]) -> dict[tuple[str, str], set[str]]:
    """The ways in which each variable is used, by module and name; all ways where it is handed on."""
    ways: dict[tuple[str, str], set[str]] = defaultdict(set)
    for module in found:
        tree = _tree(module)
        owners = {
            name.asname or name.name: (str(node.module), name.name)
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            for name in node.names
        }
        aliases = _aliases(tree)
        called: set[int] = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in METHODS:
                name = _name(node.func.value)
                called.add(id(node.func.value))
                for variable in {name, *aliases[name]}:
                    ways[owners.get(variable, (module.__name__, variable))].add(_way(node))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                for argument in (*node.args, *(keyword.value for keyword in node.keywords)):
                    if isinstance(argument, ast.Name) and not _is_builtin(node):
                        ways[owners.get(argument.id, (module.__name__, argument.id))] |= ALL
            elif isinstance(node, ast.arguments):
                for default in (*node.defaults, *node.kw_defaults):
                    if isinstance(default, ast.Name):
                        ways[owners.get(default.id, (module.__name__, default.id))] |= ALL
    return ways


def _is_builtin(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Name) and call.func.id in ("len", "str", "sorted", "list", "dict", "zip")


def _way(call: ast.Call) -> str:
    """A match with a start but no end may be asked for at each place of a text: all of them together must be linear."""
    assert isinstance(call.func, ast.Attribute)
    if call.func.attr == "match" and len(call.args) == 2:
        return "scan"
    return METHODS[call.func.attr]


def _name(node: ast.expr) -> str:
    """The variable that an expression begins with: ``P`` in ``P``, ``P()``, ``P[key]``, ``P.items()``."""
    while not isinstance(node, ast.Name):
        if isinstance(node, ast.Call):
            node = node.func
        elif isinstance(node, (ast.Attribute, ast.Subscript)):
            node = node.value
        else:
            return ""
    return node.id


def _aliases(tree: ast.Module) -> dict[str, set[str]]:
    """Names of loops over a variable -> that variable."""
    aliases: dict[str, set[str]] = defaultdict(set)
    for node in ast.walk(tree):
        if isinstance(node, (ast.For, ast.comprehension)):
            for target in ast.walk(node.target):
                if isinstance(target, ast.Name):
                    aliases[target.id].add(_name(node.iter))
        elif isinstance(node, ast.Assign) and isinstance(node.value, (ast.IfExp, ast.Name)):
            parts = [node.value.body, node.value.orelse] if isinstance(node.value, ast.IfExp) else [node.value]
            for target in node.targets:
                aliases[_name(target)] |= {_name(part) for part in parts}
    return aliases


# --- patterns in calls of re ----------------------------------------------------------------------------------


def _inline(module: ModuleType) -> Iterator[tuple[str, re.Pattern[Any], str]]:
    """Patterns of ``re.search(...)`` and its like that are made of what the module holds."""
    for call in _calls(_tree(module)):
        assert isinstance(call.func, ast.Attribute)
        if call.func.attr == "compile":
            continue
        pattern = _compiled(call, module)
        if pattern is not None:
            yield f"{module.__name__}:{call.lineno}", pattern, METHODS[call.func.attr]


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "re"
            and node.func.attr in {*METHODS, "compile"}
        ):
            yield node


def _compiled(call: ast.Call, module: ModuleType) -> re.Pattern[Any] | None:
    """The pattern of a call, if it can be made without what only a running function knows."""
    flags = [keyword.value for keyword in call.keywords if keyword.arg == "flags"]
    assert isinstance(call.func, ast.Attribute)
    place = {"compile": 1, "match": 2, "search": 2, "fullmatch": 2, "finditer": 2, "findall": 2, "split": 3}
    flags += call.args[place.get(call.func.attr, 4) :][:1]
    try:
        pattern, flag = (
            eval(ast.unparse(part), vars(module).copy())
            for part in (call.args[0], flags[0] if flags else ast.Constant(0))
        )
    except NameError:
        return None
    return re.compile(pattern, flag)


def unseen(module: ModuleType) -> list[str]:
    """The places at which a module makes a pattern that is found neither in what it holds nor in the call itself."""
    tree = _tree(module)
    names = [
        alias
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "re"
        for alias in node.names
    ]
    places = [f"{module.__name__}: from re import {name.name}" for name in names if name.name in {*METHODS, "compile"}]
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            name = getattr(node, "name", "")
            if name and is_factory(getattr(module, name, None)):
                continue
            for call in _calls(node):
                assert isinstance(call.func, ast.Attribute)
                if call.func.attr == "compile" or _compiled(call, module) is None:
                    places.append(f"{module.__name__}:{call.lineno}")
    return sorted(set(places))
