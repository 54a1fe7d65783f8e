"""Numbers that are sent: in parameters by the digits 0 to 9 alone, in documents as JSON's own."""

from __future__ import annotations

import re
from typing import TypeGuard

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


class JsonWhole(Whole):
    """A whole number of a document: 5 or 5.0, not "5" or true."""

    def _validated(self, value: object) -> int:
        if not _is_number(value) or value != int(value):
            raise self.make_error("invalid", input=value)
        return super()._validated(int(value))


class JsonDecimal(Decimal):
    """A number of a document: 0.5, not "0.5" or true."""

    def _validated(self, value: object) -> float:
        if not _is_number(value):
            raise self.make_error("invalid", input=value)
        return fields.Float._validated(self, value)  # noqa: SLF001  # that of a parameter reads text


def _is_number(value: object) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)
