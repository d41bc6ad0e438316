from __future__ import annotations

import unittest
from datetime import datetime, timezone
from decimal import Decimal

import qbitflow
from qbitflow import Duration, UsageEvent
from scripted_api import Answer, ScriptedApi


class ResourcesTest(unittest.TestCase):
    def setUp(self) -> None:
        self.api = ScriptedApi()
        self.addCleanup(self.api.stop)
        self.client = self.api.client(max_retries=0)

    # Which route each method asks for, and with what: e2e/sdk-drift.
    def test_times_and_exact_amounts_are_sent_as_the_api_has_them(self) -> None:
        self.api.on("POST /v1/api-key/", Answer(None)).on("POST /v1/transaction/session-checkout/", Answer(None))
        for call in (
            lambda c: c.api_keys.create(name="ci", user_id=3, expires_at=datetime(2027, 1, 1, tzinfo=timezone.utc), test=True),
            lambda c: c.pay_as_you_go.create_session(
                product_id=1, frequency=Duration(value=1, unit="months"), free_credits=Decimal("99.5")
            ),
        ):
            # An empty answer cannot be read.
            with self.assertRaises(qbitflow.ConnectionFailedError):
                call(self.client)
        monthly = {"subscriptionType": "payAsYouGo", "frequency": {"value": 1, "unit": "months"}}
        self.assertEqual(
            [seen.body for seen in self.api.seen],
            [
                {"name": "ci", "userId": 3, "test": True, "expiresAt": "2027-01-01T00:00:00Z"},
                {"productId": 1, "options": {**monthly, "freeCredits": 99.5}},
            ],
        )

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
        stopped = {**clock, "moving": False, "stoppedBecause": "The local chain has not answered for 60 seconds."}
        self.api.on("GET /v1/clock", Answer(stopped))
        with self.assertRaisesRegex(qbitflow.QBitFlowError, "local chain") as caught:
            self.client.clock.advance(Duration(1, "minutes"), poll_interval=0.01)
        self.assertEqual(caught.exception.code, "clock_stopped")

    def test_a_field_that_a_later_server_adds_is_passed_over_one_that_is_missing_is_told(self) -> None:
        user = {"id": 1, "name": "A", "lastName": "B", "email": "a@b.org", "createdAt": "2026-01-01T00:00:00Z"}
        user.update(updatedAt="2026-01-01T00:00:00Z", organizationId=1, role="admin", isOwner=True, later="new")
        self.api.on("GET /v1/user/", Answer({**user, "organizationFeeBps": 0}))
        self.assertTrue(self.client.users.me().is_owner)
        self.api.on("GET /v1/user/", Answer(user))
        with self.assertRaisesRegex(qbitflow.ConnectionFailedError, "organizationFeeBps"):
            self.client.users.me()
