import type { TestCustomer } from "@qbitflow/chains/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadMandates } from "../mandate/index.ts";
import {
  forceCancel,
  fundsMayHaveCome,
  stopByCustomer,
  subscriptionResource,
  subscriptionView,
} from "../subscription/index.ts";
import { increaseUnits } from "../usage/index.ts";
import {
  offerAllowance,
  offerAuthorisation,
  offerMaximum,
  signAllowance,
  signAuthorisation,
  signMaximum,
} from "./index.ts";
import { metered, monthly, type PortalWorld, startPortalWorld } from "./portal-world.testing.ts";

let world: PortalWorld;
beforeAll(async () => {
  world = await startPortalWorld();
});
afterAll(() => world.stop());

const DAY_MS = 86_400_000;
const inDays = (days: number) => new Date(world.clock.now().getTime() + days * DAY_MS);
/** What a refusal says, or that there was none. */
const codeOf = (asked: Promise<unknown>): Promise<string> => asked.then(() => "taken").catch((error) => error.code);
const state = (uuid: string) => world.state(uuid);

async function signedMaximum(uuid: string, who: TestCustomer, maximumUsd: number) {
  const { maximumBase, nonce, deadline, typedData } = await offerMaximum(world.ctx, { uuid, request: { maximumUsd } });
  return { maximumBase, nonce, deadline, signature: await world.sign(who, typedData) };
}
const setMaximum = async (uuid: string, who: TestCustomer, maximumUsd: number) =>
  signMaximum(world.ctx, { uuid, signed: await signedMaximum(uuid, who, maximumUsd) });

async function permitOffered(uuid: string, periods: number | null) {
  const { allowance } = await offerAllowance(world.ctx, { uuid, request: { periods } });
  if (allowance.way !== "permit") throw new Error(`It is given by ${allowance.way}.`);
  return allowance.typedData;
}
async function setAllowance(uuid: string, who: TestCustomer, periods: number | null): Promise<void> {
  const typedData = await permitOffered(uuid, periods);
  await signAllowance(world.ctx, { uuid, signed: { periods, typedData, signature: await world.sign(who, typedData) } });
}

async function authorise(uuid: string, who: TestCustomer, asked: object): Promise<string> {
  const request = { currencyId: world.usdcId, subscriber: who.address, ...asked };
  const offer = await offerAuthorisation(world.ctx, { uuid, request });
  await signAuthorisation(world.ctx, { uuid, signatures: await world.signaturesOf(who, offer) });
  return offer.mandateHash;
}

const calls = (uuid: string, purpose: string) =>
  world.ctx.db.query<{ state: string }>("select state from relay_call where subject_uuid = $1 and purpose = $2", [
    uuid,
    purpose,
  ]);

