from __future__ import annotations

import unittest
from datetime import datetime, timezone
from decimal import Decimal

import qbitflow
from qbitflow import Duration, UsageEvent
from scripted_api import Answer, ScriptedApi

MONTHLY = Duration(value=1, unit="months")
PERSON = {"name": "Ada", "last_name": "Byron", "email": "ada@example.org"}
#: Route, call, body where there is one.
CALLS = [
    ("PUT /v1/product/7", lambda c: c.products.update(7, price=20), {"price": 20}),
    ("DELETE /v1/product/7", lambda c: c.products.delete(7), None),
    ("GET /v1/product/id/7", lambda c: c.products.get(7), None),
    ("GET /v1/product/reference/tea", lambda c: c.products.get_by_reference("tea"), None),
    (
        "POST /v1/customer/",
        lambda c: c.customers.create(**PERSON),
        {"name": "Ada", "lastName": "Byron", "email": "ada@example.org"},
    ),
    ("GET /v1/customer/uuid/c1", lambda c: c.customers.get("c1"), None),
    ("GET /v1/customer/reference/r1", lambda c: c.customers.get_by_reference("r1"), None),
    ("PUT /v1/customer/c1", lambda c: c.customers.update("c1", phone_number="1"), {"phoneNumber": "1"}),
    ("DELETE /v1/customer/uuid/c1", lambda c: c.customers.delete("c1"), None),
    (
        "POST /v1/user/",
        lambda c: c.users.create(**PERSON, password="a long password", role="user", organization_fee_bps=100),
        {
            **{"name": "Ada", "lastName": "Byron", "email": "ada@example.org"},
            **{"password": "a long password", "role": "user", "organizationFeeBps": 100},
        },
    ),
    ("GET /v1/user/", lambda c: c.users.me(), None),
    ("GET /v1/user/all", lambda c: c.users.get_all(), None),
    ("GET /v1/user/id/3", lambda c: c.users.get(3), None),
    ("PUT /v1/user/3", lambda c: c.users.update(3, name="Al"), {"name": "Al"}),
    ("DELETE /v1/user/3", lambda c: c.users.delete(3), None),
    (
        "POST /v1/api-key/",
        lambda c: c.api_keys.create(name="ci", user_id=3, expires_at=datetime(2027, 1, 1, tzinfo=timezone.utc), test=True),
        {"name": "ci", "userId": 3, "test": True, "expiresAt": "2027-01-01T00:00:00Z"},
    ),
    ("GET /v1/api-key/", lambda c: c.api_keys.get_all(), None),
    ("GET /v1/api-key/user/3", lambda c: c.api_keys.get_by_user(3), None),
    ("DELETE /v1/api-key/9", lambda c: c.api_keys.delete(9), None),
    ("GET /v1/transaction/payment/u1", lambda c: c.one_time_payments.get("u1"), None),
    ("GET /v1/transaction/payments", lambda c: c.one_time_payments.get_all(), None),
    ("GET /v1/transaction/payments/combined", lambda c: c.one_time_payments.get_all_combined(), None),
    (
        "POST /v1/transaction/session-checkout/",
        lambda c: c.subscriptions.create_session(
            product_id=1, frequency=MONTHLY, trial_period=Duration(7, "days"), min_periods=3, customer_uuid="c1"
        ),
        {
            "productId": 1,
            "customerUUID": "c1",
            "options": {
                "subscriptionType": "subscription",
                "frequency": {"value": 1, "unit": "months"},
                "trialPeriod": {"value": 7, "unit": "days"},
                "minPeriods": 3,
            },
        },
    ),
    (
        "POST /v1/transaction/session-checkout/",
        lambda c: c.pay_as_you_go.create_session(product_id=1, frequency=MONTHLY, free_credits=Decimal("99.5")),
        {
            "productId": 1,
            "options": {
                "subscriptionType": "payAsYouGo",
                "frequency": {"value": 1, "unit": "months"},
                "freeCredits": 99.5,
            },
        },
    ),
    ("GET /v1/transaction/subscription/u1", lambda c: c.subscriptions.get("u1"), None),
    ("GET /v1/transaction/subscriptions", lambda c: c.pay_as_you_go.list(), None),
    ("GET /v1/transaction/subscription/history/u1", lambda c: c.subscriptions.get_payment_history("u1"), None),
    ("GET /v1/transaction/subscription/u1/portal", lambda c: c.subscriptions.get_portal_link("u1"), None),
    ("POST /v1/transaction/subscription/processing/force-cancel/u1", lambda c: c.subscriptions.force_cancel("u1"), None),
    (
        "POST /v1/transaction/subscription/processing/execute-billing/u1",
        lambda c: c.subscriptions.execute_test_billing("u1"),
        None,
    ),
    ("POST /v1/transaction/subscription/u1/portal/revoke", lambda c: c.pay_as_you_go.revoke_portal_links("u1"), None),
    (
        "POST /v1/transaction/subscription/payg/increase-units-current-period",
        lambda c: c.pay_as_you_go.increase_units_current_period("u1", 2.5),
        {"subscriptionUUID": "u1", "increaseByAmount": 2.5},
    ),
    (
        "POST /v1/transaction/session-checkout/u1/expire",
        lambda c: c.one_time_payments.expire_session("u1"),
        None,
    ),
    ("POST /v1/transaction/session-checkout/u1/expire", lambda c: c.subscriptions.expire_session("u1"), None),
    ("GET /v1/webhooks/deliveries", lambda c: c.webhooks.deliveries("u1"), None),
    ("POST /v1/webhooks/deliveries/d1/replay", lambda c: c.webhooks.replay("d1"), None),
    ("GET /v1/events", lambda c: c.events.list(), None),
    ("GET /v1/clock", lambda c: c.clock.get(), None),
    ("GET /v1/transaction/status", lambda c: c.transaction_status.get("u1"), None),
]
#: The POSTs that carry an Idempotency-Key.
CREATING = ("/customer/", "/user/", "/api-key/", "/session-checkout/", "/increase-units-current-period")


