// The code blocks of the guide to session checkouts, word for word, through the Python SDK, against the running server; a
// customer pays each link on the local chain. Then the blocks of the SDK's README. What differs: the ids and the webhook's address that the guide leaves open.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isSessionEvent } from "@qbitflow/sdk";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { customerOf } from "./harness/customer.ts";
import { hasPython, runPython } from "./harness/python.ts";
import { until } from "./harness/server.ts";
import { subscriberOf } from "./harness/subscriber.ts";
import { type System, startSystem } from "./harness/system.ts";

const guide = readFileSync(join(import.meta.dirname, "reference/session-checkouts.md"), "utf8");
const [oneTime = "", subscription = "", payAsYouGo = "", retrieving = "", ...others] = [
  ...guide.matchAll(/^```python\n(.*?)^```$/gms),
].map(([, code = ""]) => code);

interface Created {
  readonly uuid: string;
  readonly link: string;
  readonly expiresAt: number;
}

describe.skipIf(!hasPython())("the guide's Python", () => {
  let system: System;
  let customerUUID: string;
  const paid = { oneTime: "", payAsYouGo: "" };

  beforeAll(async () => {
    system = await startSystem();
    const customer = { name: "Ada", lastName: "Lovelace", email: "ada@example.com" };
    customerUUID = (await system.client.customers.create(customer)).uuid;
  });
  afterAll(() => system?.stop());

  /** Runs a block; answers what it printed and the sessions it made. */
  async function run(
    block: string,
    { sessionUUID = "", meteredUUID = "" } = {},
  ): Promise<{ lines: string[]; created: Created[] }> {
    const { dev } = system.server;
    const printed = await runPython([join(import.meta.dirname, "reference/run_block.py")], {
      input: block
        .replaceAll("customer-uuid", customerUUID)
        .replaceAll("session-uuid", sessionUUID)
        .replaceAll("metered-uuid", meteredUUID)
        .replaceAll("https://your-domain.com/webhook", system.receiver.url),
      env: { QBITFLOW_API_KEY: dev.testApiKey, QBITFLOW_BASE_URL: dev.apiUrl },
    });
    const lines = printed.trim().split("\n");
    const { created } = JSON.parse(lines.pop() ?? "") as { created: Created[] };
    for (const { uuid, link, expiresAt } of created) {
      expect(link).toBe(`${dev.checkoutUrl}/pay/${uuid}`);
      expect(Math.abs(expiresAt - Date.now() / 1000 - 86_400)).toBeLessThan(60);
    }
    return { lines, created };
  }

  /** The webhook that says completed is genuine. */
  async function hearsCompleted(uuid: string): Promise<void> {
    const told = await until(`the webhook of ${uuid} says completed`, () =>
      system.receiver.of(uuid).find(({ body }) => body.status.status === "completed"),
    );
    const event = await system.client.webhooks.verify(told.raw, told.headers, system.server.dev.webhookSecret);
    expect(isSessionEvent(event) && event.session.uuid).toBe(uuid);
  }

  test("has the blocks that are run here", () => {
    expect([oneTime, subscription, payAsYouGo, retrieving].map((block) => block.includes("client."))).not.toContain(
      false,
    );
    expect(others).toEqual([]);
  });

  test("one-time: from a product and custom; both are paid; the session reads as it was made", async () => {
    const { lines, created } = await run(oneTime);
    const [fromProduct, custom] = created;
    if (fromProduct === undefined || custom === undefined) throw new Error("the block makes two sessions");
    expect(lines).toEqual([custom.uuid, custom.link]);
    expect((await run(retrieving, { sessionUUID: custom.uuid })).lines).toEqual(["Custom Product 99.99"]);
    const customer = customerOf(system.server.dev);
    for (const { uuid } of created) {
      await customer.pay(uuid, "tUSDC");
      await hearsCompleted(uuid);
    }
    paid.oneTime = custom.uuid;
    const payment = await system.client.oneTimePayments.get(custom.uuid);
    expect(payment).toMatchObject({ amount: 99.99, name: "Custom Product", customerUUID });
    const product = await system.client.products.get(1);
    expect(await system.client.oneTimePayments.get(fromProduct.uuid)).toMatchObject({
      ...{ amount: product.price, productId: 1, customerUUID },
    });
  });

  test("subscription: a month, seven days of trial, three periods at least; the customer subscribes", async () => {
    const { lines, created } = await run(subscription);
    const uuid = created[0]?.uuid ?? "";
    expect(lines).toEqual([created[0]?.link]);
    const wallet = await subscriberOf(system.server.dev);
    await wallet.authorise(uuid);
    await hearsCompleted(uuid);
    const read = await system.client.subscriptions.get(uuid);
    expect(read).toMatchObject({ status: "trial", frequency: 2_592_000, productId: 1, customerUUID });
    const { options } = await system.client.subscriptions.getSession(uuid, { closeToExpireError: false });
    expect(options).toMatchObject({ trialPeriod: 7 * 86_400, minPeriods: 3 });
  });

  test("pay-as-you-go: a month, 100 dollars of free credits; the customer subscribes", async () => {
    const { lines, created } = await run(payAsYouGo);
    const uuid = created[0]?.uuid ?? "";
    expect(lines).toEqual([created[0]?.link]);
    const wallet = await subscriberOf(system.server.dev);
    await wallet.authorise(uuid, { maxSpendingPerPeriod: 50 });
    await hearsCompleted(uuid);
    const read = await system.client.payAsYouGo.get(uuid);
    expect(read).toMatchObject({ status: "active", freeCredits: 100, maxSpendingPerPeriod: 50, customerUUID });
    paid.payAsYouGo = uuid;
  });

  test("the blocks of the SDK's README run too", async () => {
    const readme = readFileSync(join(import.meta.dirname, "../sdks/python/README.md"), "utf8");
    const blocks = [...readme.matchAll(/^```python\n(.*?)^```$/gms)].map(([, code = ""]) => code);
    expect(blocks).toHaveLength(8);
    const ids = { sessionUUID: paid.oneTime, meteredUUID: paid.payAsYouGo };
    const { lines } = await run(blocks.join("\n"), ids);
    expect(lines).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^active 3 20/),
        "completed",
        "completed None",
        `${paid.oneTime} 99.99`,
      ]),
    );
  });
});
