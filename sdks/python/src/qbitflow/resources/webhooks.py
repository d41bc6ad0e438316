from __future__ import annotations

from dataclasses import dataclass
from typing import Any, List, Literal, Mapping, Optional, Tuple, Union

from ..config import Secrets
from ..errors import ValidationError, WebhookVerificationError
from ..transport import Call, Transport, path_part
from ..types import Message, WebhookDelivery, WebhookEvent
from ..webhooks.sign import SignedWebhook, sign_webhook
from ..webhooks.verify import (
    WebhookHeaders,
    WebhookPayload,
    header_of,
    signature_and_timestamp,
    verify_webhook,
)
from .local import local


@dataclass(frozen=True)
class ReceivedDelivery:
    """Which delivery this is. Not covered by every signature: good for skipping repeats, not for deciding what is genuine."""

    #: The same on every retry.
    id: Optional[str]
    #: Counts from 1: a session's statuses, a subscription's statuses, and third a subscription's bills and usage, each
    #: by itself. A lower one than you have seen in the same count is old news.
    sequence: Optional[int]


class Webhooks:
    """Telling genuine webhooks from others, making genuine ones in tests, and what became of those that were sent."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self._secrets: Tuple[str, ...] = transport.config.webhook_secrets

    @local
    def verify(
        self,
        payload: WebhookPayload,
        headers: WebhookHeaders,
        secret: Optional[Secrets] = None,
        *,
        tolerance_seconds: float = 300,
        now: Optional[float] = None,
    ) -> WebhookEvent:
        """The event, or WebhookVerificationError with its `reason`. Nothing is sent anywhere.

        Pass the body as it came (text or bytes) and all headers. The secret is the client's unless given.
        """
        secrets = self._secrets if secret is None else secret
        return verify_webhook(payload, headers, secret=secrets, tolerance_seconds=tolerance_seconds, now=now)

    def verify_remote(self, payload: WebhookPayload, headers: WebhookHeaders) -> Literal[True]:
        """Asks the server, where the secret is not at hand: True, or WebhookVerificationError."""
        signature, timestamp = signature_and_timestamp(headers)
        if signature is None or timestamp is None:
            message = "Pass the headers X-Webhook-Signature-256 and X-Webhook-Timestamp."
            raise WebhookVerificationError(message, "headers_missing")
        text = bytes(payload).decode("utf-8", "replace") if isinstance(payload, (bytes, bytearray)) else payload
        body = {"payload": text, "received_signature": signature, "received_timestamp": timestamp}
        try:
            self._transport.call(Message, Call("POST", "/webhooks/verify", body=body, replay="always"))
        except ValidationError as error:
            if error.status != 400:
                raise
            raise WebhookVerificationError(error.message, "refused_by_server") from error
        return True

    @local
    def sign(
        self,
        payload: Union[str, Mapping[str, Any]],
        *,
        secret: Optional[Secrets] = None,
        id: Optional[str] = None,
        timestamp: Optional[int] = None,
        sequence: int = 1,
    ) -> SignedWebhook:
        """Body and headers as the server would send them, for tests of your receiver. The secret is the client's unless given."""
        secrets = self._secrets if secret is None else secret
        return sign_webhook(payload, secret=secrets, id=id, timestamp=timestamp, sequence=sequence)

    @local
    def delivery_of(self, headers: WebhookHeaders) -> ReceivedDelivery:
        """Id and sequence of a delivery, from its headers."""
        sequence = header_of(headers, "x-webhook-sequence")
        id = header_of(headers, "webhook-id")
        return ReceivedDelivery(
            header_of(headers, "x-webhook-id") if id is None else id,
            int(sequence) if sequence is not None and sequence.isdecimal() else None,
        )

    def deliveries(self, uuid: str) -> List[WebhookDelivery]:
        """The newest 100 of a session and its subscription, newest first, each with its attempts."""
        return self._transport.get_page(WebhookDelivery, "/webhooks/deliveries", {"uuid": uuid}).items

    def replay(self, id: Union[str, int]) -> Message:
        """Sends a delivery again, with the same id and body. `id` is the delivery's, or the number of its event."""
        return self._transport.call(Message, Call("POST", f"/webhooks/deliveries/{path_part('id', id)}/replay"))
