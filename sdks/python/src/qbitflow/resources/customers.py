from __future__ import annotations

from typing import Iterator, Optional

from ..page import Page
from ..transport import Call, Transport, path_part
from ..types import Customer, Message


class Customers:
    """The people who pay you."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def create(
        self,
        *,
        name: str,
        last_name: str,
        email: str,
        phone_number: Optional[str] = None,
        address: Optional[str] = None,
        reference: Optional[str] = None,
        idempotency_key: Optional[str] = None,
    ) -> Customer:
        """`reference` is your own id for the customer, unique, for `get_by_reference`."""
        body = {
            "name": name,
            "last_name": last_name,
            "email": email,
            "phone_number": phone_number,
            "address": address,
            "reference": reference,
        }
        call = Call("POST", "/customer/", body=body, creates=True, idempotency_key=idempotency_key)
        return self._transport.call(Customer, call)

    def get(self, uuid: str) -> Customer:
        return self._transport.get(Customer, f"/customer/uuid/{path_part('uuid', uuid)}")

    def get_by_email(self, email: str) -> Customer:
        return self._transport.get(Customer, f"/customer/email/{path_part('email', email)}")

    def get_by_reference(self, reference: str) -> Customer:
        return self._transport.get(Customer, f"/customer/reference/{path_part('reference', reference)}")

    def get_all(self, *, limit: Optional[int] = None, cursor: Optional[str] = None) -> Page[Customer]:
        """A page of 1 to 100; iterating it goes on over all customers."""
        return self._transport.get_page(Customer, "/customer/all", {"limit": limit, "cursor": cursor})

    def iterate(self, *, limit: Optional[int] = None, cursor: Optional[str] = None) -> Iterator[Customer]:
        """Every customer, page by page."""
        yield from self.get_all(limit=limit, cursor=cursor)

    def update(
        self,
        uuid: str,
        *,
        name: Optional[str] = None,
        last_name: Optional[str] = None,
        email: Optional[str] = None,
        phone_number: Optional[str] = None,
        address: Optional[str] = None,
        reference: Optional[str] = None,
    ) -> Customer:
        """What is left out stays as it is."""
        body = {
            "name": name,
            "last_name": last_name,
            "email": email,
            "phone_number": phone_number,
            "address": address,
            "reference": reference,
        }
        return self._transport.call(Customer, Call("PUT", f"/customer/{path_part('uuid', uuid)}", body=body))

    def delete(self, uuid: str) -> Message:
        """Erases the personal data; the payments stay."""
        return self._transport.call(Message, Call("DELETE", f"/customer/uuid/{path_part('uuid', uuid)}"))
