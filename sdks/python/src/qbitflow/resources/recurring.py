from __future__ import annotations

from typing import Generic, List, Optional, Type, TypeVar

from ..page import Page
from ..transport import Call, Transport, path_part
from ..types import (
    BillingStarted,
    Message,
    PortalLink,
    SessionDetails,
    Subscription,
    SubscriptionPayment,
    SubscriptionType,
)
from . import sessions

S = TypeVar("S", bound=Subscription)


class Recurring(Generic[S]):
    """What both kinds of subscription can do; the uuid of a subscription is its session's."""

    _kind: SubscriptionType
    _resource: Type[S]

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get_session(self, uuid: str, *, close_to_expire_error: Optional[bool] = None) -> SessionDetails:
        """Unless `close_to_expire_error` is False, a session that ends within 5 minutes is a GoneError."""
        return sessions.get_session(self._transport, uuid, close_to_expire_error)

    def expire_session(self, uuid: str) -> Message:
        """Ends an unpaid session before its time; ConflictError `session_final` when it is paid or ended already."""
        return sessions.expire_session(self._transport, uuid)

    def get(self, uuid: str) -> S:
        """NotFoundError until the customer has subscribed."""
        return self._transport.get(self._resource, f"/transaction/subscription/{path_part('uuid', uuid)}")

    def list(self, *, limit: Optional[int] = None, cursor: Optional[str] = None) -> Page[S]:
        """A page of 1 to 100; iterating it goes on over all of this kind."""
        query = {"limit": limit, "type": self._kind, "cursor": cursor}
        return self._transport.get_page(self._resource, "/transaction/subscriptions", query)

    def get_payment_history(self, uuid: str) -> List[SubscriptionPayment]:
        """The bills that were paid, newest first."""
        path = f"/transaction/subscription/history/{path_part('uuid', uuid)}"
        return self._transport.get_list(SubscriptionPayment, path)

    def force_cancel(self, uuid: str) -> Message:
        """Ends it at once, for good."""
        path = f"/transaction/subscription/processing/force-cancel/{path_part('uuid', uuid)}"
        return self._transport.call(Message, Call("POST", path))

    def execute_test_billing(self, uuid: str) -> BillingStarted:
        """Charges the bill that is due, in test mode; ConflictError `payment_not_due` when none is."""
        path = f"/transaction/subscription/processing/execute-billing/{path_part('uuid', uuid)}"
        return self._transport.call(BillingStarted, Call("POST", path))

    def get_portal_link(self, uuid: str) -> PortalLink:
        """The customer's page: status, history, cap, allowance, cancelling."""
        return self._transport.get(PortalLink, f"/transaction/subscription/{path_part('uuid', uuid)}/portal")

    def revoke_portal_links(self, uuid: str) -> PortalLink:
        """Links given out before lead nowhere from now on; answers the new one."""
        path = f"/transaction/subscription/{path_part('uuid', uuid)}/portal/revoke"
        return self._transport.call(PortalLink, Call("POST", path))
