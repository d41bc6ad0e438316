from __future__ import annotations

import asyncio
import threading
import unittest
from typing import Any

import qbitflow
from qbitflow import AsyncQBitFlow
from scripted_api import API_KEY, Answer, ScriptedApi, Talk, cut, problem

CREATED = {"type": "payment", "status": "created"}
ONE = {"type": "payment", "status": "waitingConfirmation", "message": "1 of 2 confirmations"}
TWO = {**ONE, "message": "2 of 2 confirmations"}
COMPLETED = {"type": "payment", "status": "completed", "txHash": "0xab"}
SOCKET, GET = "GET /v1/transaction/status/ws", "GET /v1/transaction/status"


def told(statuses: Any) -> list:
    return [status.message or status.status for status in statuses]


class StatusTest(unittest.TestCase):
    def setUp(self) -> None:
        self.api = ScriptedApi()
        self.addCleanup(self.api.stop)

    def watch(self) -> qbitflow.StatusWatch:
        return self.api.client().transaction_status.watch("u1", poll_interval=0.01)

    def test_the_present_status_and_each_change_once_over_one_websocket(self) -> None:
        answers = []

        def talk(handler: Any) -> None:
            server = Talk(handler)
            server.statuses(CREATED, ONE, ONE)
            server.frame(0x9, b"there?")
            answers.append(server.received())
            whole = b'{"status":{"type":"payment","status":"waitingConfirmation","message":"2 of 2 confirmations"}}'
            server.frame(0x1, whole[:20], final=False)
            server.frame(0xA, b"")
            server.frame(0x0, whole[20:])
            server.statuses({**COMPLETED, "message": "x" * 300})
            server.close()

        self.api.on(SOCKET, talk)
        self.assertEqual(told(self.watch()), ["created", "1 of 2 confirmations", "2 of 2 confirmations", "x" * 300])
        self.assertEqual(answers, [b"there?"])
        self.assertEqual(self.api.seen[0].headers["x-api-key"], API_KEY)
        self.assertEqual(
            [seen.url for seen in self.api.seen],
            ["/v1/transaction/status/ws?transactionUUID=u1&transactionStatusType=payment"],
        )

    def test_a_broken_connection_is_opened_again_and_nothing_is_told_twice(self) -> None:
        def breaks(handler: Any) -> None:
            Talk(handler).statuses(CREATED, ONE)
            cut(handler)

        self.api.on(SOCKET, breaks, lambda handler: Talk(handler).statuses(ONE, COMPLETED))
        self.assertEqual(told(self.watch()), ["created", "1 of 2 confirmations", "completed"])

    def test_a_connection_that_keeps_failing_is_given_up_for_polling(self) -> None:
        self.api.on(SOCKET, cut)
        self.api.on(GET, Answer(CREATED), cut, Answer(ONE), Answer(ONE), Answer(COMPLETED))
        self.assertEqual(told(self.watch()), ["created", "1 of 2 confirmations", "completed"])
        self.assertEqual(self.api.count(SOCKET), 3)

    def test_a_refusal_stays_one_by_the_handshake_and_by_a_frame(self) -> None:
        self.api.on(GET, problem(404, "not_found", "No such session."))

        def refuses(handler: Any) -> None:
            Talk(handler).frame(0x1, b'{"error":"No such session.","status":404,"message":"No such session."}')

        for step in (problem(404, "not_found", "No such session."), refuses):
            self.api.seen.clear()
            self.api.on(SOCKET, step)
            with self.assertRaisesRegex(qbitflow.NotFoundError, "No such session"):
                list(self.watch())
            self.assertEqual(self.api.count(SOCKET), 1)

    def test_wait_for_ends_with_the_final_status_or_in_time(self) -> None:
        def talk(handler: Any) -> None:
            Talk(handler).statuses(CREATED)
            self.api.released.wait()

        self.api.on(SOCKET, lambda handler: Talk(handler).statuses(CREATED, COMPLETED))
        self.assertEqual(self.api.client().transaction_status.wait_for("u1").tx_hash, "0xab")
        self.api.on(SOCKET, talk)
        with self.assertRaises(qbitflow.TimedOutError):
            self.api.client().transaction_status.wait_for("u1", timeout=0.2)

    def test_a_watch_is_closed_from_another_thread(self) -> None:
        def talk(handler: Any) -> None:
            Talk(handler).statuses(CREATED)
            self.api.released.wait()

        self.api.on(SOCKET, talk)
        watch = self.watch()
        self.assertEqual(next(watch).status, "created")
        threading.Timer(0.1, watch.close).start()
        self.assertEqual(list(watch), [])


class AsyncTest(unittest.TestCase):
    def setUp(self) -> None:
        self.api = ScriptedApi()
        self.addCleanup(self.api.stop)

    def client(self) -> AsyncQBitFlow:
        return AsyncQBitFlow(API_KEY, self.api.url, retry_delay=0.001)

    def test_calls_lists_and_errors_are_those_of_the_sync_client(self) -> None:
        def customer(uuid: str) -> dict:
            return {"uuid": uuid, "name": "A", "lastName": "B", "email": "a@b.org", "createdAt": "2026-01-31T12:00:00Z"}

        first = Answer({"items": [customer("c1")], "nextCursor": "n"})
        last = Answer({"items": [customer("c2")], "nextCursor": None})
        self.api.on("GET /v1/customer/all", first, last, first, last)

        async def run() -> None:
            async with self.client() as client:
                self.assertEqual([c.uuid async for c in client.customers.iterate()], ["c1", "c2"])
                page = await client.customers.get_all()
                following = await page.next()
                self.assertEqual((page.has_next, following.items[0].uuid), (True, "c2"))
                with self.assertRaises(qbitflow.NotFoundError):
                    await client.with_options(max_retries=0).products.get(1)
                signed = client.webhooks.sign({"a": 1}, secret="whsec_AAAA")
                client.webhooks.verify(signed.body, signed.headers, "whsec_AAAA")
            self.assertNotIn("VerySecret", repr(client))

        asyncio.run(run())

    def test_calls_wait_beside_each_other(self) -> None:
        together = threading.Barrier(2, timeout=10)

        def meets(handler: Any) -> None:
            together.wait()
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]")

        self.api.on("GET /v1/product/", meets)

        async def run() -> None:
            async with self.client() as client:
                answers = await asyncio.gather(client.products.get_all(), client.products.get_all())
                self.assertEqual(answers, [[], []])

        asyncio.run(run())

    def test_a_watch_that_is_left_or_cancelled_ends_its_thread(self) -> None:
        def talk(handler: Any) -> None:
            Talk(handler).statuses(CREATED)
            self.api.released.wait()

        self.api.on(SOCKET, talk)

        async def run() -> None:
            client = self.client()
            seen = []

            async def follow() -> None:
                async for status in client.transaction_status.watch("u1"):
                    seen.append(status.status)

            task = asyncio.ensure_future(follow())
            while not seen:
                await asyncio.sleep(0.01)
            task.cancel()
            with self.assertRaises(asyncio.CancelledError):
                await task
            client._threads.shutdown(wait=True)

        asyncio.run(asyncio.wait_for(run(), 10))
