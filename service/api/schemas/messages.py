"""What is sent to subscriptions: the bodies of webhooks."""

from __future__ import annotations

from marshmallow import fields

from service.api.schemas import shapes
from service.api.schemas.base import Answer
from service.api.schemas.timelines import BriefEventRead, ChangeRead
from service.documents.messages import EVENT, RESET, TEST
from service.store.subscribing import KINDS

TYPES = tuple(f"{EVENT}{kind}" for kind in KINDS)


class ChangeTold(ChangeRead):
    """A change as the change list tells it, with the name of its timeline."""

    timeline = shapes.text("The timeline.")


class BriefChangeTold(ChangeTold):
    """The same with the event in brief, where the whole body would have more than 20 kB."""

    event = fields.Nested(
        BriefEventRead, required=True, metadata={"description": "The event in brief."}
    )
    brief = shapes.flag("True: GET the event for all of it.")


class ChangeMessage(Answer):
    """A change of one event."""

    type = shapes.word("What became of the event.", TYPES)
    timestamp = shapes.instant("When it was written.")
    data = shapes.part(ChangeTold, "The change.")


class BriefChangeMessage(ChangeMessage):
    """A change of one event whose sources are many."""

    data = shapes.part(BriefChangeTold, "The change.")


class ResetTold(Answer):
    """Where to go on from."""

    timeline = shapes.text("The timeline.")
    revision = shapes.whole("What follows is told from this revision on.")
    links = shapes.links()


class ResetMessage(Answer):
    """Changes were let go before they were sent."""

    type = shapes.word("The type.", (RESET,))
    timestamp = shapes.instant("When that was found.")
    data = shapes.part(ResetTold, "Where to go on from.")


class TrialTold(Answer):
    """Who was tested."""

    timeline = shapes.text("The timeline.")
    subscription_id = shapes.text("The subscription.")


class TrialMessage(Answer):
    """A message that was asked for by hand."""

    type = shapes.word("The type.", (TEST,))
    timestamp = shapes.instant("When it was asked for.")
    data = shapes.part(TrialTold, "Who was tested.")


class CloudEventRead(Answer):
    """The same as a CloudEvent (1.0, structured mode)."""

    specversion = shapes.word("The version of CloudEvents.", ("1.0",))
    id = shapes.text("The id of the message, as in `webhook-id`.")
    source = shapes.text("The address of the timeline.")
    type = shapes.word("The type of the message.", (*TYPES, RESET, TEST))
    time = shapes.instant("When it was written.")
    subject = shapes.text("The event that changed.", required=False)
    datacontenttype = shapes.text("The type of `data`.")
    data = fields.Dict(
        keys=fields.String(),
        required=True,
        metadata={"description": "As in the standard envelope."},
    )
