"""Puts a mutant into the modules that are loaded, in place of what it changes: no import is repeated.

Only the changed statement is executed again, in the namespace of its module; then every namespace that had imported
what it defines gets the new object, constants that were computed from it are computed again, and caches are cleared
that may hold results of the old one.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

from mutation.operators import Mutant

PACKAGE = "brief_extract"
Namespace = dict[str, Any]


class InvalidError(Exception):
    """A mutant that cannot even be defined, such as one with a pattern that does not compile."""


def graft(mutant: Mutant) -> None:
    """Make the change of a mutant in this process.

    Raises:
        InvalidError: the changed statement cannot be executed.
    """
    module = next(module for module in _modules() if module.__file__ == str(mutant.path))
    statement = ast.parse(mutant.source).body[0]
    namespaces = [vars(other) for other in list(sys.modules.values())]
    for name in _dependents(module.__name__):
        for value in list(vars(sys.modules[name]).values()):
            if hasattr(value, "cache_clear"):
                value.cache_clear()
    if mutant.method and isinstance(statement, ast.ClassDef):
        _replace_method(vars(module), statement, mutant.method)
    else:
        _execute(vars(module), statement, namespaces)


def prepare() -> None:
    """Read what depends on what once, before the process is copied."""
    for module in _modules():
        _dependents(module.__name__)


def _execute(namespace: Namespace, statement: ast.stmt, namespaces: Sequence[Namespace]) -> None:
    old = {name: namespace.get(name) for name in _targets(statement)}
    _run(statement, namespace)
    for name, value in old.items():
        for other in namespaces:
            if other is namespace or (value is not None and other.get(name) is value):
                other[name] = namespace[name]
                for dependent in _computed_from(other, name):
                    _execute(other, dependent, namespaces)


def _replace_method(namespace: Namespace, statement: ast.ClassDef, method: str) -> None:
    """A new method in the old class, so that objects and types made before stay what they are."""
    old = namespace[statement.name]
    _run(statement, namespace)
    setattr(old, method, vars(namespace[statement.name])[method])
    namespace[statement.name] = old


def _run(statement: ast.stmt, namespace: Namespace) -> None:
    try:
        exec(_compiled(statement), namespace)
    except Exception as error:
        raise InvalidError(str(error)) from error


def _compiled(statement: ast.stmt) -> CodeType:
    future = ast.parse("from __future__ import annotations").body
    return compile(ast.Module([*future, statement], []), "<mutant>", "exec")


def _targets(statement: ast.stmt) -> Iterator[str]:
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        yield statement.name
    elif isinstance(statement, ast.Assign | ast.AnnAssign):
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        yield from (target.id for target in targets if isinstance(target, ast.Name))


def _computed_from(namespace: Namespace, name: str) -> Iterator[ast.stmt]:
    """The constants of a module of the package in whose value a name stands."""
    file = namespace.get("__file__") or ""
    if not str(namespace.get("__name__")).startswith(PACKAGE) or name not in _source(file):
        return
    for statement in ast.parse(_source(file)).body:
        if isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value and name not in _targets(statement):
            used = {node.id for node in ast.walk(statement.value) if isinstance(node, ast.Name)}
            if name in used:
                yield statement


@cache
def _source(file: str) -> str:
    return Path(file).read_text("utf-8")


def _modules() -> list[ModuleType]:
    return [module for name, module in list(sys.modules.items()) if name.split(".")[0] == PACKAGE]


@cache
def _imports(name: str) -> frozenset[str]:
    """The modules of the package that a module imports."""
    found = set()
    for node in ast.walk(ast.parse(_source(sys.modules[name].__file__ or ""))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return frozenset(found & sys.modules.keys())


@cache
def _dependents(name: str) -> frozenset[str]:
    """A module and those that import it, directly or not."""
    found, waiting = set(), {name}
    while waiting:
        found |= waiting
        waiting = {module.__name__ for module in _modules() if _imports(module.__name__) & waiting} - found
    return frozenset(found)
