from __future__ import annotations

from typing import List, Optional

from ..transport import Call, Transport, path_part
from ..types import Amount, Message, Product


class Products:
    """What you sell again and again."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def create(
        self,
        *,
        name: str,
        description: str,
        price: Amount,
        reference: Optional[str] = None,
        idempotency_key: Optional[str] = None,
    ) -> Product:
        """`price` in USD: 0.000001 to 1 000 000, of which a one-time session needs 0.01 or more.

        `reference` is your own id for it, unique, for `get_by_reference`.
        """
        body = {"name": name, "description": description, "price": price, "reference": reference}
        call = Call("POST", "/product/", body=body, creates=True, idempotency_key=idempotency_key)
        return self._transport.call(Product, call)

    def get(self, id: int) -> Product:
        return self._transport.get(Product, f"/product/id/{path_part('id', id)}")

    def get_by_reference(self, reference: str) -> Product:
        return self._transport.get(Product, f"/product/reference/{path_part('reference', reference)}")

    def get_all(self) -> List[Product]:
        return self._transport.get_list(Product, "/product/")

    def update(
        self,
        id: int,
        *,
        name: Optional[str] = None,
        description: Optional[str] = None,
        price: Optional[Amount] = None,
        reference: Optional[str] = None,
    ) -> Product:
        """What is left out stays as it is."""
        body = {"name": name, "description": description, "price": price, "reference": reference}
        return self._transport.call(Product, Call("PUT", f"/product/{path_part('id', id)}", body=body))

    def delete(self, id: int) -> Message:
        """Afterwards it is not found any more; sessions and payments made with it stay."""
        return self._transport.call(Message, Call("DELETE", f"/product/{path_part('id', id)}"))
