"""Signatures, verified by the package that receivers use."""

import base64
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks import Webhook, WebhookVerificationError

from service.documents.signing import signature, signed_headers

OLD, NEW, OTHER = (f"whsec_{base64.b64encode(bytes([n]) * 32).decode()}" for n in (1, 2, 3))
BODY = '{"type":"event.created","data":{"event_id":"evt_é"}}'.encode()


def headers(*secrets, body=BODY, ago=0):
    return dict(signed_headers("dlv_1", body, secrets=secrets, at=time.time() - ago))


def test_a_receiver_knows_what_was_signed_with_its_secret():
    assert Webhook(NEW).verify(BODY, headers(NEW))["type"] == "event.created"


@pytest.mark.parametrize("known", [OLD, NEW])
def test_while_a_secret_is_replaced_either_is_enough(known):
    Webhook(known).verify(BODY, headers(NEW, OLD))


@pytest.mark.parametrize(
    "known, body, ago",
    [(OTHER, BODY, 0), (NEW, BODY.replace(b"created", b"removed"), 0), (NEW, BODY, 400)],
    ids=["another secret", "a changed byte", "an old message"],
)
def test_what_is_not_so_is_refused(known, body, ago):
    with pytest.raises(WebhookVerificationError):
        Webhook(known).verify(body, headers(NEW, OLD, ago=ago))


@pytest.mark.parametrize("name", ["webhook-id", "webhook-timestamp"])
def test_id_and_time_are_signed_too(name):
    signed = headers(NEW)
    changed = {"webhook-id": "dlv_2", "webhook-timestamp": str(int(time.time()) - 1)}
    with pytest.raises(WebhookVerificationError):
        Webhook(NEW).verify(BODY, signed | {name: changed[name]})


def test_the_example_of_the_standard_is_signed_as_there():
    signed = signature(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        1614265330,
        body=b'{"test": 2432232314}',
    )
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@given(key=st.binary(min_size=24, max_size=64), text=st.text(), moment=st.integers(0, 2**32))
def test_every_signature_is_that_of_the_reference(key, text, moment):
    secret = f"whsec_{base64.b64encode(key).decode()}"
    body = text.encode()
    there = Webhook(secret).sign("dlv_1", datetime.fromtimestamp(moment, UTC), text)
    assert there == signature(secret, "dlv_1", moment, body=body)
