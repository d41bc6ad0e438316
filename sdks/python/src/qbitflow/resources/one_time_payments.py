from __future__ import annotations

from typing import Dict, Iterator, Optional

from ..page import Page
from ..transport import Transport, path_part
from ..types import Amount, CombinedPayment, CreatedSession, Message, Payment, SessionDetails
from . import sessions


class OneTimePayments:
    """Checkout sessions that are paid once, and the payments."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def create_session(
        self,
        *,
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
        """Makes a session for `product_id`, or for `product_name`, `description` and `price` in USD.

        Send the customer to its `link`. Without `customer_uuid` the customer types name and e-mail on the page.
        `{{UUID}}` and `{{TRANSACTION_TYPE}}` in `success_url` and `cancel_url` are replaced. `reference` and
        `metadata` (up to 50 pairs) come back in answers and webhooks. The link ends after 10 to 1440 minutes,
        1440 unless set.
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
        }
        return sessions.create_session(self._transport, body, idempotency_key)

    def get_session(self, uuid: str, *, close_to_expire_error: Optional[bool] = None) -> SessionDetails:
        """Unless `close_to_expire_error` is False, a session that ends within 5 minutes is a GoneError."""
        return sessions.get_session(self._transport, uuid, close_to_expire_error)

    def expire_session(self, uuid: str) -> Message:
        """Ends an unpaid session before its time; ConflictError `session_final` when it is paid or ended already."""
        return sessions.expire_session(self._transport, uuid)

    def get(self, uuid: str) -> Payment:
        """The payment of a session, by the session's uuid; NotFoundError until there is one."""
        return self._transport.get(Payment, f"/transaction/payment/{path_part('uuid', uuid)}")

    def get_all(self, *, limit: Optional[int] = None, cursor: Optional[str] = None) -> Page[Payment]:
        """A page of 1 to 100; iterating it goes on over all payments."""
        return self._transport.get_page(Payment, "/transaction/payments", {"limit": limit, "cursor": cursor})

    def get_all_combined(self, *, limit: Optional[int] = None, cursor: Optional[str] = None) -> Page[CombinedPayment]:
        """One-time payments together with those of subscriptions; used like `get_all`."""
        query = {"limit": limit, "cursor": cursor}
        return self._transport.get_page(CombinedPayment, "/transaction/payments/combined", query)

    def iterate(self, *, limit: Optional[int] = None, cursor: Optional[str] = None) -> Iterator[Payment]:
        """Every one-time payment, page by page."""
        yield from self.get_all(limit=limit, cursor=cursor)
