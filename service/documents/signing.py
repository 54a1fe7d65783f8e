"""Signatures of messages by Standard Webhooks 1.0: HMAC-SHA256 over id, time and body."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping, Sequence

PREFIX = "whsec_"
"""How a secret begins; what follows is its key in base64."""


def signed_headers(
    message_id: str, body: bytes, *, secrets: Sequence[str], at: float
) -> Mapping[str, str]:
    """The headers by which a receiver knows who sent `body`, and when (seconds since 1970 UTC).

    While a secret is replaced both sign, and a receiver that knows either is content.
    """
    moment = int(at)
    signatures = [signature(secret, message_id, moment, body=body) for secret in secrets]
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(moment),
        "webhook-signature": " ".join(signatures),
    }


def signature(secret: str, message_id: str, moment: int, *, body: bytes) -> str:
    """One signature, with the version of the scheme before it.

    >>> secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    >>> signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body=b'{"test": 2432232314}')
    'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='
    """
    key = base64.b64decode(secret.removeprefix(PREFIX) + "==")
    told = f"{message_id}.{moment}.".encode() + body
    return f"v1,{base64.b64encode(hmac.new(key, told, hashlib.sha256).digest()).decode()}"
