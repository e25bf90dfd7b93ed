"""What is compiled once for the whole run: every test has an app of its own, all from the same sources."""

import gc
from typing import Any

from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import Engine
from werkzeug.routing import Rule

from permille.foundation.database import db

_RULES: dict[tuple, dict[str, Any]] = {}
_ENGINES: dict[str, Engine] = {}


class Compiled(BytecodeCache):
    """Keeps what was compiled in memory; a template whose source has changed is compiled anew."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()


class CompiledRule(Rule):
    """An address that is parsed once: all of it depends on nothing but the rule and its defaults."""

    def compile(self) -> None:
        key = (self.rule, *sorted((self.defaults or {}).items()))
        if key not in _RULES:
            super().compile()
            known = {name: getattr(self, name) for name in ("_parts", "_trace", "_converters")}
            _RULES[key] = {**known, "build": self._build.__func__, "unknown": self._build_unknown.__func__}
            return
        known = _RULES[key]
        self._parts, self._trace, self._converters = known["_parts"], known["_trace"], known["_converters"]
        self.arguments.update(self._converters)
        self._build, self._build_unknown = known["build"].__get__(self), known["unknown"].__get__(self)


def share(app: Flask) -> None:
    """Let an app use what others have compiled: templates, and the statements of its kind of database."""
    app.jinja_env.bytecode_cache = COMPILED
    with app.app_context():
        engine = db.engine
    first = _ENGINES.get(engine.dialect.name)
    if first is None:
        engine.connect().close()  # what a dialect knows of its database it learns from the first connection
        _ENGINES[engine.dialect.name] = engine
        return
    engine.dialect, engine._compiled_cache = first.dialect, first._compiled_cache


COMPILED = Compiled()


def hurry() -> None:
    """Let every app of the run share its parsed addresses, and look for garbage less often: each test leaves an app."""
    Flask.url_rule_class = CompiledRule
    gc.set_threshold(100_000, 50, 100)