describe("what is shown", () => {
  it("is what is paid, by what, and what comes next; nothing of who pays", async () => {
    const who = await world.customer();
    const uuid = await world.subscribe(who, { ...monthly, minPeriods: 2 });
    const shown = await state(uuid);
    expect(shown).toMatchObject({
      uuid,
      mode: "test",
      productName: "Plan",
      kind: "subscription",
      price: 10,
      frequency: { value: 1, unit: "months" },
      status: "active",
      stopped: false,
      nextBill: { amountUsd: 10, amount: "10", symbol: "tUSDC" },
      canCancel: false,
      underWay: [],
      mandate: {
        status: "active",
        subscriber: who.address,
        cap: "10.5",
        capUsd: 10.5,
        allowance: "21.5",
        balance: "990",
        coveredPeriods: 2,
        currency: { symbol: "tUSDC" },
        network: { slug: world.slug },
      },
      bills: [{ status: "paid", amountUsd: 10, amount: "10", executionFee: "0", symbol: "tUSDC", rate: "1" }],
    });
    expect(shown.bills[0]?.transactionHash).toMatch(/^0x[0-9a-f]{64}$/);
    expect(shown.currencies.map(({ currency }) => currency.symbol)).toContain("tDAI");
    expect(shown).not.toHaveProperty("endsAt");
    // The merchant is told what may still be taken as well, also before anybody looked at the wallet for billing.
    const unseen = { ...(await subscriptionView(world.ctx, uuid)), allowanceBase: null };
    expect(await subscriptionResource(world.ctx, unseen)).toMatchObject({ allowance: 21.5 });
    expect(JSON.stringify(shown)).not.toMatch(/mail\.example/);
    // The terms as they were signed: the page and the exit page hold them against what they show.
    const mandate = (await loadMandates(world.ctx, [{ network: world.slug, hash: shown.mandate?.mandateHash as "0x" }]))
      .values()
      .next().value;
    if (!mandate) throw new Error("no mandate");
    expect(shown.mandate?.terms).toEqual(world.mandates.toSign(mandate.terms).message);
  });

  it("is usage, what of it is free, and the most it may cost", async () => {
    const who = await world.customer();
    const uuid = await world.subscribe(who, { ...metered, freeCredits: 5 }, { maxSpendingPerPeriod: 40, periods: 2 });
    const used = { subscriptionUUID: uuid, increaseByAmount: 1.25 };
    await increaseUnits(world.ctx, world.merchant.principal, used);
    expect(await state(uuid)).toMatchObject({
      status: "active",
      nextBill: { amountUsd: 7.5, amount: "7.5" },
      usage: { units: 1.25, amountUsd: 7.5, freeCredits: 5, carriedUsd: 0, maxSpendingPerPeriod: 40 },
      mandate: { cap: "42", allowance: "84", coveredPeriods: 2 },
      bills: [],
      canCancel: true,
    });
    await stopByCustomer(world.ctx, uuid);
    const stopped = await state(uuid);
    expect(stopped).toMatchObject({ stopped: true, canCancel: false, endsAt: stopped.nextBillAt });
  });
});

