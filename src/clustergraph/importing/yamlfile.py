"""Reading one YAML file strictly: no doubled keys, no aliases, no guessed types, a line for every complaint."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from clustergraph.errors import InputError

#: Longest fact sheet in bytes; the longest real one has 24,000.
LIMIT = 2_000_000
#: Most levels of lists and mappings, one in the other.
_DEPTH = 12
_OPENING = (yaml.BlockMappingStartToken, yaml.BlockSequenceStartToken, yaml.FlowMappingStartToken,
            yaml.FlowSequenceStartToken)  # fmt: skip
_CLOSING = (yaml.BlockEndToken, yaml.FlowMappingEndToken, yaml.FlowSequenceEndToken)


class _Loader(yaml.SafeLoader):
    """YAML 1.2's plain values: ``NO`` is Norway, not false, and ``12:30`` is no number in base 60."""


_Loader.yaml_implicit_resolvers = {}


def _resolve(tag: str, pattern: str, first: str) -> None:
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), list(first))


_resolve("bool", r"^(?:true|false)$", "tf")
_resolve("int", r"^-?(?:0|[1-9][0-9]*)$", "-0123456789")
_resolve("float", r"^-?(?:0|[1-9][0-9]*)\.[0-9]+$", "-0123456789")
_resolve("timestamp", r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "0123456789")
_resolve("null", r"^(?:null|~|)$", "n~\0")


class YamlFile:
    """One parsed file.

    :ivar path: where it was read from, as given.
    :ivar content: plain Python values: dict, list, str, int, float, bool, date.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._root = self._compose(self._text())
        try:
            self.content: Any = _Loader("").construct_document(self._root)
        except ValueError as error:  # 2025-02-30 looks like a date
            raise InputError(f"{path}: {error}; write dates as YYYY-MM-DD") from error

    def _text(self) -> str:
        try:
            raw = self.path.read_bytes()
            if len(raw) > LIMIT:
                raise InputError(f"{self.path}: {len(raw)} bytes; a fact sheet has at most {LIMIT}")
            return raw.decode("utf-8")
        except OSError as error:
            raise InputError(f"{self.path}: cannot be read: {error.strerror}") from error
        except UnicodeDecodeError as error:
            raise InputError(f"{self.path}: byte {error.start} is not UTF-8; save the file as UTF-8") from error

    def _compose(self, text: str) -> yaml.Node:
        try:
            self._scan(text)
            root = yaml.compose(text, Loader=_Loader)
        except yaml.YAMLError as error:
            raise InputError(f"{self.path}: not valid YAML: {' '.join(str(error).split())}") from error
        if root is None:
            raise InputError(f"{self.path}: is empty; a fact sheet has at least edition and sources")
        self._check(root)
        return root

    def _scan(self, text: str) -> None:
        """Refuse aliases and depth while reading: the time to read grows with the square of the depth."""
        depth = 0
        for token in yaml.scan(text, Loader=_Loader):
            if isinstance(token, yaml.AliasToken):
                raise InputError(f"{self.path}: YAML aliases (*name) are not taken; write the value out")
            depth += isinstance(token, _OPENING) - isinstance(token, _CLOSING)
            if depth > _DEPTH:
                line = token.start_mark.line + 1
                raise InputError(f"{self.path}, line {line}: nested too deeply; a fact sheet has four levels")

    def _check(self, node: yaml.Node) -> None:
        line = node.start_mark.line + 1
        if isinstance(node, yaml.MappingNode):
            keys = [key.value for key, _ in node.value]
            for key in keys:
                if keys.count(key) > 1:
                    raise InputError(f"{self.path}, line {line}: the key {key!r} occurs twice; keep one")
        for child in node.value if isinstance(node, yaml.CollectionNode) else ():
            for part in child if isinstance(child, tuple) else (child,):
                self._check(part)

    def line(self, path: tuple[str | int, ...]) -> int:
        """The line (from 1) on which the value at a path begins, or that of its nearest ancestor."""
        node = self._root
        for step in path:
            if isinstance(node, yaml.MappingNode):
                found = next((value for key, value in node.value if key.value == step), None)
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                found = node.value[step]
            else:
                found = None
            if found is None:
                break
            node = found
        return int(node.start_mark.line) + 1

    def complaint(self, path: tuple[str | int, ...], message: str) -> InputError:
        """An error that names file, line and key."""
        key = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")
        return InputError(f"{self.path}, line {self.line(path)}, {key or 'top level'}: {message}")
