"""Templates of the theme, run quickly: kept as Python keeps its own modules, in `__pycache__`, and called plainly."""

from __future__ import annotations

import contextlib
import os
import re
import sys
from importlib.util import cache_from_source
from pathlib import Path
from types import FunctionType, MethodType
from typing import Any

import jinja2
from jinja2 import Template
from jinja2.bccache import Bucket, BytecodeCache
from jinja2.runtime import Context
from markupsafe import Markup, escape

_FUNCTIONS = (FunctionType, MethodType)
_has_special = re.compile("[&<>\"']").search


class PlainCalls(Context):
    """A template's context that calls what wants nothing of Jinja without asking about it each time."""

    def call(self, called: Any, /, *arguments: Any, **named: Any) -> Any:
        """Call a function or an object as `Context.call` does."""
        if called.__class__ not in _FUNCTIONS or hasattr(called, "jinja_pass_arg"):
            return super().call(called, *arguments, **named)
        named.pop("_loop_vars", None)
        named.pop("_block_vars", None)
        return called(*arguments, **named)


def quick_escapes(template: Template) -> Template:
    """Return a template that puts down trusted HTML, and text without a sign of HTML, as they are.

    `markupsafe.escape`, which Jinja's code calls for every expression, copies either.
    """
    template.root_render_func.__globals__["escape"] = _escaped
    return template


def _escaped(value: Any) -> str:
    if value.__class__ is Markup or (value.__class__ is str and not _has_special(value)):
        return value
    return escape(value)


class TemplateCode(BytecodeCache):
    """Keeps what Jinja makes of the templates in a folder, for one environment's settings.

    Code of another template text, Jinja or Python is made again. Where the folder cannot be written, nothing is kept,
    nor where Python itself keeps nothing (`PYTHONDONTWRITEBYTECODE`).
    """

    def __init__(self, folder: Path) -> None:
        self.folder = Path(cache_from_source(str(folder / "any.py"))).parent

    def _path(self, bucket: Bucket) -> Path:
        return self.folder / f"{bucket.key}.jinja-{jinja2.__version__}.{sys.implementation.cache_tag}.pyc"

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket with what is kept for it, if that is whole."""
        try:
            with self._path(bucket).open("rb") as handle:
                bucket.load_bytecode(handle)
        except OSError:
            return
        except Exception:  # noqa: BLE001 - damaged in whatever way: made again
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a bucket's code for the next process; a reader finds all of it or none."""
        if sys.dont_write_bytecode:
            return
        path = self._path(bucket)
        unfinished = path.with_suffix(f".{os.getpid()}.pyc")
        with contextlib.suppress(OSError):
            self.folder.mkdir(exist_ok=True)
            try:
                with unfinished.open("xb") as handle:
                    bucket.write_bytecode(handle)
                unfinished.replace(path)
            except BaseException:
                unfinished.unlink(missing_ok=True)
                raise