describe("the maximum", () => {
  it("is raised when the token fell by 40 %: the bill that waited is paid, and allowance tops up the next", async () => {
    const who = await world.customer();
    const uuid = await world.subscribe(who);
    world.setPrice("USDC", 60n);
    await world.travelTo((await state(uuid)).nextBillAt ?? "");
    await world.becomes(uuid, { status: "pending", reason: "cap_exceeded", bills: [{ status: "open" }, {}] });
    const waiting = await state(uuid);
    expect(waiting.bills[0]?.failure).toMatchObject({ code: "cap_exceeded" });
    expect(waiting.nextBill).toMatchObject({ amountUsd: 10, amount: "16.666667" });
    await setMaximum(uuid, who, 12);
    expect((await state(uuid)).underWay).toMatchObject([{ type: "updateMaxAmount" }]);
    // 12 USD are 20 tokens, with 5 % of head-room.
    await world.becomes(uuid, {
      underWay: [],
      mandate: { cap: "21" },
      bills: [{ status: "paid", amount: "16.666667" }, {}],
    });
    expect(await world.balanceOf(who.address)).toBe(1_000_000_000n - 10_000_000n - 16_666_667n);
    await world.becomes(uuid, { status: "low_on_funds", mandate: { allowance: "4.833333", coveredPeriods: 0 } });
    await setAllowance(uuid, who, 3);
    await world.becomes(uuid, { status: "active", underWay: [], mandate: { allowance: "63", coveredPeriods: 3 } });
    world.setPrice("USDC", 100n);
  });

  it("is changed once, however often it is signed: by one page, by two, and with what was signed before", async () => {
    const who = await world.customer();
    const uuid = await world.subscribe(who);
    const [twenty, thirty] = [await signedMaximum(uuid, who, 20), await signedMaximum(uuid, who, 30)];
    const both = [twenty, thirty, twenty].map((signed) => codeOf(signMaximum(world.ctx, { uuid, signed })));
    const [first, second, again] = await Promise.all(both);
    expect([first, second].sort()).toEqual(["conflict", "taken"]);
    expect(again).toBe(first);
    expect(await calls(uuid, "change")).toHaveLength(1);
    const [won, lost] = first === "taken" ? [twenty, thirty] : [thirty, twenty];
    await world.becomes(uuid, { underWay: [], mandate: { cap: won === twenty ? "21" : "31.5" } });
    expect(await codeOf(signMaximum(world.ctx, { uuid, signed: lost }))).toBe("offer_expired");
    expect(await codeOf(signMaximum(world.ctx, { uuid, signed: won }))).toBe("taken");
    expect(await calls(uuid, "change")).toHaveLength(1);
  });

  it("is refused with another wallet's signature, other terms, of another subscription, or too late", async () => {
    const [who, stranger] = [await world.customer(), await world.customer()];
    const [uuid, other] = [await world.subscribe(who), await world.subscribe(who)];
    const good = await signedMaximum(uuid, who, 20);
    const sign = (change: object, at = uuid) =>
      codeOf(signMaximum(world.ctx, { uuid: at, signed: { ...good, ...change } }));
    const forged = (await signedMaximum(uuid, stranger, 20)).signature;
    expect(await sign({ signature: forged })).toBe("signature_invalid");
    expect(await sign({ signature: "0x" })).toBe("signature_invalid");
    expect(await sign({ nonce: "1" })).toBe("signature_invalid");
    expect(await sign({ deadline: good.deadline - 1 })).toBe("signature_invalid");
    expect(await sign({ maximumBase: "21000001" })).toBe("offer_expired");
    expect(await sign({ maximumBase: "9".repeat(78) })).toBe("offer_expired");
    expect(await sign({ nonce: "9".repeat(78) })).toBe("offer_expired");
    expect(await sign({ deadline: good.deadline + 86_400 })).toBe("offer_expired");
    await signedMaximum(other, who, 20);
    expect(await sign({}, other)).toBe("signature_invalid");
    const now = world.clock.now();
    world.clock.advance(15 * 60_000);
    expect(await sign({})).toBe("offer_expired");
    world.clock.set(now);
    expect(await calls(uuid, "change")).toEqual([]);
  });

  it("is the most that usage may cost from then on, as it was asked in USD", async () => {
    const who = await world.customer();
    const uuid = await world.subscribe(who, metered, { maxSpendingPerPeriod: 10, periods: 12 });
    const add = (increaseByAmount: number) =>
      increaseUnits(world.ctx, world.merchant.principal, { subscriptionUUID: uuid, increaseByAmount });
    expect((await add(0.9)).capReached).toBe(false);
    expect((await subscriptionView(world.ctx, uuid)).usageToldPercent).toBe(80);
    await setMaximum(uuid, who, 50);
    await world.becomes(uuid, { underWay: [], usage: { maxSpendingPerPeriod: 50 }, mandate: { cap: "52.5" } });
    expect((await add(2)).capReached).toBe(false);
    expect((await subscriptionView(world.ctx, uuid)).usageToldPercent).toBe(0);
    await setMaximum(uuid, who, 29);
    await world.becomes(uuid, { underWay: [], usage: { maxSpendingPerPeriod: 29 }, nextBill: { amountUsd: 29 } });
    expect((await add(0.1)).capReached).toBe(true);
  });

  it("is again what it was when a reorganisation takes the change, until the chain shows it anew", async () => {
    const who = await world.customer();
    const uuid = await world.subscribe(who, metered, { maxSpendingPerPeriod: 10, periods: 12 });
    await setMaximum(uuid, who, 50);
    await world.becomes(uuid, { underWay: [], usage: { maxSpendingPerPeriod: 50 } });
    await world.reorganise(3);
    const changes = () =>
      world.ctx.db.query<{ data: { maximumBase: string } }>(
        "select data from event where subject_uuid = $1 and type = 'subscription.maximum_changed' order by id",
        [uuid],
      );
    await world.until(async () => expect(await changes()).toHaveLength(3));
    const told = (await changes()).map(({ data }) => data.maximumBase);
    expect(told).toEqual(["52500000", "10500000", "52500000"]);
    await world.becomes(uuid, { underWay: [], usage: { maxSpendingPerPeriod: 50 }, mandate: { cap: "52.5" } });
  });

  it("is changed at most 20 times a day: each costs the seller's gas", async () => {
    const who = await world.customer();
    const uuid = await world.subscribe(who);
    await world.ctx.db.query(
      `insert into relay_call (uuid, network, purpose, subject_uuid, to_address, data, value_base, state, created_at, settled_at)
       select gen_random_uuid(), $2, 'change', $1, '0x', '0x', 0, 'refused', $3, $3 from generate_series(1, 20)`,
      [uuid, world.slug, world.clock.now()],
    );
    expect((await state(uuid)).underWay).toMatchObject([{ type: "updateMaxAmount", status: "failed" }]);
    expect(await codeOf(setMaximum(uuid, who, 20))).toBe("rate_limited");
    await world.travelTo(inDays(1.001));
    expect((await state(uuid)).underWay).toEqual([]);
    expect(await codeOf(setMaximum(uuid, who, 20))).toBe("taken");
  });
});

