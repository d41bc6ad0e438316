"""What the API answers, and the few things that are made before a call.

Optional means that the API may leave it out. Answers have no defaults, so that a type with more fields can build on
one with fewer; they are made by the SDK alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Dict, List, Literal, Optional, Union

#: A USD amount, or a number of units, as you write it: 24.99, 25 or Decimal("24.99"). It is sent with these digits.
Amount = Union[int, float, Decimal]
#: A datetime with a time zone, or RFC 3339 text.
Time = Union[datetime, str]

TransactionType = Literal[
    "payment",
    "createSubscription",
    "cancelSubscription",
    "executeSubscription",
    "createPAYGSubscription",
    "cancelPAYGSubscription",
    "increaseAllowance",
    "updateMaxAmount",
]
#: `subscription` and `payAsYouGo` stand for the two create types.
TransactionTypeQuery = Literal[
    "payment",
    "createSubscription",
    "cancelSubscription",
    "executeSubscription",
    "createPAYGSubscription",
    "cancelPAYGSubscription",
    "increaseAllowance",
    "updateMaxAmount",
    "subscription",
    "payAsYouGo",
]
TransactionStatusName = Literal[
    "created", "pending", "waitingConfirmation", "completed", "failed", "cancelled", "expired"
]
SubscriptionStatusName = Literal[
    "active", "past_due", "low_on_funds", "pending", "trial", "trial_expired", "cancelled"
]
#: `payAsYouGo` is billed by usage, at the end of each period.
SubscriptionType = Literal["subscription", "payAsYouGo"]
#: An owner reads `admin`; `is_owner` of the user tells them apart.
UserRole = Literal["admin", "user"]
DurationUnit = Literal["seconds", "minutes", "hours", "days", "weeks", "months", "years"]


@dataclass(frozen=True)
class Duration:
    """`Duration(value=1, unit="months")`. Months and years are calendar ones."""

    #: A whole number, 1 or more.
    value: int
    unit: DurationUnit


@dataclass(frozen=True)
class TransactionStatus:
    """created → pending (sent, in no block) → waitingConfirmation (in a block) → completed; or failed, cancelled, expired."""

    type: TransactionType
    status: TransactionStatusName
    tx_hash: Optional[str]
    #: `2 of 12 confirmations`, or why it failed, in words.
    message: Optional[str]

    @property
    def is_final(self) -> bool:
        """completed, failed, cancelled and expired. A late payment can still turn one into completed: see webhooks."""
        return self.status in ("completed", "failed", "cancelled", "expired")


@dataclass(frozen=True)
class NativeCurrency:
    """A chain's own coin."""

    #: Stable over installations and releases.
    id: int
    symbol: str
    name: str
    decimals: int
    #: Token contract; the zero address for a chain's native coin.
    address: str
    test: bool


@dataclass(frozen=True)
class Currency(NativeCurrency):
    """A coin or token on one chain."""

    main_currency_id: Optional[int]
    #: The chain's native coin, for a token.
    main_currency: Optional[NativeCurrency]


@dataclass(frozen=True)
class Product:
    id: int
    name: str
    description: str
    price: Decimal
    reference: Optional[str]
    created_at: datetime
    is_active: bool


@dataclass(frozen=True)
class Customer:
    uuid: str
    name: str
    last_name: str
    email: str
    phone_number: Optional[str]
    address: Optional[str]
    reference: Optional[str]
    created_at: datetime


@dataclass(frozen=True)
class User:
    id: int
    name: str
    last_name: str
    email: str
    created_at: datetime
    updated_at: datetime
    organization_id: int
    role: UserRole
    is_owner: bool
    #: The organization's share of this user's payments, in hundredths of a percent: 0 to 1000.
    organization_fee_bps: int


@dataclass(frozen=True)
class ApiKey:
    id: int
    name: str
    organization_id: int
    user_id: int
    created_at: datetime
    expires_at: Optional[datetime]
    role: UserRole
    test: bool


@dataclass(frozen=True)
class CreatedApiKey:
    data: ApiKey
    #: Shown this once; store it now.
    key: str

    def __repr__(self) -> str:
        # What logs show: not the key.
        return f"CreatedApiKey(data={self.data!r})"


@dataclass(frozen=True)
class CreatedSession:
    uuid: str
    #: Send the customer here.
    link: str
    #: Unix seconds.
    expires_at: int


