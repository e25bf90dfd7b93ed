"""What is compiled once for the whole run: every test has an app of its own, all from the same sources."""

from collections.abc import Callable

from jinja2.bccache import Bucket, BytecodeCache
from werkzeug.routing import Rule

_BUILDERS: dict[tuple, Callable[..., tuple[str, str]]] = {}


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
    """An address whose builder is compiled once: the code depends on nothing but what is in its key."""

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        key = (self.rule, append_unknown, *self._trace, *sorted((self.defaults or {}).items()))
        if key not in _BUILDERS:
            _BUILDERS[key] = super()._compile_builder(append_unknown)
        return _BUILDERS[key]


COMPILED = Compiled()
