"""When a failed request is tried again, and how long to wait before."""

from __future__ import annotations

import random
import re
import time
from email.utils import parsedate_to_datetime
from typing import Literal, Optional

from .errors import ConnectionFailedError, QBitFlowError, RateLimitError, ServerError, TimedOutError

#: What a second try would do: `always` changes nothing more (reads, full replacements, creations under an
#: Idempotency-Key); `refused` is tried again only when the server said that it did nothing (429).
Replay = Literal["always", "refused"]

LONGEST_BACKOFF_S = 8.0
#: A server that asks for more patience than this is not waited for: the caller gets the error and `retry_after`.
LONGEST_RETRY_AFTER_S = 60.0


def retry_after_of(header: Optional[str]) -> Optional[float]:
    """Retry-After in seconds: delta seconds or an HTTP date (RFC 9110, 10.2.3); None when absent or unreadable."""
    if header is None:
        return None
    text = header.strip()
    if re.fullmatch(r"\d+(\.\d+)?", text):
        return float(text)
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time())
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


def is_retryable(error: QBitFlowError, replay: Replay) -> bool:
    """Whether the failure may pass, and a second try is harmless."""
    if (error.retry_after or 0) > LONGEST_RETRY_AFTER_S:
        return False
    if isinstance(error, RateLimitError):
        return True
    if replay == "refused" or error.code == "invalid_response":
        return False
    return isinstance(error, (ConnectionFailedError, TimedOutError, ServerError)) or error.status == 408


def backoff_s(attempt: int, first_delay_s: float) -> float:
    """Seconds before the next try: doubling, at most 8, half of it random so that clients do not return in step."""
    ceiling = min(LONGEST_BACKOFF_S, first_delay_s * 2.0**attempt)
    return ceiling / 2 + random.random() * ceiling / 2
