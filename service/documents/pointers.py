"""JSON pointers (RFC 6901): where in a document something stands."""

from __future__ import annotations


def pointer_to(pointer: str, step: str | int) -> str:
    """`pointer` with one more step (section 3).

    >>> pointer_to("/image", "a/b")
    '/image/a~1b'
    """
    return f"{pointer}/{str(step).replace('~', '~0').replace('/', '~1')}"
