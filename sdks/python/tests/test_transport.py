from __future__ import annotations

import json
import os
import time
import traceback
import unittest
from decimal import Decimal
from unittest import mock

import qbitflow
from qbitflow import QBitFlow
from scripted_api import API_KEY, Answer, ScriptedApi, cut, problem

SESSION = {"uuid": "0199", "link": "http://pay/0199", "expiresAt": 1_800_000_000}
CREATE = "POST /v1/transaction/session-checkout/"
PRODUCTS = "GET /v1/product/"


class TransportTest(unittest.TestCase):
    def setUp(self) -> None:
        self.api = ScriptedApi()
        self.addCleanup(self.api.stop)

    def failure_of_products(self, **options: object) -> qbitflow.QBitFlowError:
        with self.assertRaises(qbitflow.QBitFlowError) as caught:
            self.api.client(**options).products.get_all()
        return caught.exception

    def test_a_session_is_created_with_the_key_in_its_header_and_the_wires_names_in_its_body(self) -> None:
        self.api.on(CREATE, Answer(SESSION))
        session = self.api.client().one_time_payments.create_session(
            product_name="Tea", description="Grün", price=24.99, customer_uuid="c1", reference="order-7"
        )
        self.assertEqual((session.uuid, session.link, session.expires_at), ("0199", "http://pay/0199", 1_800_000_000))
        [seen] = self.api.seen
        self.assertEqual(seen.headers["x-api-key"], API_KEY)
        self.assertEqual(
            seen.body,
            {"productName": "Tea", "description": "Grün", "price": 24.99, "customerUUID": "c1", "reference": "order-7"},
        )

    def test_the_base_url_may_end_in_a_slash_or_v1(self) -> None:
        self.api.on(PRODUCTS, Answer([]))
        for ending in ("", "/", "/v1", "/v1/"):
            QBitFlow(API_KEY, self.api.url + ending).products.get_all()
        self.assertEqual({seen.url for seen in self.api.seen}, {"/v1/product/"})

    def test_a_creation_is_tried_again_under_the_same_idempotency_key_the_next_under_another(self) -> None:
        self.api.on(CREATE, problem(503, "unavailable", "Busy."), cut, Answer(SESSION))
        payments = self.api.client().one_time_payments
        payments.create_session(product_id=1)
        payments.create_session(product_id=1)
        keys = [seen.headers["idempotency-key"] for seen in self.api.seen]
        self.assertEqual(len(keys), 4)
        self.assertEqual(len(set(keys[:3])), 1)
        self.assertNotEqual(keys[3], keys[0])

    def test_a_callers_own_idempotency_key_is_used(self) -> None:
        self.api.on(CREATE, Answer(SESSION))
        payments = self.api.client().one_time_payments
        payments.create_session(product_id=1, idempotency_key="order-7")
        self.assertEqual(self.api.seen[0].headers["idempotency-key"], "order-7")
        with self.assertRaises(qbitflow.ValidationError):
            payments.create_session(product_id=1, idempotency_key="two\r\nlines")

    def test_a_deletion_whose_answer_was_lost_is_not_sent_twice_one_refused_for_its_rate_is(self) -> None:
        self.api.on("DELETE /v1/product/1", cut)
        with self.assertRaises(qbitflow.ConnectionFailedError):
            self.api.client().products.delete(1)
        self.assertEqual(self.api.count("DELETE /v1/product/1"), 1)
        limited = problem(429, "rate_limited", "Slow down.", {"Retry-After": "0"})
        self.api.on("DELETE /v1/product/2", limited, Answer({"message": "deleted"}))
        self.assertEqual(self.api.client().products.delete(2).message, "deleted")

    def test_retries_end_and_the_last_failure_is_told(self) -> None:
        self.api.on(PRODUCTS, problem(500, "internal", "Our fault."))
        failure = self.failure_of_products(max_retries=2)
        self.assertEqual((failure.status, failure.code, str(failure)), (500, "internal", "Our fault."))
        self.assertEqual(len(self.api.seen), 3)
        with self.assertRaises(qbitflow.ServerError):
            self.api.client().with_options(max_retries=0).products.get_all()
        self.assertEqual(len(self.api.seen), 4)

    def test_retry_after_is_waited_for(self) -> None:
        self.api.on(PRODUCTS, problem(429, "rate_limited", "Slow down.", {"Retry-After": "1"}), Answer([]))
        started = time.monotonic()
        self.api.client().products.get_all()
        self.assertGreater(time.monotonic() - started, 0.95)

    def test_a_retry_after_too_long_to_wait_for_is_handed_to_the_caller(self) -> None:
        self.api.on(PRODUCTS, problem(429, "rate_limited", "Slow down.", {"Retry-After": "3600"}))
        failure = self.failure_of_products()
        self.assertIsInstance(failure, qbitflow.RateLimitError)
        self.assertEqual(failure.retry_after, 3600)
        self.assertEqual(len(self.api.seen), 1)

    def test_each_status_is_its_own_error(self) -> None:
        expected = {
            400: qbitflow.ValidationError,
            401: qbitflow.AuthenticationError,
            403: qbitflow.PermissionDeniedError,
            404: qbitflow.NotFoundError,
            409: qbitflow.ConflictError,
            410: qbitflow.GoneError,
            413: qbitflow.ValidationError,
            415: qbitflow.ValidationError,
            418: qbitflow.QBitFlowError,
            422: qbitflow.ValidationError,
            429: qbitflow.RateLimitError,
            500: qbitflow.ServerError,
            502: qbitflow.ServerError,
        }
        for status, kind in expected.items():
            with self.subTest(status):
                self.api.on(PRODUCTS, problem(status, "some_code", "What to do."))
                failure = self.failure_of_products(max_retries=0)
                self.assertIs(type(failure), kind)
                told = (failure.status, failure.code, failure.request_id, str(failure), failure.errors)
                self.assertEqual(told, (status, "some_code", "req_1", "What to do.", []))

    def test_field_errors_are_told_in_the_message_and_in_a_list(self) -> None:
        errors = [{"field": "price", "message": "at least 0.01", "error": "x"}]
        body = {"error": "The price is wrong.", "code": "validation", "errors": errors}
        self.api.on(CREATE, Answer(body, 400, headers={"X-Request-Id": "req_h"}))
        with self.assertRaises(qbitflow.ValidationError) as caught:
            self.api.client().one_time_payments.create_session(product_id=1)
        self.assertEqual(str(caught.exception), "The price is wrong. (price: at least 0.01)")
        self.assertEqual(caught.exception.errors, [qbitflow.FieldError("price", "at least 0.01")])
        self.assertEqual(caught.exception.request_id, "req_h")

    def test_no_answer_half_an_answer_and_a_trickle_end_in_time(self) -> None:
        def half(handler: object) -> None:
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{")  # type: ignore[attr-defined]
            self.api.released.wait()

        def trickle(handler: object) -> None:
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n")  # type: ignore[attr-defined]
            while not self.api.released.wait(0.02):
                handler.wfile.write(b" ")  # type: ignore[attr-defined]

        for step in (self.api.hang, half, trickle):
            with self.subTest(step=step):
                seen = len(self.api.seen)
                self.api.on(PRODUCTS, step)
                failure = self.failure_of_products(timeout=0.1, max_retries=1)
                self.assertIsInstance(failure, qbitflow.TimedOutError)
                self.assertEqual(len(self.api.seen) - seen, 2)

    def test_an_answer_that_ends_early_is_a_lost_connection(self) -> None:
        def early(handler: object) -> None:
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n[]")  # type: ignore[attr-defined]

        self.api.on(PRODUCTS, early, Answer([]))
        self.assertEqual(self.api.client().products.get_all(), [])
        self.assertEqual(len(self.api.seen), 2)

    def test_a_redirect_is_not_followed_the_key_stays_with_the_server_it_is_for(self) -> None:
        other = ScriptedApi()
        self.addCleanup(other.stop)
        self.api.on(PRODUCTS, Answer(None, 302, text="", headers={"Location": f"{other.url}/v1/product/"}))
        self.assertIn("base_url", str(self.failure_of_products()))
        self.assertEqual(other.seen, [])

    def test_an_address_that_is_no_qbitflow_server_is_told_so(self) -> None:
        for answer in (Answer(text="<html>Welcome</html>"), Answer({"error": "no list"}), Answer([{"id": "x"}])):
            self.api.on(PRODUCTS, answer)
            failure = self.failure_of_products()
            self.assertIsInstance(failure, qbitflow.ConnectionFailedError)
            self.assertEqual((failure.code, failure.status), ("invalid_response", 200))
        self.api.on(PRODUCTS, Answer(status=404, text="<html>Nothing</html>"))
        self.assertEqual(self.failure_of_products().code, "http_404")

    def test_nobody_there_names_the_address_and_keeps_the_cause(self) -> None:
        gone = ScriptedApi()
        gone.stop()
        with self.assertRaises(qbitflow.ConnectionFailedError) as caught:
            QBitFlow(API_KEY, gone.url, max_retries=1, retry_delay=0).products.get_all()
        self.assertIn(gone.url, str(caught.exception))
        self.assertIsInstance(caught.exception.__cause__, OSError)

    def test_the_key_is_in_no_error_and_in_no_log(self) -> None:
        client = self.api.client(webhook_secret="whsec_c2VjcmV0")
        self.api.on(PRODUCTS, problem(401, "unknown_key", f"No such key: {API_KEY}."))
        refused = self.failure_of_products()
        self.assertEqual(str(refused), "No such key: [API key].")
        self.api.on(PRODUCTS, cut)
        lost = self.failure_of_products(max_retries=0)
        created = qbitflow.CreatedApiKey(data=None, key=API_KEY)  # type: ignore[arg-type]
        shown = [repr(client), repr(client._config), repr(refused), repr(lost), repr(created), str(vars(client))]
        logged = "\n".join([*shown, *traceback.format_exception(type(lost), lost, lost.__traceback__)])
        self.assertNotIn("VerySecretPart", logged)
        self.assertNotIn("c2VjcmV0", logged)
        with self.assertRaisesRegex(qbitflow.ValidationError, "^(?!.*VerySecret).*api_key"):
            QBitFlow(f"{API_KEY}\nX: y", self.api.url)

    def test_ids_are_encoded_and_ask_for_no_other_route(self) -> None:
        for uuid in ("", ".", ".."):
            with self.assertRaises(qbitflow.ValidationError) as caught:
                self.api.client().customers.get(uuid)
            self.assertEqual(caught.exception.errors[0].field, "uuid")
        self.assertEqual(self.api.seen, [])
        with self.assertRaises(qbitflow.NotFoundError):
            self.api.client().customers.get_by_email("a/b?@x.org")
        self.assertEqual(self.api.seen[0].url, "/v1/customer/email/a%2Fb%3F%40x.org")

    def test_a_bad_option_is_refused_at_once(self) -> None:
        for field, options in [
            ("api_key", {"api_key": ""}),
            ("base_url", {"base_url": "pay.example.com"}),
            ("base_url", {"base_url": "ftp://pay.example.com"}),
            ("base_url", {"base_url": "https://user:word@pay.example.com"}),
            ("base_url", {"base_url": "https://pay.example.com:x"}),
            ("timeout", {"timeout": 0}),
            ("max_retries", {"max_retries": float("nan")}),
        ]:
            with self.subTest(options), self.assertRaises(qbitflow.ValidationError) as caught:
                QBitFlow(**{"api_key": API_KEY, "base_url": self.api.url, **options})  # type: ignore[arg-type]
            self.assertEqual((caught.exception.code, caught.exception.errors[0].field), ("invalid_option", field))

    def test_key_and_address_come_from_the_environment_and_what_is_passed_wins(self) -> None:
        self.api.on(PRODUCTS, Answer([]))
        env = {"QBITFLOW_API_KEY": "sk_1_test_env", "QBITFLOW_BASE_URL": self.api.url}
        with mock.patch.dict(os.environ, env):
            QBitFlow.from_env().products.get_all()
            QBitFlow.from_env(api_key=API_KEY).products.get_all()
            self.assertEqual([seen.headers["x-api-key"] for seen in self.api.seen], ["sk_1_test_env", API_KEY])
            del os.environ["QBITFLOW_API_KEY"]
            with self.assertRaisesRegex(qbitflow.ValidationError, "QBITFLOW_API_KEY"):
                QBitFlow.from_env()

    def test_amounts_are_sent_with_the_digits_they_have_and_read_as_decimals(self) -> None:
        product = {"id": 1, "name": "Tea", "description": "", "createdAt": "2026-01-31T12:00:00Z", "isActive": True}
        for given, sent in [
            (99.99, "99.99"),
            (Decimal("99.990"), "99.99"),
            (25, "25"),
            (Decimal("25.00"), "25"),
            (Decimal("0.000001"), "1e-06"),
            (Decimal("999999.999999"), "999999.999999"),
        ]:
            self.api.on("POST /v1/product/", Answer(text=json.dumps({**product, "price": 0}).replace(": 0", f": {sent}")))
            created = self.api.client().products.create(name="Tea", description="", price=given)
            self.assertEqual(json.dumps(self.api.seen[-1].body["price"]), sent)
            self.assertEqual(created.price, Decimal(str(given)))
            self.assertIsInstance(created.price, Decimal)
        for given in (float("nan"), float("inf"), Decimal("NaN"), Decimal("0.12345678901234567890")):
            with self.assertRaises(qbitflow.ValidationError):
                self.api.client().products.create(name="Tea", description="", price=given)
