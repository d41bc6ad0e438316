from __future__ import annotations

from typing import List, Optional

from ..transport import Call, Transport, path_part
from ..types import Message, User, UserRole


class Users:
    """The people of your organization. A plain user's key sees and changes its own user alone."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def create(
        self,
        *,
        name: str,
        last_name: str,
        email: str,
        password: str,
        role: UserRole,
        organization_fee_bps: Optional[int] = None,
        idempotency_key: Optional[str] = None,
    ) -> User:
        """Needs an admin's or owner's key. The password has 8 characters or more.

        `organization_fee_bps` is in hundredths of a percent, 0 to 1000; 0 unless set.
        """
        body = {
            "name": name,
            "last_name": last_name,
            "email": email,
            "password": password,
            "role": role,
            "organization_fee_bps": organization_fee_bps,
        }
        call = Call("POST", "/user/", body=body, creates=True, idempotency_key=idempotency_key)
        return self._transport.call(User, call)

    def me(self) -> User:
        """The user whose key this is."""
        return self._transport.get(User, "/user/")

    def get(self, id: int) -> User:
        return self._transport.get(User, f"/user/id/{path_part('id', id)}")

    def get_all(self) -> List[User]:
        """Every user; with a plain user's key that user alone."""
        return self._transport.get_list(User, "/user/all")

    def update(
        self,
        id: int,
        *,
        name: Optional[str] = None,
        last_name: Optional[str] = None,
        email: Optional[str] = None,
        password: Optional[str] = None,
        organization_fee_bps: Optional[int] = None,
    ) -> User:
        """What is left out stays as it is. The fee is ignored unless the key is an admin's or owner's."""
        body = {
            "name": name,
            "last_name": last_name,
            "email": email,
            "password": password,
            "organization_fee_bps": organization_fee_bps,
        }
        return self._transport.call(User, Call("PUT", f"/user/{path_part('id', id)}", body=body))

    def delete(self, id: int) -> Message:
        """Needs an admin's or owner's key. The user's keys stop working at once; owners stay."""
        return self._transport.call(Message, Call("DELETE", f"/user/{path_part('id', id)}"))
