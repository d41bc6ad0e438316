"""Every failure of the SDK. The names of Python's own errors (TimeoutError, PermissionError) are left alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import List, Literal, Optional


@dataclass(frozen=True)
class FieldError:
    """What the API said about one field of a refused request."""

    field: str
    message: str


class QBitFlowError(Exception):
    """Every failure is one of these; `code` is stable, the text is a sentence that says what to do."""

    #: Stable, in snake_case: the API's code, or `connection_failed`, `timeout`, `invalid_response`, `invalid_option`,
    #: `clock_stopped`.
    code: str
    #: The HTTP status, when the server answered.
    status: Optional[int]
    #: Names this request in the server's log.
    request_id: Optional[str]
    #: One entry per refused field; empty when the failure is not about fields.
    errors: List[FieldError]
    #: Seconds the server asks to wait (429, 503); None when it did not say.
    retry_after: Optional[float]

    def __init__(
        self,
        message: str,
        *,
        code: str,
        status: Optional[int] = None,
        request_id: Optional[str] = None,
        errors: Optional[List[FieldError]] = None,
        retry_after: Optional[float] = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.status = status
        self.request_id = request_id
        self.errors = errors or []
        self.retry_after = retry_after


class ValidationError(QBitFlowError):
    """400, 413, 415, 422, or an argument refused before anything was sent (then `status` is None). See `errors`."""


class AuthenticationError(QBitFlowError):
    """401: the key is missing, unknown or expired."""


class PermissionDeniedError(QBitFlowError):
    """403: the key's role does not allow this."""


class NotFoundError(QBitFlowError):
    """404: unknown, or of another mode (test or live) or organization; the API never tells which."""


class ConflictError(QBitFlowError):
    """409: in conflict with what exists, or an Idempotency-Key used again with another body."""


class GoneError(QBitFlowError):
    """410: the session has expired, or is about to (`session_close_to_expire`). Create a new one."""


class RateLimitError(QBitFlowError):
    """429, after the retries; `retry_after` says when to come back."""


class ServerError(QBitFlowError):
    """5xx, after the retries."""


class ConnectionFailedError(QBitFlowError):
    """No answer at all: wrong address, no network, a refused or broken connection. `__cause__` has the reason."""


class TimedOutError(QBitFlowError):
    """No answer in time."""


WebhookVerificationReason = Literal[
    "secret_missing",
    "secret_malformed",
    "headers_missing",
    "timestamp_malformed",
    "timestamp_out_of_tolerance",
    "signature_malformed",
    "signature_mismatch",
    "payload_malformed",
    "refused_by_server",
]


class WebhookVerificationError(QBitFlowError):
    """The request is not a webhook of your QBitFlow server: answer 400 and do nothing else."""

    #: Why it was refused.
    reason: WebhookVerificationReason

    def __init__(self, message: str, reason: WebhookVerificationReason) -> None:
        super().__init__(message, code="webhook_verification_failed")
        self.reason = reason


def invalid_option(field: str, message: str) -> ValidationError:
    """An argument refused before anything is sent."""
    return ValidationError(message, code="invalid_option", errors=[FieldError(field, message)])
