"""A value that is found when it is first asked for, and kept with the object it belongs to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

_Value = TypeVar("_Value")


class once(Generic[_Value]):  # noqa: N801 - a decorator, named like `property`
    """What `functools.cached_property` is, without the lock that Python 3.11 takes for each value.

    The gate finds some hundred thousand of them, in one thread.
    """

    def __init__(self, find: Callable[[Any], _Value]) -> None:
        self._find = find
        self.__doc__ = find.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        """Note the name under which the value is kept."""
        self._name = name

    @overload
    def __get__(self, owner: None, kind: type) -> once[_Value]: ...
    @overload
    def __get__(self, owner: object, kind: type | None = None) -> _Value: ...

    def __get__(self, owner: object | None, kind: type | None = None) -> once[_Value] | _Value:
        """Return the value, found now; from then on the object answers by itself."""
        if owner is None:
            return self
        value = owner.__dict__[self._name] = self._find(owner)
        return value
