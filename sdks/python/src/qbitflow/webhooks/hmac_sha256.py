"""HMAC-SHA256 under a webhook secret."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from typing import Optional

from ..errors import WebhookVerificationError


def decoded_secret(secret: str) -> bytes:
    """The bytes behind `whsec_<base64>`."""
    text = secret[len("whsec_") :] if secret.startswith("whsec_") else secret
    decoded = from_base64(text)
    if decoded:
        return decoded
    raise WebhookVerificationError("The webhook secret is whsec_ and base64: copy it whole.", "secret_malformed")


def hmac_sha256(key: bytes, signed: bytes) -> bytes:
    return hmac.new(key, signed, hashlib.sha256).digest()


def from_base64(text: str) -> Optional[bytes]:
    """None for what is no base64; padding may be missing."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None
