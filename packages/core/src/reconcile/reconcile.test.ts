// Books beside a real chain: whatever is lost in them, or altered, is found and brought back, and nobody is told twice.
import {
  type BlockRange,
  ChainUnavailableError,
  checkoutAbi,
  checkoutAddress,
  subscriptionsAddress,
} from "@qbitflow/chains";
import type { TestContext } from "@qbitflow/testkit";
import { encodeFunctionData, type Hex } from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type BillingChain, openBillingChain, webhookUrl } from "../billing/anvil.testing.ts";
import { executeBilling } from "../billing/execute.ts";
import { createSession } from "../checkout-session/index.ts";
import type { Context } from "../context.ts";
import { settleRelayed } from "../mandate-scan/index.ts";
import { offerAuthorisation, offerMaximum, signAuthorisation, signMaximum } from "../portal/index.ts";
import { lockQuote } from "../quote/index.ts";
import { type Difference, type ReconcileStep, reconcileStep } from "./index.ts";

const HOUR_MS = 3_600_000;

let world: BillingChain;
let ctx: TestContext;
let subscriptionUuid: string;
/** The wallet that takes the place of the first. */
const successor = privateKeyToAccount(generatePrivateKey());

beforeAll(async () => {
  world = await openBillingChain();
  ({ ctx } = world);
  await payOnce();
  const options = { subscriptionType: "subscription", frequency: { value: 1, unit: "hours" } };
  subscriptionUuid = await world.subscribe({ price: 10, options });
  await nextHour();
  await billedTimes(2);
}, 120_000);
afterAll(() => world.close());

async function payOnce(): Promise<void> {
  const { chain, merchant, customerUUID } = world;
  const order = { productId: Number(merchant.product.id), customerUUID, webhookUrl };
  const { uuid } = await createSession(ctx, merchant.principal, order);
  const quote = await lockQuote(ctx, { uuid, currencyId: chain.network.nativeCurrency.id });
  const terms = {
    ...{ uuid: `0x${uuid.replaceAll("-", "")}` as Hex, merchant: quote.merchant as Hex, token: quote.token as Hex },
    ...{ amount: quote.amountBase, feeRecipient: quote.feeRecipient as Hex, feeBps: quote.feeBps },
    ...{ organization: quote.organization as Hex, organizationFeeBps: quote.organizationFeeBps },
    deadline: BigInt(Math.floor(quote.expiresAt.getTime() / 1_000)),
  };
  const data = encodeFunctionData({ abi: checkoutAbi, functionName: "payNative", args: [terms] });
  await chain.send({ to: checkoutAddress, data, value: quote.amountBase });
  await chain.mine(2);
  const isCompleted = async () => expect(await countOf("checkout_session", "status = 'completed'")).toBe(1);
  await vi.waitFor(isCompleted, { timeout: 20_000, interval: 50 });
}

const countOf = (table: string, where?: string): Promise<number> => world.count(table, where);

async function nextHour(): Promise<void> {
  await world.jump(HOUR_MS);
  await executeBilling(ctx, world.merchant.principal, subscriptionUuid);
}

/** Through the billing run, the relay and the chain. */
const billedTimes = (times: number) =>
  world.billUntil(async () => (await countOf("bill", "status = 'paid'")) === times);

interface Pass {
  readonly differences: readonly Difference[];
  readonly compared: { payments: number; bills: number; mandates: number };
}

async function compare(rebuild = false, at: Context = ctx): Promise<Pass> {
  const compared = { payments: 0, bills: 0, mandates: 0 };
  const differences: Difference[] = [];
  for (let position: string | null = null; ; ) {
    const step: ReconcileStep = await reconcileStep(at, { position, rebuild });
    for (const name of ["payments", "bills", "mandates"] as const) compared[name] += step[name];
    differences.push(...step.differences);
    if (step.next === null) return { differences, compared };
    position = step.next;
  }
}

const whatOf = ({ differences }: Pass) => differences.map(({ about, what }) => `${about} ${what}`).sort();

