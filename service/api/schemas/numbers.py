"""Numbers in parameters: written in the digits 0 to 9, and in no other of the ways Python reads."""

from __future__ import annotations

import re

from marshmallow import fields

WHOLE = re.compile(r"-?[0-9]{1,18}", re.ASCII)
DECIMAL = re.compile(
    r"-?([0-9]{1,18}(\.[0-9]{1,18})?|\.[0-9]{1,18})([eE][-+]?[0-9]{1,3})?", re.ASCII
)


class Whole(fields.Integer):
    """A whole number: `5`, not `٥`, `5.0`, `+5`, `1_0` or ` 5`."""

    def _validated(self, value: object) -> int:
        if not WHOLE.fullmatch(str(value)):
            raise self.make_error("invalid", input=value)
        return super()._validated(value)


class Decimal(fields.Float):
    """A number as people and JSON write it: `0.5`, `.5`, `5e-1`, not `٠.٥` or `nan`."""

    def _validated(self, value: object) -> float:
        if not DECIMAL.fullmatch(str(value)):
            raise self.make_error("invalid", input=value)
        return super()._validated(value)
