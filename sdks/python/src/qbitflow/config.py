"""How to reach the server: options, checked and complete."""

from __future__ import annotations

import math
import os
import re
from dataclasses import dataclass, field
from typing import Optional, Sequence, Tuple, Union
from urllib.parse import urlsplit

from .errors import invalid_option

#: `whsec_…`; several while a secret is being rotated, the newest first.
Secrets = Union[str, Sequence[str]]


@dataclass(frozen=True)
class Config:
    """Never shows the key or a secret when it is printed."""

    api_key: str = field(repr=False)
    #: Ends in `/v1`, without a slash.
    base_url: str
    #: Seconds for one try of a request.
    timeout: float
    #: Further tries after the first.
    max_retries: int
    #: Seconds before the second try; doubles with each further one.
    retry_delay: float
    webhook_secrets: Tuple[str, ...] = field(repr=False)


def checked_config(
    api_key: str,
    base_url: str,
    *,
    timeout: float = 30.0,
    max_retries: int = 3,
    retry_delay: float = 0.5,
    webhook_secret: Optional[Secrets] = None,
) -> Config:
    """Raises ValidationError (`invalid_option`) with a sentence that never contains the key."""
    check_range("timeout", timeout, lowest=0.001, highest=2**31)
    check_range("max_retries", max_retries, lowest=0, highest=20)
    check_range("retry_delay", retry_delay, lowest=0, highest=60)
    return Config(
        api_key=_checked_api_key(api_key),
        base_url=_checked_base_url(base_url),
        timeout=timeout,
        max_retries=max_retries,
        retry_delay=retry_delay,
        webhook_secrets=secrets_of(webhook_secret),
    )


def secrets_of(secret: Optional[Secrets]) -> Tuple[str, ...]:
    """One secret, several or none, as a tuple."""
    if secret is None:
        return ()
    return (secret,) if isinstance(secret, str) else tuple(secret)


def from_environment(api_key: Optional[str], base_url: Optional[str]) -> Tuple[str, str, Tuple[str, ...]]:
    """QBITFLOW_API_KEY, QBITFLOW_BASE_URL and QBITFLOW_WEBHOOK_SECRET (several separated by spaces)."""
    key = api_key or os.environ.get("QBITFLOW_API_KEY")
    url = base_url or os.environ.get("QBITFLOW_BASE_URL")
    if not key:
        raise invalid_option("api_key", "Set QBITFLOW_API_KEY to your API key.")
    if not url:
        raise invalid_option("base_url", "Set QBITFLOW_BASE_URL to the address of your QBitFlow server.")
    return key, url, tuple(os.environ.get("QBITFLOW_WEBHOOK_SECRET", "").split())


def check_range(name: str, value: float, *, lowest: float, highest: float) -> None:
    """Refuses what is no finite number within the two, both included."""
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
    if not is_number or not lowest <= value <= highest:
        raise invalid_option(name, f"{name} is a number from {lowest:g} to {highest:g}.")


def _checked_api_key(api_key: str) -> str:
    key = api_key.strip() if isinstance(api_key, str) else ""
    if key == "":
        raise invalid_option("api_key", "Pass api_key: QBitFlow(api_key=..., base_url=...).")
    # A line end would let one header become two.
    if re.fullmatch(r"[\x21-\x7e]+", key) is None:
        raise invalid_option("api_key", "api_key has characters that no API key has.")
    return key


def _checked_base_url(base_url: str) -> str:
    sentence = "Pass base_url, the address of your QBitFlow server, like https://pay.example.com."
    try:
        url = urlsplit(base_url.strip())
        port = url.port
    except (ValueError, AttributeError):
        raise invalid_option("base_url", sentence) from None
    if url.scheme not in ("http", "https") or not url.hostname or re.search(r"[\s\x00-\x1f]", base_url.strip()):
        raise invalid_option("base_url", sentence)
    if url.username is not None or url.password is not None or url.query or url.fragment:
        message = "base_url is an address and a path only: no user, password, query or fragment."
        raise invalid_option("base_url", message)
    host = f"[{url.hostname}]" if ":" in url.hostname else url.hostname
    path = url.path.rstrip("/")
    origin = f"{url.scheme}://{host}" + (f":{port}" if port is not None else "")
    return f"{origin}{path}" if path.endswith("/v1") else f"{origin}{path}/v1"
