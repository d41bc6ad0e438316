from __future__ import annotations

import math
from typing import Dict, Iterable, List, Optional

from ..errors import invalid_option
from ..transport import Call
from ..types import (
    Amount,
    CreatedSession,
    Duration,
    PayAsYouGoSubscription,
    UnitsIncreased,
    UsageEvent,
    UsageOfSubscription,
    UsageRecorded,
)
from . import sessions
from .recurring import Recurring

#: The server takes as many events at once.
BATCH = 1000


class PayAsYouGo(Recurring[PayAsYouGoSubscription]):
    """Usage, billed at the end of each period."""

    _kind = "payAsYouGo"
    _resource = PayAsYouGoSubscription

    def create_session(
        self,
        *,
        frequency: Duration,
        trial_period: Optional[Duration] = None,
        free_credits: Optional[Amount] = None,
        min_periods: Optional[int] = None,
        product_id: Optional[int] = None,
        product_name: Optional[str] = None,
        description: Optional[str] = None,
        price: Optional[Amount] = None,
        customer_uuid: Optional[str] = None,
        webhook_url: Optional[str] = None,
        success_url: Optional[str] = None,
        cancel_url: Optional[str] = None,
        reference: Optional[str] = None,
        metadata: Optional[Dict[str, str]] = None,
        expires_in_minutes: Optional[int] = None,
        idempotency_key: Optional[str] = None,
    ) -> CreatedSession:
        """Makes a session as `one_time_payments.create_session` does; send the customer to its `link`.

        The price is per unit. `free_credits` (USD) are used up before units cost something.
        """
        body = {
            "product_id": product_id,
            "product_name": product_name,
            "description": description,
            "price": price,
            "customer_uuid": customer_uuid,
            "webhook_url": webhook_url,
            "success_url": success_url,
            "cancel_url": cancel_url,
            "reference": reference,
            "metadata": metadata,
            "expires_in_minutes": expires_in_minutes,
            "options": {
                "subscriptionType": self._kind,
                "frequency": frequency,
                "trialPeriod": trial_period,
                "freeCredits": free_credits,
                "minPeriods": min_periods,
            },
        }
        return sessions.create_session(self._transport, body, idempotency_key)

    def increase_units_current_period(
        self, uuid: str, units: Amount, *, idempotency_key: Optional[str] = None
    ) -> UnitsIncreased:
        """Adds units to the running period. Retries are counted once: the call carries an Idempotency-Key."""
        if not (math.isfinite(units) and units > 0):
            raise invalid_option("units", "units must be a number above 0.")
        path = "/transaction/subscription/payg/increase-units-current-period"
        body = {"subscription_uuid": uuid, "increase_by_amount": units}
        call = Call("POST", path, body=body, creates=True, idempotency_key=idempotency_key)
        return self._transport.call(UnitsIncreased, call)

    def record_usage(self, events: Iterable[UsageEvent]) -> UsageRecorded:
        """Reports usage, any number of events, in batches.

        Each is counted once however often it is sent, by its `event_id`: after a failure send all of them again.
        ConflictError `usage_event_conflict` for a known id with another content.
        """
        recorded, repeated = 0, 0
        of_subscription: Dict[str, UsageOfSubscription] = {}
        for batch in _batches(events):
            call = Call("POST", "/usage/events", body={"events": batch}, replay="always")
            answer = self._transport.call(UsageRecorded, call)
            recorded += answer.recorded
            repeated += answer.repeated
            of_subscription.update((usage.subscription_uuid, usage) for usage in answer.subscriptions)
        return UsageRecorded(recorded, repeated, [*of_subscription.values()])


def _batches(events: Iterable[UsageEvent]) -> Iterable[List[UsageEvent]]:
    batch: List[UsageEvent] = []
    for event in events:
        batch.append(event)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