describe("the allowance", () => {
  it("is given by the permit that was offered, word for word, and by no other", async () => {
    const [who, stranger] = [await world.customer(), await world.customer()];
    const uuid = await world.subscribe(who);
    const typedData = await permitOffered(uuid, 6);
    const wallet = (message: object, by = who) =>
      world.sign(by, { ...typedData, message: { ...typedData.message, ...message } });
    const sign = async (message: object, by = who, change: object = {}) => {
      const signature = await wallet(message, by);
      const given = { ...typedData, message: { ...typedData.message, ...message } };
      return codeOf(signAllowance(world.ctx, { uuid, signed: { periods: 6, typedData: given, signature, ...change } }));
    };
    expect(await sign({ value: "999999999" })).toBe("offer_expired");
    expect(await sign({ spender: stranger.address })).toBe("offer_expired");
    expect(await sign({ owner: stranger.address }, stranger)).toBe("offer_expired");
    expect(await sign({ nonce: "7" })).toBe("offer_expired");
    expect(await sign({ deadline: "99999999999" })).toBe("offer_expired");
    expect(await sign({ deadline: "0" })).toBe("offer_expired");
    // What is no deadline at all, nor even anything that could be written out as one.
    const odd = { ...typedData, message: { ...typedData.message, deadline: { toString: 1, valueOf: 1 } } };
    expect(await sign({}, who, { typedData: odd })).toBe("offer_expired");
    expect(await sign({}, who, { periods: 12 })).toBe("offer_expired");
    expect(await sign({}, stranger)).toBe("signature_invalid");
    // The signature is of other terms than those that are sent along.
    const other = await wallet({ value: "999999999" });
    expect(await sign({}, who, { signature: other })).toBe("signature_invalid");
    for (const signature of ["0x", "0x1", `0x${"00".repeat(65)}`, `0x${"ff".repeat(65)}`, `0x${"ff".repeat(200)}`]) {
      expect(await sign({}, who, { signature })).toBe("signature_invalid");
    }
    expect(await calls(uuid, "permit")).toEqual([]);
    expect(await sign({})).toBe("taken");
    expect(await sign({})).toBe("taken");
    expect(await calls(uuid, "permit")).toHaveLength(1);
    await world.becomes(uuid, { underWay: [], mandate: { allowance: "63" } });
    expect(await sign({})).toBe("taken");
    expect(await calls(uuid, "permit")).toHaveLength(1);
  });

  it("that arrives pays the bill that failed for it; taken back it is nothing, also when all is over", async () => {
    const who = await world.customer();
    const uuid = await world.subscribe(who, monthly, { periods: 1 });
    await world.becomes(uuid, { status: "low_on_funds", mandate: { allowance: "0.5" } });
    await world.travelTo((await state(uuid)).nextBillAt ?? "");
    await world.becomes(uuid, { status: "past_due", reason: "insufficient_allowance" });
    await setAllowance(uuid, who, null);
    await world.becomes(uuid, { status: "active", mandate: { coveredPeriods: 98 }, bills: [{ status: "paid" }, {}] });
    expect((await offerAllowance(world.ctx, { uuid, request: {} })).allowance).toEqual({ way: "none" });
    await forceCancel(world.ctx, world.merchant.principal, uuid);
    expect(await codeOf(offerAllowance(world.ctx, { uuid, request: { periods: 3 } }))).toBe("subscription_cancelled");
    expect(await codeOf(offerMaximum(world.ctx, { uuid, request: { maximumUsd: 20 } }))).toBe("subscription_cancelled");
    expect(await codeOf(authorise(uuid, who, {}))).toBe("subscription_cancelled");
    await setAllowance(uuid, who, 0);
    await world.becomes(uuid, { status: "cancelled", underWay: [], mandate: { status: "cancelled", allowance: "0" } });
    expect(await state(uuid)).not.toHaveProperty("nextBillAt");
  });

  it("of a token without permits is the wallet's to approve, and is looked for at once", async () => {
    const who = await world.customer();
    const uuid = await world.subscribe(who, monthly, { periods: 1 });
    const usdt = { currencyId: world.usdtId, subscriber: who.address, periods: 2 };
    const offer = await offerAuthorisation(world.ctx, { uuid, request: usdt });
    expect(offer.allowance).toMatchObject({ way: "approve", amountBase: "21000000", resetFirst: false });
    const signatures = await world.signaturesOf(who, offer);
    expect(await codeOf(signAuthorisation(world.ctx, { uuid, signatures }))).toBe("insufficient_allowance");
    await world.becomes(uuid, { status: "low_on_funds" });
    await setAllowance(uuid, who, 12);
    await world.until(async () => expect(await calls(uuid, "permit")).toMatchObject([{ state: "mined" }]));
    await fundsMayHaveCome(world.ctx, uuid);
    await world.becomes(uuid, { status: "active", mandate: { allowance: "126" } });
  });
});

