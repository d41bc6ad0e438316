"""What every kind of checkout session has in common."""

from __future__ import annotations

from typing import Any, Mapping, Optional

from ..transport import Call, Transport, path_part
from ..types import CreatedSession, Message, SessionDetails


def create_session(transport: Transport, body: Mapping[str, Any], idempotency_key: Optional[str]) -> CreatedSession:
    call = Call(
        "POST", "/transaction/session-checkout/", body=body, creates=True, idempotency_key=idempotency_key
    )
    return transport.call(CreatedSession, call)


def get_session(transport: Transport, uuid: str, close_to_expire_error: Optional[bool]) -> SessionDetails:
    path = f"/transaction/session-checkout/{path_part('uuid', uuid)}"
    return transport.get(SessionDetails, path, {"closeToExpireError": close_to_expire_error})


def expire_session(transport: Transport, uuid: str) -> Message:
    return transport.call(Message, Call("POST", f"/transaction/session-checkout/{path_part('uuid', uuid)}/expire"))
