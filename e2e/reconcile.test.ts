// The operator's command beside the running local server, which alone has the embedded database: asked through its
// socket. Rows are lost while nothing runs, and come back from the chain without anybody being told again.
import { join } from "node:path";
import { run } from "@qbitflow/cli";
import { openDb } from "@qbitflow/db";
import { QBitFlow } from "@qbitflow/sdk";
import { afterEach, expect, test } from "vitest";
import { ada, customerOf } from "./harness/customer.ts";
import { startReceiver } from "./harness/receiver.ts";
import { startServer, temporaryDataDir, until } from "./harness/server.ts";
import { subscriberOf } from "./harness/subscriber.ts";

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

test("books that lost a payment and a bill are whole again, through the running server", {
  timeout: 120_000,
}, async () => {
  const { path: dataDir, remove } = temporaryDataDir();
  closing.push(remove);
  const receiver = await startReceiver();
  closing.push(() => receiver.close());
  const start = async () => {
    const server = await startServer({ dataDir });
    closing.push(() => server.stop());
    const { testApiKey: apiKey, apiUrl: baseUrl } = server.dev;
    return { server, client: new QBitFlow({ apiKey, baseUrl }) };
  };
  const reconcile = async (...options: string[]) => {
    const { exitCode, output, errorOutput } = await run(["reconcile", ...options], { QBITFLOW_DATA_DIR: dataDir });
    return { exitCode, text: output + errorOutput };
  };

  const { server, client } = await start();
  const order = { productName: "Tea", description: "100 g", price: 12, webhookUrl: receiver.url };
  const payment = await client.oneTimePayments.createSession(order);
  const customer = customerOf(server.dev);
  await customer.identify(payment.uuid, ada);
  await customer.pay(payment.uuid, "ETH");
  const plan = await client.subscriptions.createSession({ ...order, frequency: { value: 1, unit: "months" } });
  await (await subscriberOf(server.dev)).subscribe(plan.uuid);
  const isTold = (uuid: string, times: number) => () =>
    receiver.of(uuid).filter(({ body }) => body.status.status === "completed").length === times;
  await until("both are told", () => isTold(payment.uuid, 1)() && isTold(plan.uuid, 2)());
  const sum = "1 payment, 1 bill and 1 mandate compared";
  const equal = { exitCode: 0, text: `The books and the chain are equal: ${sum}.` };
  expect(await reconcile()).toEqual(equal);

  await server.stop();
  // The local chain runs with its server.
  expect(await reconcile()).toMatchObject({ exitCode: 3, text: expect.stringContaining("start the server") });
  const db = await openDb({ dataDir: join(dataDir, "db") });
  for (const table of ["payment", "bill_attempt", "bill"]) await db.query(`delete from ${table}`);
  await db.close();

  // A chain that was started more than twice from its saved state has another genesis block.
  const between = await start();
  await between.server.stop();
  const again = await start();
  await expect(again.client.oneTimePayments.get(payment.uuid)).rejects.toMatchObject({ status: 404 });
  const found = await reconcile();
  expect(found.exitCode).toBe(1);
  expect(found.text.split("\n").map((line) => line.split(" (")[0])).toEqual([
    "payment is on the chain and not in the books",
    "bill is on the chain and not in the books",
    "session is in the books and not on the chain",
    `3 differences; ${sum}.`,
  ]);
  const told = receiver.received.length;
  const rebuilt = await reconcile("--rebuild");
  expect(rebuilt.text).toContain(`The books and the chain are equal: ${sum}.`);
  expect(rebuilt.exitCode).toBe(0);
  expect(await reconcile()).toEqual(equal);
  expect(await again.client.oneTimePayments.get(payment.uuid)).toMatchObject({ amount: 12, uuid: payment.uuid });
  expect(await again.client.subscriptions.getPaymentHistory(plan.uuid)).toMatchObject([{ amount: 12 }]);
  expect(receiver.received).toHaveLength(told);
});
