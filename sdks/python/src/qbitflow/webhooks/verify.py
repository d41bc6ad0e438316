"""Tells genuine webhooks from others. Both signatures are understood; one that fits is enough."""

from __future__ import annotations

import hmac
import json
import re
import time
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Callable, Dict, List, Mapping, Optional, Tuple, Union

from ..config import Secrets, secrets_of
from ..errors import WebhookVerificationError
from ..types import SessionEvent, SubscriptionEvent, UnknownEvent, UsageThresholdEvent, WebhookEvent
from ..wire import UnreadableAnswer, decode
from .canonical_json import canonical_json, parse_json
from .hmac_sha256 import decoded_secret, from_base64, hmac_sha256

#: A webhook's body: best as it came, text or bytes; a parsed dict works too, by its canonical form.
WebhookPayload = Union[str, bytes, bytearray, Mapping[str, Any]]
#: The request's headers as the framework has them (anything with `items()`), in any case.
WebhookHeaders = Mapping[str, Any]

_LONGEST_BODY = 1024 * 1024
_MOST_SIGNATURES = 10


@dataclass(frozen=True)
class _Attempt:
    """One of the two ways in which a delivery can be genuine."""

    timestamp: str
    signed: bytes
    signatures: List[bytes]
    #: Standard Webhooks keys its HMAC with the decoded bytes, `X-Webhook-Signature-256` with the secret's text.
    key_of: Callable[[str], bytes]


def verify_webhook(
    payload: WebhookPayload,
    headers: WebhookHeaders,
    *,
    secret: Secrets,
    tolerance_seconds: float = 300,
    now: Optional[float] = None,
) -> WebhookEvent:
    """The event of a genuine webhook; raises WebhookVerificationError otherwise.

    Understands Standard Webhooks (`webhook-signature`, over the raw body) and `X-Webhook-Signature-256` (over the
    canonical JSON). `secret` may be several while one is being rotated. `now` is the time to compare with, in unix
    seconds.
    """
    secrets = secrets_of(secret)
    # Anyone can sign with an empty secret.
    if not secrets or "" in secrets:
        raise WebhookVerificationError(
            "Pass webhook_secret to the client, or the secret to verify: it starts with whsec_.", "secret_missing"
        )
    raw = _raw_bytes(payload)
    failure: Optional[WebhookVerificationError] = None
    for read in (_standard_attempt, _canonical_attempt):
        try:
            attempt = read(headers, raw, payload)
            if attempt is None:
                continue
            _check_timestamp(attempt.timestamp, tolerance_seconds, time.time() if now is None else now)
            _check_signature(attempt, secrets)
            return _event_of(raw, payload)
        except WebhookVerificationError as error:
            failure = failure or error
    raise failure or WebhookVerificationError(
        "The request has no webhook signature. Pass all of its headers: X-Webhook-Signature-256 and "
        "X-Webhook-Timestamp, or webhook-id, webhook-timestamp and webhook-signature.",
        "headers_missing",
    )


def header_of(headers: WebhookHeaders, name: str) -> Optional[str]:
    """A header by its lower-case name; a repeated one by its first value. WSGI's `HTTP_…` names are known too."""
    wsgi = f"http_{name.replace('-', '_')}"
    for key, value in headers.items():
        lower = (key.decode("latin-1") if isinstance(key, bytes) else str(key)).lower()
        if lower not in (name, wsgi):
            continue
        first = value[0] if isinstance(value, (list, tuple)) and value else value
        if isinstance(first, bytes):
            return first.decode("latin-1")
        if isinstance(first, (str, int)):
            return str(first)
    return None


def signature_and_timestamp(headers: WebhookHeaders) -> Tuple[Optional[str], Optional[str]]:
    """Of `X-Webhook-Signature-256`; also under the short names `signature` and `timestamp`."""
    signature = header_of(headers, "x-webhook-signature-256")
    timestamp = header_of(headers, "x-webhook-timestamp")
    return (
        header_of(headers, "signature") if signature is None else signature,
        header_of(headers, "timestamp") if timestamp is None else timestamp,
    )