@dataclass(frozen=True)
class SubscriptionOptions:
    """What makes a session a subscription, as it is read back."""

    subscription_type: SubscriptionType
    #: Seconds between bills; a month reads 2 592 000 and is a calendar month all the same.
    frequency: int
    #: Seconds.
    trial_period: Optional[int]
    #: USD.
    free_credits: Optional[Decimal]
    min_periods: Optional[int]


@dataclass(frozen=True)
class Session:
    uuid: str
    product_id: Optional[int]
    product_name: str
    description: str
    #: USD; per unit where usage is billed.
    price: Decimal
    organization_name: str
    success_url: Optional[str]
    cancel_url: Optional[str]
    #: Empty when there is none.
    customer_uuid: str
    available_currencies: List[Currency]
    reference: Optional[str]
    metadata: Optional[Dict[str, str]]
    #: Of a subscription's session; a one-time payment's has none.
    options: Optional[SubscriptionOptions]


@dataclass(frozen=True)
class SessionDetails(Session):
    """A session as `get_session` reads it; a webhook carries the Session alone."""

    #: Unix seconds.
    expires_at: int
    status: TransactionStatus


@dataclass(frozen=True)
class Payment:
    #: The session's uuid.
    uuid: str
    created_at: datetime
    #: The payer's address. `from` is a word of Python's own.
    from_: str
    #: The address that was paid.
    to: str
    name: str
    description: str
    #: USD.
    amount: Decimal
    currency_id: int
    currency: Currency
    test: bool
    product_id: Optional[int]
    transaction_hash: str
    customer_uuid: str
    reference: Optional[str]
    metadata: Optional[Dict[str, str]]


@dataclass(frozen=True)
class CombinedPayment(Payment):
    """A payment of any kind: one-time, or one of a subscription's."""

    source: Literal["payment", "subscription_history"]
    subscription_uuid: Optional[str]


@dataclass(frozen=True)
class SubscriptionPayment(Payment):
    """One paid bill."""

    subscription_uuid: str


@dataclass(frozen=True)
class Subscription:
    #: The session's uuid.
    uuid: str
    #: The customer's address; empty while nothing is authorised.
    from_: str
    to: str
    product_id: int
    #: The mandate's hash; empty while nothing is authorised.
    subscription_hash: str
    currency_id: int
    currency: Currency
    test: bool
    customer_uuid: str
    #: Seconds; a month reads 2 592 000 and is a calendar month all the same.
    frequency: int
    #: USD that the customer's token contract still lets be taken.
    allowance: Decimal
    status: SubscriptionStatusName
    #: Ends with the period that runs.
    stopped: bool
    last_billing_date: Optional[datetime]
    next_billing_date: datetime
    #: The customer may cancel from then on.
    minimum_cancellation_date: Optional[datetime]
    created_at: datetime
    updated_at: datetime
    reference: Optional[str]
    metadata: Optional[Dict[str, str]]
    #: The customer's page, where the organization switched it on.
    portal_url: Optional[str]


@dataclass(frozen=True)
class PayAsYouGoSubscription(Subscription):
    units_current_period: Decimal
    #: USD.
    max_spending_per_period: Decimal
    #: USD that are left.
    free_credits: Decimal


@dataclass(frozen=True)
class UnitsIncreased(PayAsYouGoSubscription):
    message: str
    #: Of the running period, these included.
    current_units: Decimal
    #: What is over the customer's limit is carried to the next bill.
    cap_reached: bool


@dataclass(frozen=True)
class UsageEvent:
    """What you report: an event sent again with the same id is counted once."""

    #: Yours.
    event_id: str
    subscription_uuid: str
    #: More than 0, at most 6 decimals.
    units: Amount
    occurred_at: Time
    metadata: Optional[Dict[str, str]] = None


@dataclass(frozen=True)
class UsageOfSubscription:
    subscription_uuid: str
    current_units: Decimal
    cap_reached: bool


@dataclass(frozen=True)
class UsageRecorded:
    recorded: int
    repeated: int
    subscriptions: List[UsageOfSubscription]


@dataclass(frozen=True)
class BillingStarted:
    message: str
    status_link: str


@dataclass(frozen=True)
class PortalLink:
    #: The customer's page.
    portal_url: str


@dataclass(frozen=True)
class WebhookAttempt:
    number: int
    started_at: datetime
    http_status: Optional[int]
    #: Why there was no answer, in words.
    error: Optional[str]
    latency_ms: Optional[int]
    #: The first 2 kB.
    answer: Optional[str]


