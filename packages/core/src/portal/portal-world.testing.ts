import type { MandateOffer, PortalState, TypedData } from "@qbitflow/api";
import { createAdapter, type Hex } from "@qbitflow/chains";
import { startMandateChain, type TestCustomer, testCustomer } from "@qbitflow/chains/testing";
import { createFixedRates, type Rates } from "@qbitflow/rates";
import {
  type DbKind,
  fakeClock,
  type SeededMerchant,
  seedMerchant,
  type TestContext,
  testContext,
} from "@qbitflow/testkit";
import { erc20Abi, toHex } from "viem";
import { expect, vi } from "vitest";
import { runBilling } from "../billing/index.ts";
import { watchChain } from "../chain-scan/index.ts";
import { authoriseLater, offerCheckoutMandate, signCheckoutMandate } from "../checkout-page/index.ts";
import { createSession } from "../checkout-session/index.ts";
import { createCustomer } from "../customer/index.ts";
import { runSettling } from "../mandate-scan/index.ts";
import { runSender } from "../relay/index.ts";
import { portalState } from "./index.ts";

const UNIT = 1_000_000n;
export const monthly = { subscriptionType: "subscription", frequency: { value: 1, unit: "months" } };
export const metered = { ...monthly, subscriptionType: "payAsYouGo" };

export type PortalWorld = Awaited<ReturnType<typeof startPortalWorld>>;

/** A real chain with everything that works on it: watcher, sender, settling, billing. Prices are the test's to move. */
export async function startPortalWorld({ kind }: { kind?: DbKind } = {}) {
  const chain = await startMandateChain({ confirmations: 2, blockTimeMs: 100 });
  const { network } = chain;
  const { slug } = network;
  const token = (permit: string) => network.tokens.find((one) => one.permit.kind === permit && one.symbol !== "tUSDT");
  const usdc = token("eip2612");
  const usdt = network.tokens.find(({ permit }) => permit.kind === "none");
  if (!usdc || !usdt) throw new Error("The local chain has a token with a permit and one without.");
  const senderKey = toHex(chain.executorAccount.getHdKey().privateKey as Uint8Array);
  const adapter = createAdapter({ network, rpcUrls: [chain.rpcUrl], pollMs: 20, senderKey });
  const clock = fakeClock(new Date((await chain.now()) * 1_000));
  const fixed = createFixedRates(clock);
  const percent = new Map<string, bigint>();
  const rates: Rates = {
    fixed: true,
    async rate(symbol) {
      const rate = await fixed.rate(symbol);
      return { ...rate, usdPerTokenE18: (rate.usdPerTokenE18 * (percent.get(symbol) ?? 100n)) / 100n };
    },
  };
  const ctx: TestContext = await testContext({ chains: [adapter], clock, rates, ...(kind && { kind }) });
  const merchant: SeededMerchant = await seedMerchant(ctx);
  const ending = new AbortController();
  const { signal } = ending;
  const running = [
    watchChain(ctx, slug, { signal, pollMs: 20 }),
    runSender(ctx, { network: slug, signal, pollMs: 50 }),
    runSettling(ctx, { signal }),
    runBilling(ctx, { signal }),
  ];

  async function customer(units = 1_000n): Promise<TestCustomer> {
    const one = testCustomer();
    await chain.mint(one.address, units * UNIT, usdc?.address);
    return one;
  }

  async function openSession(options: object, change: object = {}): Promise<string> {
    const email = `${ctx.ids.uuid()}@mail.example`;
    const { uuid: customerUUID } = await createCustomer(ctx, merchant.principal, { name: "C", lastName: "D", email });
    const session = { productName: "Plan", description: "", price: 10, customerUUID, options, ...change };
    const { uuid } = await createSession(ctx, merchant.principal, {
      ...session,
      webhookUrl: "http://127.0.0.1:9/hook",
    });
    return uuid;
  }

  const sign = (who: TestCustomer, typedData: TypedData): Promise<Hex> =>
    who.sign(JSON.parse(JSON.stringify(typedData)));

  async function signaturesOf(who: TestCustomer, offer: MandateOffer) {
    const { allowance } = offer;
    return {
      mandateHash: offer.mandateHash,
      signature: await sign(who, offer.typedData),
      ...(allowance.way === "permit" && { permitSignature: await sign(who, allowance.typedData) }),
    };
  }

  /** Mines, as a chain would, until it is so. */
  async function until(check: () => Promise<void>): Promise<void> {
    await vi.waitFor(
      async () => {
        try {
          await check();
        } catch (error) {
          await chain.mine(1);
          throw error;
        }
      },
      { timeout: 25_000, interval: 100 },
    );
  }

  const becomes = (uuid: string, state: object): Promise<void> =>
    until(async () => expect(await portalState(ctx, uuid)).toMatchObject(state));

  /** Time passes for us and for the chain; in test mode bills come by the test clock. */
  async function travelTo(at: Date | string): Promise<void> {
    const to = new Date(at);
    await chain.travelTo(Math.floor(to.getTime() / 1_000));
    clock.set(to);
    clock.billUntil(to);
    await chain.mine(1);
    await ctx.db.query("select pg_notify('clock_moved', '')");
  }

  return {
    ...chain,
    ctx,
    clock,
    merchant,
    slug,
    usdcId: usdc.id,
    usdtId: usdt.id,
    usdc,
    usdt,
    customer,
    openSession,
    sign,
    signaturesOf,
    until,
    becomes,
    travelTo,
    state: (uuid: string): Promise<PortalState> => portalState(ctx, uuid),
    /** The price is so many percent of what it was at first. */
    setPrice: (symbol: string, to: bigint) => percent.set(symbol, to),
    /** A subscription that its customer authorised in the checkout; fixed ones have paid their first bill. */
    async subscribe(who: TestCustomer, options: object = monthly, asked: object = {}): Promise<string> {
      const uuid = await openSession(options);
      const request = { currencyId: usdc.id, subscriber: who.address, periods: 3, ...asked };
      const offer = await offerCheckoutMandate(ctx, { uuid, request });
      await signCheckoutMandate(ctx, { uuid, signatures: await signaturesOf(who, offer) });
      await until(async () => expect(await portalState(ctx, uuid)).toMatchObject({ underWay: [] }));
      return uuid;
    },
    /** A trial that began without a signature. */
    async tryFirst(days: number, options: object = monthly): Promise<string> {
      const uuid = await openSession({ ...options, trialPeriod: { value: days, unit: "days" } });
      await authoriseLater(ctx, uuid);
      return uuid;
    },
    balanceOf: (owner: string) =>
      chain.publicClient.readContract({
        abi: erc20Abi,
        address: usdc.address as Hex,
        functionName: "balanceOf",
        args: [owner as Hex],
      }),
    async stop(): Promise<void> {
      ending.abort();
      await Promise.all(running);
      await adapter.close();
      await ctx.close();
      await chain.stop();
    },
  };
}
