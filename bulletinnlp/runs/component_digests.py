"""What the components of a pipeline that are not ours say and hold, so that a run can tell whether they have changed.

Of a component, and of what makes it, the source counts, with the functions, classes and plain values of the same module
that it uses; and what it holds (weights, patterns), where it gives that as bytes.
"""

from __future__ import annotations

import hashlib
import inspect
import sys
from collections.abc import Iterator
from contextlib import suppress
from types import CodeType, FunctionType, MethodType
from typing import Any

from spacy.language import Language
from spacy.util import registry

#: Packages whose components are known by their version, or by what they hold.
_KNOWN = ("bulletinnlp", "spacy", "thinc")
#: Values that stand in code, and say by themselves what they are.
_PLAIN = (str, bytes, int, float, bool, type(None))


def digests_of_components(nlp: Language, *, with_held: bool = True) -> tuple[dict[str, str], list[str]]:
    """A digest of each component that is not ours, by its name; and the names of those whose source can not be had.

    `with_held` counts what they hold, too.
    """
    digests, unseen = {}, []
    for name, component in nlp.components:
        factory = registry.factories.get(Language.get_factory_name(nlp.get_pipe_meta(name).factory))
        strange = [what for what in (component, factory) if _package(what) not in _KNOWN]
        sources = [_Source().of(what) for what in strange]
        held = _held(component) if with_held and _package(component) != "bulletinnlp" else b""
        if strange and None in sources:
            unseen.append(name)
        if strange or held:
            whole = hashlib.sha256(held)
            for source in sources:
                whole.update((source or "").encode(errors="backslashreplace") + b"\0")
            digests[name] = whole.hexdigest()
    return digests, unseen


def _package(what: Any) -> str:
    module = getattr(what, "__module__", None) or type(what).__module__
    return module.partition(".")[0]


def _held(component: Any) -> bytes:
    """What a component holds, as bytes, where it can say so."""
    if hasattr(component, "to_bytes"):
        with suppress(Exception):  # one that has not been made ready, one of the user's that takes no `exclude`
            return bytes(component.to_bytes(exclude=["vocab"]))
    return b""


class _Source:
    """The source of a function or class, and of what it uses of its own module."""

    def __init__(self) -> None:
        self._seen: set[int] = set()

    def of(self, what: Any) -> str | None:
        """The source, None if it can not be had."""
        if not isinstance(what, (FunctionType, MethodType, type)):
            what = type(what)
        try:
            return "\n".join(self._sources(what))
        except (OSError, TypeError, ValueError):  # the last of a name that has no value yet
            return None

    def _sources(self, what: Any) -> Iterator[str]:
        what = inspect.unwrap(what)
        if id(what) in self._seen:
            return
        self._seen.add(id(what))
        yield inspect.getsource(what)
        module = sys.modules.get(what.__module__)
        functions = vars(what).values() if isinstance(what, type) else [what]
        for function in map(inspect.unwrap, map(_plain_function, functions)):
            if isinstance(function, FunctionType):
                known = inspect.getclosurevars(function)
                names = {**function.__globals__, **known.nonlocals}
                for name in sorted({*_names(function.__code__), *known.nonlocals}):
                    yield from self._used(name, names.get(name), what.__module__, module)
        for base in what.__bases__ if isinstance(what, type) else ():
            yield from self._used(base.__name__, base, what.__module__, module)

    def _used(self, name: str, value: Any, of: str, module: Any) -> Iterator[str]:
        if isinstance(value, (FunctionType, type)):
            if value.__module__ == of:
                yield from self._sources(value)
        elif (plain := _shown(value)) is not None:
            yield f"{name} = {plain}"


def _plain_function(what: Any) -> Any:
    """The function behind a method of a class, a property."""
    return getattr(what, "__func__", None) or getattr(what, "fget", None) or what


def _names(code: CodeType) -> set[str]:
    """The names that some code uses, and the code within it."""
    inner = (names for const in code.co_consts if isinstance(const, CodeType) for names in _names(const))
    return {*code.co_names, *inner}


def _shown(value: Any) -> str | None:
    """A plain value as it would stand in code; None for others. Sets in an order that does not change."""
    if isinstance(value, _PLAIN):
        return repr(value) if value is not None else None
    if isinstance(value, dict):
        items = [_shown(part) for pair in value.items() for part in pair]
    elif isinstance(value, (list, tuple, set, frozenset)):
        items = [_shown(part) for part in value]
    else:
        return repr(value) if type(value).__name__ == "Pattern" else None
    told = [item or "?" for item in items]
    return f"{type(value).__name__}({', '.join(sorted(told) if isinstance(value, (set, frozenset)) else told)})"
