"""The mutants of a module: each is its source with one small change, such as ``<`` for ``<=`` or a part left out.

A change is an edit of the text, so that it reads as a difference of one line. Annotations, docstrings, assertions and
messages of exceptions are left alone, and so is ``strict`` of ``zip``, which asserts something as well.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from mutation.regexes import Edit, chosen, edits, pieces

_COMPARISONS = {
    "<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "==",
    "in": "not in", "not in": "in", "is": "is not", "is not": "is",
}  # fmt: skip
_ARITHMETIC = {"+": "-", "-": "+", "*": "/", "/": "*", "//": "/"}
_NAMES = {"min": "max", "max": "min", "any": "all", "all": "any", "startswith": "endswith", "endswith": "startswith"}
_CLEANERS = frozenset("strip lstrip rstrip lower upper casefold title replace removeprefix removesuffix".split())
_SCOPES = (ast.FunctionDef, ast.ClassDef)
_PARTS = (ast.expr, ast.comprehension, ast.keyword)
_MUTATED_TESTS = (ast.Compare, ast.BoolOp, ast.UnaryOp)
"""Conditions that are mutated in their parts and need not be turned round as well."""


class Mutant(NamedTuple):
    """One change of one module.

    ``before`` and ``after`` are the lines that differ, ``source`` is the whole changed statement of the module.
    ``method`` is set where the change is inside of a method.
    """

    path: Path
    line: int
    scope: str
    method: str | None
    before: str
    after: str
    source: str


def mutants(path: Path) -> list[Mutant]:
    """All mutants of a module, in the order of its text."""
    source = path.read_text("utf-8")
    walker = _Walker(source)
    found: dict[tuple[int, str], Mutant] = {}
    for statement in ast.parse(source).body:
        first, last = walker.lines_of(statement)
        for scope, edit in walker.statement(statement, ()):
            changed = source[first : edit.start] + edit.text + source[edit.end : last]
            if (first, changed) in found or not _is_python(changed):
                continue
            begin, end = source.rfind("\n", 0, edit.start) + 1, source.index("\n", edit.end)
            found[first, changed] = Mutant(
                path,
                source.count("\n", 0, edit.start) + 1,
                ".".join(scope),
                scope[1] if isinstance(statement, ast.ClassDef) and len(scope) > 1 else None,
                source[begin:end],
                source[begin : edit.start] + edit.text + source[edit.end : end],
                changed,
            )
    return sorted(found.values(), key=lambda mutant: mutant.line)


def _is_python(source: str) -> bool:
    try:
        ast.parse(source)
    except SyntaxError:
        return False
    return True


class _Walker:
    """The edits of one module's source. Offsets count characters."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.lines = [0]
        for line in source.splitlines(keepends=True):
            self.lines.append(self.lines[-1] + len(line))
        self.texts = source.splitlines(keepends=True)

    def statement(self, node: ast.stmt, scope: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Edit]]:
        """The edits of a statement and those in it, each with the names of the functions and classes around it."""
        if isinstance(node, ast.Assert | ast.Import | ast.ImportFrom | ast.Raise) or _is_typing(node):
            return
        inside = (*scope, node.name) if isinstance(node, _SCOPES) else scope
        if isinstance(node, ast.FunctionDef):
            defaults = [*node.args.defaults, *filter(None, node.args.kw_defaults)]
            yield from ((inside, edit) for default in defaults for edit in self.expression(default, node))
        else:
            yield from ((inside, edit) for edit in self._whole(node))
            for name, value in ast.iter_fields(node):
                if isinstance(value, ast.expr) and name != "annotation":
                    yield from ((inside, edit) for edit in self.expression(value, node))
        for name in ("body", "orelse", "handlers", "finalbody", "items"):
            for child in getattr(node, name, ()) if isinstance(getattr(node, name, ()), list) else ():
                if isinstance(child, ast.stmt):
                    if not _is_docstring(child):
                        yield from self.statement(child, inside)
                elif isinstance(child, ast.ExceptHandler):
                    for part in child.body:
                        yield from self.statement(part, inside)

    def _whole(self, node: ast.stmt) -> Iterator[Edit]:
        start, end = self.span(node)
        removable = (
            (isinstance(node, ast.Expr) and isinstance(node.value, ast.Call))
            or isinstance(node, ast.AugAssign | ast.Break | ast.Continue | ast.Delete)
            or (isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Subscript | ast.Attribute))
        )
        if removable:
            yield Edit(start, end, "pass")
        if isinstance(node, ast.AugAssign):
            yield from self._operator(node.target, node.value, {"+=": "-=", "-=": "+="})
        if isinstance(node, ast.Return) and node.value and not _is_empty(node.value):
            yield Edit(*self.span(node.value), "None")
        if isinstance(node, ast.If | ast.While) and not isinstance(node.test, _MUTATED_TESTS):
            yield Edit(*self.span(node.test), f"not ({self.text(node.test)})")

    def expression(self, node: ast.AST, parent: ast.AST) -> Iterator[Edit]:
        """The edits of an expression and those in it."""
        if isinstance(node, ast.expr):
            if not self._is_placed(node):
                return
            yield from self._of_value(node, parent)
            yield from self._of_structure(node)
        for name, value in ast.iter_fields(node):
            for child in value if isinstance(value, list) else [value]:
                is_text = isinstance(node, ast.JoinedStr) and isinstance(child, ast.Constant)
                is_key = isinstance(node, ast.Dict) and name == "keys"
                if isinstance(child, _PARTS) and not is_text and not is_key:
                    yield from self.expression(child, node)

    def _of_value(self, node: ast.expr, parent: ast.AST) -> Iterator[Edit]:
        if isinstance(node, ast.JoinedStr) or _is_text(node):
            yield from self._string(node, parent)
        elif isinstance(node, ast.Constant):
            yield from self._constant(node, parent)
        elif isinstance(node, ast.Set | ast.Tuple | ast.List) and _are_strings(node.elts):
            yield from self._without_each(node.elts)
        elif isinstance(node, ast.Dict) and all(isinstance(key, ast.Constant) for key in node.keys):
            yield from self._without_entries(node)

    def _of_structure(self, node: ast.expr) -> Iterator[Edit]:
        if isinstance(node, ast.Compare):
            for left, right in pairwise([node.left, *node.comparators]):
                yield from self._operator(left, right, _COMPARISONS)
        elif isinstance(node, ast.BoolOp):
            yield from self._without_each(node.values)
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            yield Edit(*self.span(node), f"({self.text(node.operand)})")
        elif isinstance(node, ast.BinOp):
            yield from self._arithmetic(node)
        elif isinstance(node, ast.IfExp) and not isinstance(node.test, _MUTATED_TESTS):
            yield Edit(*self.span(node.test), f"not ({self.text(node.test)})")
        elif isinstance(node, ast.Call):
            yield from self._call(node)

    def _operator(self, left: ast.expr, right: ast.expr, swaps: dict[str, str]) -> Iterator[Edit]:
        start, end = self.span(left)[1], self.span(right)[0]
        between = self.source[start:end]
        operator = between.strip("() \n")
        if operator in swaps:
            place = start + between.index(operator)
            yield Edit(place, place + len(operator), swaps[operator])

    def _arithmetic(self, node: ast.BinOp) -> Iterator[Edit]:
        if isinstance(node.op, ast.BitOr):
            yield Edit(*self.span(node), self.text(node.left))
            yield Edit(*self.span(node), self.text(node.right))
        elif not any(isinstance(side, ast.JoinedStr) or _is_text(side) for side in (node.left, node.right)):
            yield from self._operator(node.left, node.right, _ARITHMETIC)

    def _call(self, node: ast.Call) -> Iterator[Edit]:
        function = node.func
        end = self.span(function)[1]
        name = function.attr if isinstance(function, ast.Attribute) else self.text(function)
        if name in _NAMES:
            yield Edit(end - len(name), end, _NAMES[name])
        if name in _CLEANERS and isinstance(function, ast.Attribute):
            yield Edit(*self.span(node), self.text(function.value))
        if name.lstrip("_")[:1].islower() and name != "lru_cache":
            arguments = [*node.args, *node.keywords]
            for place, keyword in enumerate(arguments):
                if isinstance(keyword, ast.keyword) and keyword.arg != "strict":
                    first = self.span(arguments[place - 1])[1] if place else self.span(keyword)[0]
                    yield Edit(first, self.span(keyword)[1], "")

    def _without_each(self, parts: list[ast.expr]) -> Iterator[Edit]:
        spans = [self.span(part) for part in parts]
        if len(parts) < 2:
            return
        for place in chosen(len(parts)):
            first = spans[place - 1][1] if place else spans[0][0]
            last = spans[place][1] if place else spans[1][0]
            if place and self.source[first : first + 1] == ")":
                first += 1
            yield Edit(first, last, "")

    def _without_entries(self, node: ast.Dict) -> Iterator[Edit]:
        spans = [
            (self.span(key)[0], self.span(value)[1]) for key, value in zip(node.keys, node.values, strict=True) if key
        ]
        for place in chosen(len(spans)) if len(spans) > 1 else []:
            yield Edit(*((spans[place - 1][1], spans[place][1]) if place else (spans[0][0], spans[1][0])), "")

    def _string(self, node: ast.expr, parent: ast.AST) -> Iterator[Edit]:
        start, _ = self.span(node)
        text = self.text(node)
        found = list(pieces(text))
        if found and (any(piece.raw for piece in found) or "(?:" in text):
            yield from (Edit(start + a, start + b, new) for a, b, new in edits(text, found))
        elif isinstance(node, ast.Constant) and not isinstance(parent, ast.Set | ast.Tuple | ast.List | ast.Subscript):
            yield Edit(*self.span(node), '""' if node.value else '"x"')

    def _constant(self, node: ast.Constant, parent: ast.AST) -> Iterator[Edit]:
        if isinstance(node.value, bool):
            yield Edit(*self.span(node), str(not node.value))
        elif isinstance(node.value, int):
            yield Edit(*self.span(node), str(node.value + 1))
            if node.value and isinstance(parent, ast.Compare | ast.Assign | ast.Slice | ast.Call):
                yield Edit(*self.span(node), str(node.value - 1))
        elif isinstance(node.value, float):
            yield Edit(*self.span(node), str(node.value + 0.1))
            yield Edit(*self.span(node), str(node.value - 0.1))

    def lines_of(self, node: ast.stmt) -> tuple[int, int]:
        """The span of a statement of the module with its decorators."""
        above = [other.lineno for other in getattr(node, "decorator_list", ())]
        return self.lines[min([node.lineno, *above]) - 1], self.lines[node.end_lineno or node.lineno]

    def span(self, node: ast.AST) -> tuple[int, int]:
        """Where a node stands in the source."""
        assert isinstance(node, ast.expr | ast.stmt | ast.keyword)
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return self._offset(node.lineno, node.col_offset), self._offset(node.end_lineno, node.end_col_offset)

    def text(self, node: ast.AST) -> str:
        """The source of a node."""
        return self.source[slice(*self.span(node))]

    def _offset(self, line: int, column: int) -> int:
        return self.lines[line - 1] + len(self.texts[line - 1].encode()[:column].decode(errors="ignore"))

    def _is_placed(self, node: ast.expr) -> bool:
        """Whether the place of a node is right: Python 3.11 gives some of those in f-strings a wrong one."""
        try:
            return ast.dump(ast.parse(f"({self.text(node)})", mode="eval").body) == ast.dump(node)
        except SyntaxError:
            return isinstance(node, ast.Slice | ast.Starred)


def _is_typing(node: ast.stmt) -> bool:
    """Whether a statement is for readers and type checkers only."""
    if isinstance(node, ast.If):
        return isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
    value = node.value if isinstance(node, ast.Assign) else None
    is_literal = isinstance(value, ast.Subscript) and isinstance(value.value, ast.Name)
    is_exports = (
        isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == "__all__"
    )
    return is_literal or is_exports or _is_union(value) or _is_docstring(node)


def _is_union(value: ast.expr | None) -> bool:
    """Whether it is a union of types: ``int | str | None``; flags such as ``re.I | re.M`` have a dot."""
    if isinstance(value, ast.BinOp) and isinstance(value.op, ast.BitOr):
        return all(isinstance(side, ast.Name | ast.Constant) or _is_union(side) for side in (value.left, value.right))
    return False


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _is_empty(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and not node.value


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _are_strings(nodes: list[ast.expr]) -> bool:
    return len(nodes) > 1 and all(_is_text(node) for node in nodes)
