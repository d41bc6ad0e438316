from __future__ import annotations

import re
from dataclasses import replace
from typing import Optional

from .config import Config, Secrets, checked_config, from_environment
from .resources.api_keys import ApiKeys
from .resources.clock import TestClock
from .resources.customers import Customers
from .resources.events import Events
from .resources.one_time_payments import OneTimePayments
from .resources.pay_as_you_go import PayAsYouGo
from .resources.products import Products
from .resources.subscriptions import Subscriptions
from .resources.transaction_status import TransactionStatuses
from .resources.users import Users
from .resources.webhooks import Webhooks
from .transport import Transport


class QBitFlow:
    """A client of one QBitFlow server with one API key. Make one and keep it; it holds no connection, and threads may
    share it."""

    def __init__(
        self,
        api_key: str,
        base_url: str,
        *,
        timeout: float = 30.0,
        max_retries: int = 3,
        retry_delay: float = 0.5,
        webhook_secret: Optional[Secrets] = None,
    ) -> None:
        """Raises ValidationError (`invalid_option`) for a bad option.

        :param api_key: `sk_<id>_<test|live>_<secret>`; it decides between test and live. Keep it on your server.
        :param base_url: the address of your QBitFlow server, with or without `/v1`: `https://pay.example.com`
        :param timeout: seconds for one try of a request, the answer's body included
        :param max_retries: further tries after the first, where a second try is harmless; 0 turns them off
        :param retry_delay: seconds before the second try; doubles with each further one, up to 8
        :param webhook_secret: `whsec_…`, for `webhooks.verify`; several while one is being rotated, the newest first
        """
        self._use(
            checked_config(
                api_key,
                base_url,
                timeout=timeout,
                max_retries=max_retries,
                retry_delay=retry_delay,
                webhook_secret=webhook_secret,
            )
        )

    @classmethod
    def from_env(
        cls,
        *,
        api_key: Optional[str] = None,
        base_url: Optional[str] = None,
        timeout: float = 30.0,
        max_retries: int = 3,
        retry_delay: float = 0.5,
        webhook_secret: Optional[Secrets] = None,
    ) -> QBitFlow:
        """From QBITFLOW_API_KEY, QBITFLOW_BASE_URL and QBITFLOW_WEBHOOK_SECRET; what is passed wins over the environment."""
        key, url, secrets = from_environment(api_key, base_url)
        return cls(
            key,
            url,
            timeout=timeout,
            max_retries=max_retries,
            retry_delay=retry_delay,
            webhook_secret=secrets if webhook_secret is None else webhook_secret,
        )

    def with_options(self, *, timeout: Optional[float] = None, max_retries: Optional[int] = None) -> QBitFlow:
        """The same client with other settings, for one call or for many: `client.with_options(timeout=5).products`."""
        config = self._config
        changed = checked_config(
            config.api_key,
            config.base_url,
            timeout=config.timeout if timeout is None else timeout,
            max_retries=config.max_retries if max_retries is None else max_retries,
        )
        client = object.__new__(type(self))
        client._use(replace(config, timeout=changed.timeout, max_retries=changed.max_retries))
        return client

    def _use(self, config: Config) -> None:
        transport = Transport(config)
        self._config = config
        self.one_time_payments = OneTimePayments(transport)
        self.subscriptions = Subscriptions(transport)
        self.pay_as_you_go = PayAsYouGo(transport)
        self.customers = Customers(transport)
        self.products = Products(transport)
        self.users = Users(transport)
        self.api_keys = ApiKeys(transport)
        self.transaction_status = TransactionStatuses(transport)
        self.webhooks = Webhooks(transport)
        self.events = Events(transport)
        #: Of a local server.
        self.clock = TestClock(transport)

    def __repr__(self) -> str:
        """What logs show: no key, no secret."""
        mode = re.match(r"sk_[^_]+_(test|live)_", self._config.api_key)
        return f"QBitFlow(base_url={self._config.base_url!r}, mode={mode[1] if mode else 'unknown'})"