describe("another mandate", () => {
  it("is sent no more after ten failed in blocks within a day: each cost the seller's gas", async () => {
    const [uuid, who] = [await world.tryFirst(7), await world.customer()];
    await world.ctx.db.query(
      `insert into relay_call (uuid, network, purpose, subject_uuid, to_address, data, value_base, state, created_at, settled_at)
       select gen_random_uuid(), $2, 'activation', $1, '0x', '0x', 0, 'reverted', $3, $3 from generate_series(1, 10)`,
      [uuid, world.slug, world.clock.now()],
    );
    expect(await codeOf(authorise(uuid, who, { periods: 3 }))).toBe("rate_limited");
    await world.travelTo(inDays(1.001));
    expect(await codeOf(authorise(uuid, who, { periods: 3 }))).toBe("taken");
  });

  it("after a trial that nobody authorised takes the first charge at once; another one's offer is none", async () => {
    const who = await world.customer();
    const [uuid, other] = [await world.tryFirst(7), await world.tryFirst(7)];
    expect(await state(uuid)).toMatchObject({ status: "trial", canCancel: true, underWay: [] });
    await world.travelTo(inDays(7));
    await world.becomes(uuid, { status: "trial_expired" });
    expect(await state(uuid)).not.toHaveProperty("mandate");
    const offer = await offerAuthorisation(world.ctx, {
      uuid,
      request: { currencyId: world.usdcId, subscriber: who.address, periods: 3 },
    });
    expect(offer.firstCharge).toBeUndefined();
    const signatures = await world.signaturesOf(who, offer);
    expect(await codeOf(signAuthorisation(world.ctx, { uuid: other, signatures }))).toBe("not_found");
    // Nothing but the customer's signature moves: the test clock stands still.
    await signAuthorisation(world.ctx, { uuid, signatures });
    await signAuthorisation(world.ctx, { uuid, signatures });
    expect((await state(uuid)).underWay).toMatchObject([{ type: "createSubscription" }]);
    await world.becomes(uuid, { status: "active", underWay: [], bills: [{ status: "paid", amount: "10" }] });
    expect(await world.balanceOf(who.address)).toBe(990_000_000n);
  });

  it("in a trial is charged when the trial ends", async () => {
    const who = await world.customer();
    const uuid = await world.tryFirst(3);
    await authorise(uuid, who, { periods: null });
    const { trialEndsAt } = await state(uuid);
    await world.becomes(uuid, {
      status: "trial",
      underWay: [],
      nextBillAt: trialEndsAt,
      bills: [],
      nextBill: { amountUsd: 10 },
    });
    await world.travelTo(trialEndsAt ?? "");
    await world.becomes(uuid, { status: "active", bills: [{ status: "paid" }] });
  });

  it("that was offered for a bill is none once that bill is paid", async () => {
    const [poor, rich] = [await world.customer(15n), await world.customer()];
    const uuid = await world.subscribe(poor);
    await world.travelTo((await state(uuid)).nextBillAt ?? "");
    await world.becomes(uuid, { status: "past_due" });
    const request = { currencyId: world.usdcId, subscriber: rich.address, periods: 3 };
    const offer = await offerAuthorisation(world.ctx, { uuid, request });
    expect((await offerAuthorisation(world.ctx, { uuid, request })).mandateHash).toBe(offer.mandateHash);
    await world.mint(poor.address, 100_000_000n);
    await fundsMayHaveCome(world.ctx, uuid);
    await world.becomes(uuid, { status: "active" });
    const signatures = await world.signaturesOf(rich, offer);
    expect(await codeOf(signAuthorisation(world.ctx, { uuid, signatures }))).toBe("offer_expired");
    const anew = await offerAuthorisation(world.ctx, { uuid, request });
    expect(new Date(anew.firstChargeAt * 1_000).toISOString()).toBe(
      new Date((await state(uuid)).nextBillAt ?? "").toISOString(),
    );
  });

  it("of another wallet while a bill waits pays that bill, once; the one before is cancelled on chain", async () => {
    const [poor, rich] = [await world.customer(15n), await world.customer()];
    const uuid = await world.subscribe(poor);
    const before = (await state(uuid)).mandate?.mandateHash as "0x";
    const due = (await state(uuid)).nextBillAt ?? "";
    await world.travelTo(due);
    await world.becomes(uuid, { status: "past_due", reason: "insufficient_balance" });
    const waiting = (await state(uuid)).bills[0];
    const after = await authorise(uuid, rich, { periods: 12 });
    await world.becomes(uuid, {
      status: "active",
      underWay: [],
      mandate: { mandateHash: after, subscriber: rich.address },
      bills: [{ uuid: waiting?.uuid, status: "paid", amount: "10" }, {}],
    });
    expect(await world.balanceOf(rich.address)).toBe(990_000_000n);
    expect(await world.balanceOf(poor.address)).toBe(5_000_000n);
    await world.until(async () => {
      const [old, present] = await world.mandates.states([before, after as "0x"]);
      expect([old?.status, present?.status, present?.nextPeriodIndex]).toEqual(["cancelled", "active", 1]);
    });
    // The next period is the new mandate's second.
    await world.travelTo((await state(uuid)).nextBillAt ?? "");
    await world.becomes(uuid, {
      status: "active",
      bills: [{ status: "paid" }, { status: "paid" }, { status: "paid" }],
    });
    expect(await world.balanceOf(rich.address)).toBe(980_000_000n);
  });
});
