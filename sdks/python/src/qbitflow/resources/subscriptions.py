from __future__ import annotations

from typing import Dict, Optional

from ..types import Amount, CreatedSession, Duration, Subscription
from . import sessions
from .recurring import Recurring


class Subscriptions(Recurring[Subscription]):
    """A fixed price, billed at the start of each period."""

    _kind = "subscription"
    _resource = Subscription

    def create_session(
        self,
        *,
        frequency: Duration,
        trial_period: Optional[Duration] = None,
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

        `frequency` is the time between bills; `min_periods` must pass before the customer may cancel.
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
                "minPeriods": min_periods,
            },
        }
        return sessions.create_session(self._transport, body, idempotency_key)
