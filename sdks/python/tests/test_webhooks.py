from __future__ import annotations

import base64
import copy
import hashlib
import hmac
import json
import unittest
from decimal import Decimal
from typing import Any, Dict, Optional

import qbitflow
from qbitflow import QBitFlow, canonical_json, sign_webhook, verify_webhook
from scripted_api import Answer, ScriptedApi, problem

SECRET = "whsec_" + base64.b64encode(b"the newest secret, 32 bytes long").decode()
OLDER = "whsec_" + base64.b64encode(b"an older secret, also 32 bytes..").decode()
SESSION = {
    "uuid": "0199",
    "productName": "Tea & <Cake> 🍵",
    "description": "",
    "price": 24.5,
    "organizationName": "Shop",
    "availableCurrencies": [],
    "customerUUID": "",
}
EVENT = {"uuid": "0199", "status": {"type": "payment", "status": "completed", "txHash": "0xab"}, "session": SESSION}
CANONICAL = (
    '{"session":{"availableCurrencies":[],"customerUUID":"","description":"","organizationName":"Shop","price":24.5,'
    '"productName":"Tea \\u0026 \\u003cCake\\u003e 🍵","uuid":"0199"},'
    '"status":{"status":"completed","txHash":"0xab","type":"payment"},"uuid":"0199"}'
)
NOW = 1_800_000_000


def hex_signature(secret: str, at: int = NOW) -> str:
    return "sha256=" + hmac.new(secret.encode(), f"{at}.{CANONICAL}".encode(), hashlib.sha256).hexdigest()


class VerifyTest(unittest.TestCase):
    headers = {"X-Webhook-Timestamp": str(NOW), "X-Webhook-Signature-256": hex_signature(SECRET)}

    def reason_of(self, body: Any, headers: Dict[str, Any], secret: Any = SECRET) -> str:
        with self.assertRaises(qbitflow.WebhookVerificationError) as caught:
            verify_webhook(body, headers, secret=secret, now=NOW)
        return caught.exception.reason

    def test_the_hmac_of_timestamp_and_canonical_json_however_the_body_was_printed(self) -> None:
        body = json.dumps(EVENT)
        reordered = json.dumps({name: EVENT[name] for name in ("session", "uuid", "status")}, indent=2)
        for payload in (body, reordered, body.encode(), copy.deepcopy(EVENT)):
            event = verify_webhook(payload, self.headers, secret=SECRET, now=NOW)
            assert isinstance(event, qbitflow.SessionEvent)
            self.assertEqual(event.session.price, Decimal("24.5"))
            self.assertEqual((event.status.status, event.status.tx_hash), ("completed", "0xab"))

    def test_headers_are_read_in_every_form(self) -> None:
        signature = hex_signature(SECRET)
        for headers in (
            {"x-webhook-timestamp": str(NOW), "x-webhook-signature-256": signature},
            {"X-WEBHOOK-TIMESTAMP": [str(NOW)], "X-WEBHOOK-SIGNATURE-256": [signature]},
            {"HTTP_X_WEBHOOK_TIMESTAMP": str(NOW), "HTTP_X_WEBHOOK_SIGNATURE_256": signature},
            {b"x-webhook-timestamp": str(NOW).encode(), b"x-webhook-signature-256": signature.encode()},
            {"signature": signature, "timestamp": NOW},
            {"signature": signature[7:], "timestamp": NOW},
            {"signature": f"{hex_signature(OLDER)}, {signature}", "timestamp": NOW},
        ):
            with self.subTest(headers=headers):
                verify_webhook(json.dumps(EVENT), headers, secret=SECRET, now=NOW)

    def test_what_is_not_genuine_is_refused_with_its_reason(self) -> None:
        body = json.dumps(EVENT)

        def changed(name: str, value: Optional[str]) -> Dict[str, Any]:
            return {**self.headers, name: value}

        for reason, payload, headers in [
            ("signature_mismatch", json.dumps({**EVENT, "uuid": "0200"}), self.headers),
            ("signature_mismatch", body, changed("X-Webhook-Signature-256", hex_signature(OLDER))),
            ("signature_mismatch", body, changed("X-Webhook-Timestamp", str(NOW + 1))),
            ("signature_malformed", body, changed("X-Webhook-Signature-256", "sha256=abc")),
            ("signature_malformed", body, changed("X-Webhook-Signature-256", "")),
            ("timestamp_malformed", body, changed("X-Webhook-Timestamp", "1e9")),
            ("timestamp_malformed", body, changed("X-Webhook-Timestamp", "١٢")),
            ("payload_malformed", "{", self.headers),
            ("payload_malformed", b"\xff", self.headers),
            ("payload_malformed", "NaN", self.headers),
            ("payload_malformed", '{"uuid":"\\ud800"}', self.headers),
            ("payload_malformed", "[" * 100_000, self.headers),
            ("payload_malformed", json.dumps("x" * 2**20), self.headers),
            ("headers_missing", body, {}),
            ("headers_missing", body, changed("X-Webhook-Signature-256", None)),
        ]:
            with self.subTest(reason, headers=headers):
                self.assertEqual(self.reason_of(payload, headers), reason)
        for secret in ((), "", [SECRET, ""]):
            self.assertEqual(self.reason_of(body, self.headers, secret), "secret_missing")

    def test_a_timestamp_301_seconds_off_is_refused_one_second_less_is_not(self) -> None:
        for at in (NOW - 301, NOW + 301):
            late = {"signature": hex_signature(SECRET, at), "timestamp": at}
            self.assertEqual(self.reason_of(json.dumps(EVENT), late), "timestamp_out_of_tolerance")
            near = at + (1 if at < NOW else -1)
            in_time = {"signature": hex_signature(SECRET, near), "timestamp": near}
            verify_webhook(json.dumps(EVENT), in_time, secret=SECRET, now=NOW)

    def test_standard_webhooks_and_secrets_that_rotate(self) -> None:
        signed = sign_webhook(EVENT, secret=[SECRET, OLDER], id="msg_1", timestamp=NOW)
        standard = {name: value for name, value in signed.headers.items() if name.startswith("webhook-")}
        for secret in (SECRET, OLDER, [OLDER, "whsec_AAAA"]):
            verify_webhook(signed.body, standard, secret=secret, now=NOW)
            verify_webhook(signed.body.encode(), standard, secret=secret, now=NOW)
        self.assertEqual(self.reason_of(signed.body + " ", standard), "signature_mismatch")
        self.assertEqual(self.reason_of(signed.body, {**standard, "webhook-id": "msg_2"}), "signature_mismatch")
        self.assertEqual(self.reason_of(signed.body, standard, "whsec_%%%"), "secret_malformed")
        self.assertEqual(signed.headers["X-Webhook-Signature-256"], hex_signature(SECRET))

    def test_each_kind_of_event_has_its_class_and_a_later_kind_is_handed_on(self) -> None:
        client = QBitFlow("sk_1_test_x", "http://localhost", webhook_secret=SECRET)
        status = {"subscriptionUUID": "s", "previousStatus": "trial", "currentStatus": "active"}
        usage = {"subscriptionUUID": "s", "usagePercent": 80, "unitsCurrentPeriod": 1.5, "maxSpendingPerPeriod": 50}
        at = {"updatedAt": "2026-01-31T12:00:00Z"}
        for payload, kind in [
            ({**status, **at}, qbitflow.SubscriptionEvent),
            ({**usage, **at}, qbitflow.UsageThresholdEvent),
            ({"refund": 1}, qbitflow.UnknownEvent),
        ]:
            signed = client.webhooks.sign(payload, id="msg_1", sequence=3)
            self.assertIsInstance(client.webhooks.verify(signed.body, signed.headers), kind)
            delivery = client.webhooks.delivery_of(signed.headers)
            self.assertEqual((delivery.id, delivery.sequence), ("msg_1", 3))
        signed = client.webhooks.sign(status)
        with self.assertRaisesRegex(qbitflow.WebhookVerificationError, "updatedAt"):
            client.webhooks.verify(signed.body, signed.headers)

    def test_the_server_is_asked_where_the_secret_is_not_at_hand(self) -> None:
        api = ScriptedApi()
        self.addCleanup(api.stop)
        refused = problem(400, "webhook_signature_invalid", "It does not fit.")
        api.on("POST /v1/webhooks/verify", Answer({"message": "verified"}), refused)
        webhooks = api.client().webhooks
        self.assertIs(webhooks.verify_remote(b"{}", self.headers), True)
        self.assertEqual(
            api.seen[0].body,
            {"payload": "{}", "receivedSignature": hex_signature(SECRET), "receivedTimestamp": str(NOW)},
        )
        with self.assertRaises(qbitflow.WebhookVerificationError) as caught:
            webhooks.verify_remote(EVENT, self.headers)
        self.assertEqual(caught.exception.reason, "refused_by_server")
        self.assertEqual(api.seen[1].body["payload"], EVENT)