/** What must be as it was, to the column: everything that money or a merchant hangs on. */
async function books() {
  const read = (sql: string) => ctx.db.query(sql);
  return {
    sessions: await read("select uuid, status, status_sequence, transaction_hash from checkout_session order by uuid"),
    payments: await read(
      `select session_uuid, quote_id, transaction_hash, log_index, block_hash, payer, merchant, token, currency_id,
         amount_base, fee_base, merchant_received_base, match, pays_session, completed_at is not null as completed
       from payment where orphaned_at is null order by transaction_hash, log_index`,
    ),
    events: await read(
      `select uuid, type, data, transaction_hash, log_index, confirmed_at is not null as confirmed
       from mandate_event where orphaned_at is null order by block_number, log_index`,
    ),
    mandates: await read("select hash, state, maximum_base from mandate order by hash"),
    bills: await read(
      `select b.uuid, b.period_index, b.status, b.amount_micros, a.amount_base, a.transaction_hash, a.mandate_hash
       from bill b left join bill_attempt a on a.bill_uuid = b.uuid and a.state = 'charged' order by b.period_index`,
    ),
    subscriptions: await read("select uuid, status, next_period_index, next_bill_at from subscription"),
    webhooks: await read("select subject_uuid, stream, sequence, body from webhook_delivery order by id"),
  };
}

const BILL_0 = "(select uuid from bill where period_index = 0)";
const FALSE_HASH = `0x${"f".repeat(64)}`;

test("what was written down as it happened is equal to the chain", async () => {
  const pass = await compare();
  expect(pass.differences).toEqual([]);
  expect(pass.compared).toEqual({ payments: 1, bills: 2, mandates: 1 });
});

test.each([
  ["a payment", ["delete from payment"], ["payment missing", "session not_on_chain"]],
  [
    "a payment's amount",
    ["update payment set amount_base = amount_base + 1"],
    ["payment different", "quote different"],
  ],
  ["who got a payment", ["update payment set merchant = payer"], ["payment different", "quote different"]],
  [
    "a bill with its attempts",
    [`delete from bill_attempt where bill_uuid = ${BILL_0}`, "delete from bill where period_index = 0"],
    ["bill missing"],
  ],
  [
    "every attempt",
    ["delete from bill_attempt"],
    ["bill missing", "bill missing", "bill not_on_chain", "bill not_on_chain"],
  ],
  ["a charged amount", ["update bill_attempt set amount_base = amount_base - 1"], ["bill different", "bill different"]],
  ["a bill's amount", ["update bill set amount_micros = amount_micros + 1 where period_index = 1"], ["bill different"]],
  [
    "whose charge it was",
    [`update bill_attempt set transaction_hash = '${FALSE_HASH}' where bill_uuid = ${BILL_0}`],
    ["bill missing", "bill not_on_chain"],
  ],
  ["a mandate's state", ["update mandate set state = 'cancelled', maximum_base = 1"], ["mandate different"]],
  [
    "the chain's own account of the subscription",
    ["delete from mandate_event"],
    ["bill not_on_chain", "bill not_on_chain", "mandate different", ...Array(3).fill("mandate_event missing")],
  ],
  [
    "all of it",
    ["delete from payment", "delete from mandate_event", "delete from bill_attempt", "delete from bill"],
    ["mandate different", ...Array(3).fill("mandate_event missing"), "payment missing", "session not_on_chain"],
  ],
])("%s is lost or altered: found, brought back, and nobody is told again", async (_what, damage, expected) => {
  const before = await books();
  const logged = await countOf("event");
  for (const sql of damage) await ctx.db.query(sql);
  expect(whatOf(await compare())).toEqual([...expected].sort());
  await compare(true);
  expect(whatOf(await compare())).toEqual([]);
  expect(await books()).toEqual(before);
  const types = await ctx.db.query<{ type: string }>("select type from event order by id offset $1", [logged]);
  for (const { type } of types) expect(type).toMatch(/^(payment|mandate|bill)\.restored$/);
  // Once more changes nothing.
  const again = await countOf("event");
  expect(whatOf(await compare(true))).toEqual([]);
  expect(await countOf("event")).toBe(again);
  expect(await books()).toEqual(before);
});

test("without the event log, too, each charge gets its period's bill at its price", async () => {
  const withoutUuid = (rows: object[]) => rows.map((row) => ({ ...row, uuid: null }));
  const before = await books();
  for (const table of ["event", "bill_attempt", "bill"]) await ctx.db.query(`delete from ${table}`);
  await compare(true);
  expect(whatOf(await compare())).toEqual([]);
  const after = await books();
  expect(withoutUuid(after.bills)).toEqual(withoutUuid(before.bills));
  expect({ ...after, bills: null }).toEqual({ ...before, bills: null });
});

