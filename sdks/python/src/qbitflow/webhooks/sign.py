"""Makes what a delivery carries, for tests of a webhook receiver."""

from __future__ import annotations

import base64
import json
import time
import uuid
from dataclasses import dataclass
from typing import Any, Dict, Mapping, Optional, Union

from ..config import Secrets, secrets_of
from ..errors import WebhookVerificationError
from .canonical_json import canonical_json, parse_json
from .hmac_sha256 import decoded_secret, hmac_sha256


@dataclass(frozen=True)
class SignedWebhook:
    """A delivery as the server would send it: POST `body` with `headers`."""

    body: str
    headers: Dict[str, str]


def sign_webhook(
    payload: Union[str, Mapping[str, Any]],
    *,
    secret: Secrets,
    id: Optional[str] = None,
    timestamp: Optional[int] = None,
    sequence: int = 1,
) -> SignedWebhook:
    """Of several secrets the first is the newest. `timestamp` is in unix seconds, now unless set."""
    secrets = secrets_of(secret)
    if not secrets:
        message = "Pass the secret to sign with: it starts with whsec_."
        raise WebhookVerificationError(message, "secret_missing")
    body = payload if isinstance(payload, str) else json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    delivery_id = id or f"msg_{uuid.uuid4()}"
    at = str(int(time.time()) if timestamp is None else timestamp)
    signed = f"{delivery_id}.{at}.{body}".encode("utf-8")
    standard = [f"v1,{base64.b64encode(hmac_sha256(decoded_secret(each), signed)).decode('ascii')}" for each in secrets]
    canonical = f"{at}.{canonical_json(parse_json(body))}".encode("utf-8")
    return SignedWebhook(
        body,
        {
            "Content-Type": "application/json",
            "X-Webhook-ID": delivery_id,
            "X-Webhook-Timestamp": at,
            "X-Webhook-Sequence": str(sequence),
            "X-Webhook-Signature-256": f"sha256={hmac_sha256(secrets[0].encode('utf-8'), canonical).hex()}",
            "webhook-id": delivery_id,
            "webhook-timestamp": at,
            "webhook-signature": " ".join(standard),
        },
    )