@dataclass(frozen=True)
class WebhookDelivery:
    """A webhook that was sent, or will be, with every attempt so far."""

    #: `X-Webhook-ID`.
    id: str
    #: The session's uuid, and the subscription's.
    uuid: str
    #: What `sequence` counts: the session's statuses, the subscription's, or its bills and usage.
    stream: Literal["session", "subscription", "billing"]
    sequence: int
    #: None where it had none.
    url: Optional[str]
    #: Waits for its next attempt, was answered 2xx, is not tried any more, or went only to who listened.
    state: Literal["due", "delivered", "given_up", "no_url"]
    created_at: datetime
    delivered_at: Optional[datetime]
    next_attempt_at: Optional[datetime]
    attempts: List[WebhookAttempt]


@dataclass(frozen=True)
class LoggedEvent:
    """A line of the event log: what happened, in order, never changed."""

    id: int
    #: `checkout_session.completed`, `bill.paid` and so on.
    type: str
    #: The session's, and the subscription's, that it happened to.
    uuid: Optional[str]
    #: Fields by type, as JSON has them: docs/events.md.
    data: Dict[str, Any]
    created_at: datetime


@dataclass(frozen=True)
class Message:
    """The answer of requests that have nothing else to say."""

    message: str


@dataclass(frozen=True)
class Clock:
    """What time it is for the server."""

    now: datetime
    #: How far it is ahead of the machine's time.
    offset_seconds: int
    #: On a local server.
    can_move: bool
    #: An advance is under way, from where and to where.
    moving: bool
    from_: Optional[datetime]
    target: Optional[datetime]
    #: What the advance has been waiting for, where it stands.
    waiting_for: Optional[str]
    #: Why the last advance ended before it was there.
    stopped_because: Optional[str]


@dataclass(frozen=True)
class SessionEvent:
    """A checkout session's status has changed; or, where `status.type` is `executeSubscription`, a bill of the
    subscription that came from it was paid or failed."""

    #: The session's uuid, and the subscription's.
    uuid: str
    status: TransactionStatus
    session: Session


@dataclass(frozen=True)
class SubscriptionEvent:
    """A subscription's status has changed."""

    subscription_uuid: str
    #: `reference` of its session.
    subscription_reference: Optional[str]
    previous_status: SubscriptionStatusName
    current_status: SubscriptionStatusName
    updated_at: datetime
    #: The customer's page, where the organization switched it on.
    portal_url: Optional[str]


@dataclass(frozen=True)
class UsageThresholdEvent:
    """Usage of the running period came to 80 % or 100 % of the most that the customer allows. Once each per period."""

    subscription_uuid: str
    #: `reference` of its session.
    subscription_reference: Optional[str]
    usage_percent: Literal[80, 100]
    units_current_period: Decimal
    max_spending_per_period: Decimal
    updated_at: datetime


@dataclass(frozen=True)
class UnknownEvent:
    """A genuine webhook of a kind that this version does not know: answer 2xx and pass it over."""

    #: The body as JSON has it.
    data: Dict[str, Any]


#: What a webhook carries; `isinstance` tells which it is.
WebhookEvent = Union[SessionEvent, SubscriptionEvent, UsageThresholdEvent, UnknownEvent]

__all__ = [
    "Amount",
    "ApiKey",
    "BillingStarted",
    "Clock",
    "CombinedPayment",
    "CreatedApiKey",
    "CreatedSession",
    "Currency",
    "Customer",
    "Duration",
    "DurationUnit",
    "LoggedEvent",
    "Message",
    "NativeCurrency",
    "PayAsYouGoSubscription",
    "Payment",
    "PortalLink",
    "Product",
    "Session",
    "SessionDetails",
    "SessionEvent",
    "Subscription",
    "SubscriptionEvent",
    "SubscriptionOptions",
    "SubscriptionPayment",
    "SubscriptionStatusName",
    "SubscriptionType",
    "Time",
    "TransactionStatus",
    "TransactionStatusName",
    "TransactionType",
    "TransactionTypeQuery",
    "UnitsIncreased",
    "UnknownEvent",
    "UsageEvent",
    "UsageOfSubscription",
    "UsageRecorded",
    "UsageThresholdEvent",
    "User",
    "UserRole",
    "WebhookAttempt",
    "WebhookDelivery",
    "WebhookEvent",
]
