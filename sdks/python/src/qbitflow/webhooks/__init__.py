"""Signatures of webhooks, checked and made without any network."""

from .canonical_json import canonical_json as canonical_json
from .sign import SignedWebhook as SignedWebhook
from .sign import sign_webhook as sign_webhook
from .verify import verify_webhook as verify_webhook