def _standard_attempt(headers: WebhookHeaders, raw: Optional[bytes], _payload: WebhookPayload) -> Optional[_Attempt]:
    id, timestamp = header_of(headers, "webhook-id"), header_of(headers, "webhook-timestamp")
    signature = header_of(headers, "webhook-signature")
    if raw is None or id is None or timestamp is None or signature is None:
        return None
    parts = [part for part in signature.split(" ")[:_MOST_SIGNATURES] if part.startswith("v1,")]
    signatures = [decoded for decoded in (from_base64(part[3:]) for part in parts) if decoded is not None]
    return _Attempt(timestamp, f"{id}.{timestamp}.".encode("utf-8") + raw, signatures, decoded_secret)


def _canonical_attempt(headers: WebhookHeaders, raw: Optional[bytes], payload: WebhookPayload) -> Optional[_Attempt]:
    signature, timestamp = signature_and_timestamp(headers)
    if timestamp is None or signature is None:
        return None
    try:
        canonical = canonical_json(payload if raw is None else parse_json(raw.decode("utf-8")))
    except (ValueError, TypeError) as cause:
        message = "The webhook's body is not JSON. Pass the body as it came."
        raise WebhookVerificationError(message, "payload_malformed") from cause
    hexes = (re.sub("^sha256=", "", part.strip()) for part in signature.split(",")[:_MOST_SIGNATURES])
    signatures = [bytes.fromhex(text) for text in hexes if re.fullmatch("[0-9a-fA-F]{64}", text)]
    signed = f"{timestamp}.{canonical}".encode("utf-8")
    return _Attempt(timestamp, signed, signatures, lambda secret: secret.encode("utf-8"))


def _check_timestamp(timestamp: str, tolerance_seconds: float, now: float) -> None:
    if not re.fullmatch("[0-9]{1,12}", timestamp):
        raise WebhookVerificationError("The webhook's timestamp is not in unix seconds.", "timestamp_malformed")
    off = abs(int(now) - int(timestamp))
    if off > tolerance_seconds:
        raise WebhookVerificationError(
            f"The webhook's timestamp is {off} s off. It is an old delivery sent again, or this machine's clock is wrong.",
            "timestamp_out_of_tolerance",
        )


def _check_signature(attempt: _Attempt, secrets: Tuple[str, ...]) -> None:
    if not attempt.signatures:
        raise WebhookVerificationError("The webhook's signature is in no known form.", "signature_malformed")
    genuine = False
    for secret in secrets:
        expected = hmac_sha256(attempt.key_of(secret), attempt.signed)
        for signature in attempt.signatures:
            # In constant time.
            genuine = hmac.compare_digest(expected, signature) or genuine
    if not genuine:
        raise WebhookVerificationError(
            "The webhook's signature does not fit. Check that the secret is the one of this organization and mode, "
            "and that the body is passed as it came.",
            "signature_mismatch",
        )


def _event_of(raw: Optional[bytes], payload: WebhookPayload) -> WebhookEvent:
    try:
        # Through text, so that a body parsed before has exact amounts too: a float is written by its shortest digits.
        text = json.dumps(payload) if raw is None else raw.decode("utf-8")
        event: Dict[str, Any] = json.loads(text, parse_float=Decimal)
        if not isinstance(event, dict):
            raise UnreadableAnswer("it is not a JSON object")
        if "session" in event:
            return decode(SessionEvent, event)
        if "currentStatus" in event:
            return decode(SubscriptionEvent, event)
        if "usagePercent" in event:
            return decode(UsageThresholdEvent, event)
        return UnknownEvent(event)
    except (ValueError, RecursionError) as cause:
        what = str(cause) if isinstance(cause, UnreadableAnswer) else "it is not JSON"
        raise WebhookVerificationError(f"The webhook's body cannot be read: {what}.", "payload_malformed") from cause


def _raw_bytes(payload: WebhookPayload) -> Optional[bytes]:
    """None for a body that was parsed before it came here."""
    if isinstance(payload, str):
        raw = payload.encode("utf-8", "surrogatepass")
    elif isinstance(payload, (bytes, bytearray)):
        raw = bytes(payload)
    else:
        return None
    if len(raw) <= _LONGEST_BODY:
        return raw
    raise WebhookVerificationError("The body is larger than any webhook.", "payload_malformed")
