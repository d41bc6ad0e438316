from __future__ import annotations

from typing import List, Optional

from ..transport import Call, Transport, path_part
from ..types import ApiKey, CreatedApiKey, Message, Time


class ApiKeys:
    """Keys of the API, yours and your users'. A test key makes, sees and deletes test keys only."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def create(
        self,
        *,
        name: str,
        user_id: int,
        test: bool,
        expires_at: Optional[Time] = None,
        idempotency_key: Optional[str] = None,
    ) -> CreatedApiKey:
        """`key` is in this answer and nowhere else, ever. `expires_at`: never, unless set.

        If the answer was lost on its way, the retry ends in ConflictError `key_already_shown`: delete that key and
        create another.
        """
        body = {"name": name, "user_id": user_id, "test": test, "expires_at": expires_at}
        call = Call("POST", "/api-key/", body=body, creates=True, idempotency_key=idempotency_key)
        return self._transport.call(CreatedApiKey, call)

    def get_all(self) -> List[ApiKey]:
        """Your own user's keys."""
        return self._transport.get_list(ApiKey, "/api-key/")

    def get_by_user(self, user_id: int) -> List[ApiKey]:
        """Another user's need an admin's or owner's key."""
        return self._transport.get_list(ApiKey, f"/api-key/user/{path_part('user_id', user_id)}")

    def delete(self, id: int) -> Message:
        """The key stops working at once."""
        return self._transport.call(Message, Call("DELETE", f"/api-key/{path_part('id', id)}"))