class ResourcesTest(unittest.TestCase):
    def setUp(self) -> None:
        self.api = ScriptedApi()
        self.addCleanup(self.api.stop)
        self.client = self.api.client(max_retries=0)

    def test_each_call_asks_for_its_route_with_its_body(self) -> None:
        for route, call, body in CALLS:
            with self.subTest(route):
                # What comes back is another test's: an empty answer cannot be read.
                self.api.on(route, Answer(None))
                with self.assertRaises(qbitflow.ConnectionFailedError):
                    call(self.client)
                seen = self.api.seen[-1]
                self.assertEqual(f"{seen.method} {seen.url.split('?')[0]}", route)
                self.assertEqual(seen.body, body)
                creates = seen.method == "POST" and seen.url.endswith(CREATING)
                self.assertEqual("idempotency-key" in seen.headers, creates)

    def test_queries_are_sent_only_where_they_were_set(self) -> None:
        for call in (
            lambda c: c.one_time_payments.get_session("u1"),
            lambda c: c.one_time_payments.get_session("u1", close_to_expire_error=False),
            lambda c: c.transaction_status.get("u1", "subscription"),
            lambda c: c.subscriptions.list(limit=5),
        ):
            with self.assertRaises(qbitflow.NotFoundError):
                call(self.client)
        self.assertEqual(
            [seen.url for seen in self.api.seen],
            [
                "/v1/transaction/session-checkout/u1",
                "/v1/transaction/session-checkout/u1?closeToExpireError=false",
                "/v1/transaction/status?transactionUUID=u1&transactionStatusType=subscription",
                "/v1/transaction/subscriptions?limit=5&type=subscription",
            ],
        )

    def test_what_ends_or_charges_is_not_sent_again_by_itself(self) -> None:
        for name in ("force_cancel", "execute_test_billing", "revoke_portal_links"):
            self.api.seen.clear()
            with self.assertRaises(qbitflow.NotFoundError):
                getattr(self.api.client().subscriptions, name)("u1")
            route = f"POST {self.api.seen[0].url}"
            self.api.on(route, Answer({}, 503))
            self.api.seen.clear()
            with self.assertRaises(qbitflow.ServerError):
                getattr(self.api.client().subscriptions, name)("u1")
            self.assertEqual(len(self.api.seen), 1)

    def test_lists_go_on_over_pages_and_end_where_a_server_repeats_itself(self) -> None:
        def customer(uuid: str) -> dict:
            return {"uuid": uuid, "name": "A", "lastName": "B", "email": "a@b.org", "createdAt": "2026-01-31T12:00:00Z"}

        first = Answer({"items": [customer("c1"), customer("c2")], "nextCursor": "n"})
        self.api.on("GET /v1/customer/all", first, Answer({"items": [customer("c3")], "nextCursor": None}))
        page = self.client.customers.get_all(limit=2)
        self.assertEqual((len(page.items), page.next_cursor, page.has_next), (2, "n", True))
        self.assertEqual([customer.uuid for customer in page], ["c1", "c2", "c3"])
        self.assertEqual([seen.url for seen in self.api.seen], ["/v1/customer/all?limit=2", "/v1/customer/all?limit=2&cursor=n"])
        self.assertEqual(page.items[0].created_at, datetime(2026, 1, 31, 12, tzinfo=timezone.utc))
        self.assertIsNone(page.items[0].phone_number)
        self.api.on("GET /v1/customer/all", first)
        with self.assertRaises(qbitflow.QBitFlowError) as caught:
            list(self.client.customers.iterate())
        self.assertEqual(caught.exception.code, "cursor_repeated")

    def test_usage_goes_in_batches_and_its_answers_are_summed_up(self) -> None:
        at = {"subscriptionUUID": "u1", "currentUnits": 1, "capReached": False}
        self.api.on(
            "POST /v1/usage/events",
            Answer({}, 503),
            Answer({"recorded": 1000, "repeated": 0, "subscriptions": [at]}),
            Answer({"recorded": 1, "repeated": 1, "subscriptions": [{**at, "currentUnits": 2.5, "capReached": True}]}),
        )
        now = datetime(2026, 1, 31, tzinfo=timezone.utc)
        total = self.api.client().pay_as_you_go.record_usage(
            UsageEvent(event_id=f"e{index}", subscription_uuid="u1", units=1, occurred_at=now) for index in range(1002)
        )
        self.assertEqual((total.recorded, total.repeated), (1001, 1))
        self.assertEqual([(s.current_units, s.cap_reached) for s in total.subscriptions], [(Decimal("2.5"), True)])
        self.assertEqual([len(seen.body["events"]) for seen in self.api.seen], [1000, 1000, 2])
        self.assertEqual(
            self.api.seen[0].body["events"][0],
            {"eventId": "e0", "subscriptionUUID": "u1", "units": 1, "occurredAt": "2026-01-31T00:00:00Z"},
        )
        for units in (0, -1, float("nan"), float("inf"), Decimal("NaN")):
            with self.assertRaises(qbitflow.ValidationError):
                self.client.pay_as_you_go.increase_units_current_period("u1", units)
        with self.assertRaisesRegex(qbitflow.ValidationError, "time zone"):
            self.client.pay_as_you_go.record_usage([UsageEvent("e", "u1", 1, datetime(2026, 1, 31))])

    def test_the_clocks_advance_returns_when_it_is_there(self) -> None:
        clock = {"now": "2026-01-01T00:00:00.000Z", "offsetSeconds": 0, "canMove": True}
        self.api.on("POST /v1/clock/advance", Answer({**clock, "moving": True, "from": "2026-01-01T00:00:00.000Z"}))
        there = Answer({**clock, "offsetSeconds": 60, "moving": False})
        self.api.on("GET /v1/clock", Answer({**clock, "moving": True}), there)
        self.assertEqual(self.client.clock.advance(Duration(1, "minutes"), poll_interval=0.01).offset_seconds, 60)
        self.assertEqual(self.api.seen[0].body, {"value": 1, "unit": "minutes"})
        with self.assertRaises(qbitflow.ValidationError):
            self.client.clock.advance()

    def test_a_field_that_a_later_server_adds_is_passed_over_one_that_is_missing_is_told(self) -> None:
        user = {"id": 1, "name": "A", "lastName": "B", "email": "a@b.org", "createdAt": "2026-01-01T00:00:00Z"}
        user.update(updatedAt="2026-01-01T00:00:00Z", organizationId=1, role="admin", isOwner=True, later="new")
        self.api.on("GET /v1/user/", Answer({**user, "organizationFeeBps": 0}))
        self.assertTrue(self.client.users.me().is_owner)
        self.api.on("GET /v1/user/", Answer(user))
        with self.assertRaisesRegex(qbitflow.ConnectionFailedError, "organizationFeeBps"):
            self.client.users.me()