test("what the books say was paid and the chain does not show is undone, and really charged then", async () => {
  await nextHour();
  const bill = "(select uuid from bill where status = 'open')";
  const columns = "network, mandate_hash, currency_id, amount_base, execution_fee_base, created_at, settled_at";
  await ctx.db.query(
    `insert into bill_attempt (uuid, bill_uuid, number, state, transaction_hash, ${columns})
     select $1, ${bill}, 1, 'charged', $2, ${columns} from bill_attempt where state = 'charged' limit 1`,
    [ctx.ids.uuid(), FALSE_HASH],
  );
  await ctx.db.query(
    `update bill set status = 'paid', next_attempt_at = null, settled_at = now() where uuid = ${bill}`,
  );
  const own =
    "session_uuid, organization_id, test, network, contract, block_number, block_hash, terms_hash, payer, merchant";
  const rest =
    "token, currency_id, amount_base, fee_base, organization_fee_base, merchant_received_base, mined_at, seen_at";
  await ctx.db.query(
    `insert into payment (${own}, ${rest}, transaction_hash, log_index, match, pays_session)
     select ${own}, ${rest}, $1, 7, 'duplicate', false from payment where orphaned_at is null`,
    [FALSE_HASH],
  );
  const found = ["bill not_on_chain", "payment not_on_chain"];
  expect(whatOf(await compare())).toEqual(found);
  const pass = await compare(true);
  expect(whatOf(pass)).toEqual(found);
  expect(pass.differences.map(({ restored }) => restored)).toEqual([true, true]);
  expect(whatOf(await compare())).toEqual([]);
  expect(await countOf("bill", "status = 'open'")).toBe(1);
  const told = await ctx.db.query("select type from event order by id desc limit 2");
  expect(told).toEqual([{ type: "bill.reverted" }, { type: "payment.reverted" }]);
  await billedTimes(3);
  const pass3 = await compare();
  expect(pass3.differences).toEqual([]);
  expect(pass3.compared.bills).toBe(3);
});

test("what came from a contract that is not configured any more is told, neither missed nor undone", async () => {
  const before = await books();
  const [real] = [...ctx.chains.values()];
  if (!real) throw new Error("There is a chain.");
  // Its payments were of a contract that a newer one replaced.
  const checkoutContracts = [{ version: "2", address: subscriptionsAddress, fromBlock: 0 }];
  const scan = async (range: BlockRange) => ({ ...(await real.scan(range)), transfers: [] });
  const replaced = { ...real, network: { ...real.network, checkoutContracts }, scan };
  const pass = await compare(true, { ...ctx, chains: new Map([[real.network.slug, replaced]]) });
  expect(whatOf(pass)).toEqual(["network different"]);
  expect(pass.differences[0]?.message).toContain(checkoutAddress.toLowerCase());
  expect(await books()).toEqual(before);
});

test("what changes between two looks is neither a difference nor undone", async () => {
  const before = await books();
  /** Between a statement outside of transactions and what is done with its rows. */
  const whenRead = (name: string, change: () => Promise<unknown>): Context => {
    const query: typeof ctx.db.query = async (sql, values, options) => {
      const rows = await ctx.db.query(sql, values, options);
      if (options?.name === name) await change();
      return rows as never;
    };
    return { ...ctx, db: { ...ctx.db, query, transaction: (work) => ctx.db.transaction(work) } };
  };
  const leave = () =>
    ctx.db.transaction(async (tx) => {
      await tx.query("update mandate_event set orphaned_at = now()");
      await tx.query("update mandate set state = 'signed'");
    });
  const mandates = { position: "local mandates ", rebuild: false };
  expect((await reconcileStep(whenRead("find_mandates", leave), mandates)).differences).toEqual([]);
  await ctx.db.query("update mandate set state = 'active'");
  await ctx.db.query("update mandate_event set orphaned_at = now() where type = 'charged'");
  const comeBack = () => ctx.db.query("update mandate_event set orphaned_at = null");
  await reconcileStep(whenRead("reconcile_paid", comeBack), { position: "local bills ", rebuild: true });
  expect(await books()).toEqual(before);
});

test("a mandate that was to take the place of another takes it, though its activation was lost", async () => {
  const { chain } = world;
  const account = successor;
  const currencyId = chain.network.tokens.find(({ permit }) => permit.kind === "eip2612")?.id;
  const request = { currencyId, subscriber: account.address, periods: 12 };
  const { mandateHash, typedData, allowance } = await offerAuthorisation(ctx, { uuid: subscriptionUuid, request });
  if (allowance.way !== "permit") throw new Error("tUSDC has a permit.");
  const sign = (data: object) => account.signTypedData(JSON.parse(JSON.stringify(data)) as never);
  const [signature, permitSignature] = [await sign(typedData), await sign(allowance.typedData)];
  await signAuthorisation(ctx, { uuid: subscriptionUuid, signatures: { mandateHash, signature, permitSignature } });
  const isNew = `mandate_hash = '${mandateHash}'`;
  const comesTo = async (table: string) => {
    await vi.waitFor(async () => expect(await countOf(table, isNew)).toBe(1), { timeout: 20_000, interval: 50 });
  };
  await comesTo("mandate_event");
  await ctx.db.query(`delete from mandate_event where ${isNew}`);
  await chain.mine(5);
  await vi.waitFor(async () => expect(whatOf(await compare())).toEqual(["mandate_event missing"]), { timeout: 20_000 });
  expect(await countOf("subscription", isNew)).toBe(0);
  await compare(true);
  expect(whatOf(await compare())).toEqual([]);
  expect(await countOf("subscription", isNew)).toBe(1);
});