class CanonicalJsonTest(unittest.TestCase):
    def test_what_the_server_signs(self) -> None:
        for value, text in [
            ({"b": [2, {"z": 1, "a": 2}, 1], "a": {}}, '{"a":{},"b":[2,{"a":2,"z":1},1]}'),
            ({"\U0001f600": 1, "\uffee": 2, "é": 3, "z": 4}, '{"z":4,"é":3,"\uffee":2,"\U0001f600":1}'),
            ({"ab": 1, "a": 2, "": 3}, '{"":3,"a":2,"ab":1}'),
            (
                [1.0, -0.0, 0, -2, 1e20, 1e21, 1e-6, 1e-7, 1.5e-9, 0.1, 24.99, 123456789012, 12345678901234567890, 5e-324],
                "[1,0,0,-2,100000000000000000000,1e+21,0.000001,1e-7,1.5e-9,0.1,24.99,123456789012,12345678901234567000,5e-324]",
            ),
            (Decimal("24.990"), "24.99"),
            ("<a> & \u2028\u2029", '"\\u003ca\\u003e \\u0026 \\u2028\\u2029"'),
            ({"<": 1}, '{"\\u003c":1}'),
            ('"\\\t\n\r/', '"\\"\\\\\\t\\n\\r/"'),
            ("Zürich 🍵 \x7f\x85", '"Zürich 🍵 \x7f\x85"'),
            ([None, True, False], "[null,true,false]"),
        ]:
            with self.subTest(text):
                self.assertEqual(canonical_json(value), text)

    def test_what_has_no_canonical_form(self) -> None:
        deep: Any = []
        for _ in range(64):
            deep = [deep]
        for value in ("a\0b", "\b", {"\x1b": 1}, "\ud83d", float("inf"), [float("nan")], 10**400, {1: 2}, object(), deep):
            with self.subTest(repr(value)[:40]), self.assertRaises((ValueError, TypeError)):
                canonical_json(value)
        self.assertEqual(canonical_json(deep[0]), "[" * 64 + "]" * 64)