test("what changed a mandate or ended it is lost: it comes back as it stands, and is told to nobody again", async () => {
  const waitFor = async (where: string, count: number) => {
    const step = async () => {
      await world.chain.mine(1);
      await settleRelayed(ctx);
      expect(await countOf("mandate_event", `${where} and confirmed_at is not null`)).toBe(count);
    };
    await vi.waitFor(step, { timeout: 20_000, interval: 50 });
  };
  const change = async (maximumUsd: number, count: number) => {
    const { typedData, ...offer } = await offerMaximum(ctx, { uuid: subscriptionUuid, request: { maximumUsd } });
    const signature = await successor.signTypedData(JSON.parse(JSON.stringify(typedData)) as never);
    await signMaximum(ctx, { uuid: subscriptionUuid, signed: { ...offer, signature } });
    await waitFor("type = 'maximum_changed'", count);
  };
  // The mandate that was replaced is cancelled.
  await waitFor("type = 'cancelled'", 1);
  await change(30, 1);
  await change(20, 2);
  const before = await books();
  const first = "(select min(id) from mandate_event where type = 'maximum_changed')";
  for (const damage of ["type = 'cancelled'", `id = ${first}`, "type = 'maximum_changed'", "type <> 'charged'"]) {
    const logged = await countOf("event");
    await ctx.db.query(`delete from mandate_event where ${damage}`);
    await compare(true);
    expect(whatOf(await compare()), damage).toEqual([]);
    expect(await books(), damage).toEqual(before);
    const told = await ctx.db.query<{ type: string }>("select type from event order by id offset $1", [logged]);
    expect([...new Set(told.map(({ type }) => type))], damage).toEqual(["mandate.restored"]);
  }
});

test("nothing is undone because a node forgot its old logs", async () => {
  const [real] = [...ctx.chains.values()];
  if (!real) throw new Error("There is a chain.");
  const before = await books();
  const scan = async (range: BlockRange) => {
    const found = await real.scan(range);
    return range.from === range.to ? found : { ...found, transfers: [], mandateEvents: [] };
  };
  const at = { ...ctx, chains: new Map([[real.network.slug, { ...real, scan }]]) };
  await expect(compare(true, at)).rejects.toThrow(/left it out of a longer range/);
  expect(await books()).toEqual(before);
});

test("blocks that are too much at once are compared in smaller ranges, each time the command asks again", async () => {
  const [real] = [...ctx.chains.values()];
  if (!real) throw new Error("There is a chain.");
  const scan = async (range: BlockRange) => {
    if (range.to - range.from > 4) throw new ChainUnavailableError("No endpoint could.");
    return real.scan(range);
  };
  const at = { ...ctx, chains: new Map([[real.network.slug, { ...real, scan }]]) };
  // As often as the command does.
  const ask = async (position: string | null): Promise<ReconcileStep> => {
    for (let left = 5; ; left--) {
      try {
        return await reconcileStep(at, { position, rebuild: false });
      } catch (error) {
        if (left === 0) throw error;
      }
    }
  };
  let [payments, position]: [number, string | null] = [0, null];
  do {
    const step = await ask(position);
    payments += step.payments;
    position = step.next;
  } while (position !== null);
  expect(payments).toBe(1);
});

test("a network that is not configured, and a position that nobody gave, are said", async () => {
  await ctx.db.query(
    `insert into chain_cursor (network, scanned_number, scanned_hash, head_number, head_at, updated_at)
     values ('elsewhere', 1, '0x', 1, now(), now())`,
  );
  expect(whatOf(await compare())).toEqual(["network different"]);
  await ctx.db.query("delete from chain_cursor where network = 'elsewhere'");
  for (const position of ["local nothing ", "moon blocks ", "local blocks 1; drop table bill", "- sessions x y"]) {
    await expect(reconcileStep(ctx, { position, rebuild: true })).rejects.toMatchObject({ code: "validation_failed" });
  }
});
