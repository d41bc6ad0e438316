import { domainSeparator, size } from "viem";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Mandate, Period } from "../../mandate.ts";
import { periodIndexAt, periodStart } from "../../period.ts";
import { subscriptionsAbi } from "../generated/subscriptions.ts";
import { type MandateTestChain, startMandateChain } from "./mandate-chain.testing.ts";
import { headOf, mandateHash, mandateTypedData, planHash, planOf } from "./typed-data.ts";

let chain: MandateTestChain;
beforeAll(async () => {
  chain = await startMandateChain();
});
afterAll(() => chain.stop());

const contract = () => ({ address: chain.mandates.contract as `0x${string}`, abi: subscriptionsAbi }) as const;
const abiMandate = (given: Mandate) => ({ ...headOf(given), plan: planOf(given) });
const good = (change: Partial<Mandate> = {}) => chain.mandate({ subscriber: chain.account.address, ...change });

/** Repeatable numbers below `limit`. */
function numbers(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * limit);
  };
}

describe("the contract", () => {
  it.each<Partial<Mandate>>([
    {},
    { kind: "payAsYouGo", period: { unit: "seconds", length: 2 ** 32 - 1 }, endsAt: 2 ** 40 },
    { maxPerPeriodBase: 2n ** 256n - 1n, priceMicros: 0n, nonce: 2n ** 256n - 1n, maxFeeBps: 65_535 },
    { uuid: "ffffffff-ffff-ffff-ffff-ffffffffffff" },
  ])("hashes mandate and plan %# as we do", async (change) => {
    const given = good(change);
    const { publicClient } = chain;
    const args = [abiMandate(given)] as const;
    expect(await publicClient.readContract({ ...contract(), functionName: "hashMandate", args })).toBe(
      mandateHash(given),
    );
    const plan = [planOf(given)] as const;
    expect(await publicClient.readContract({ ...contract(), functionName: "hashPlan", args: plan })).toBe(
      planHash(given),
    );
  });

  it("has the domain that is signed for", async () => {
    const { domain } = mandateTypedData(good(), { chainId: chain.network.chainId, contract: chain.mandates.contract });
    expect(await chain.publicClient.readContract({ ...contract(), functionName: "DOMAIN_SEPARATOR" })).toBe(
      domainSeparator({ domain: domain as never }),
    );
  });

  /** Random, and those where calendars go wrong. */
  function cases(): { anchor: number; period: Period; k: number }[] {
    const below = numbers(5);
    const seconds = (date: string) => Date.parse(date) / 1000;
    const ends = ["2027-01-31", "2028-01-31", "2028-02-29", "2099-12-31", "2100-01-30", "2096-02-29", "1970-01-01"];
    const named = ends.flatMap((date) =>
      [1, 2, 3, 12, 48].map((length) => ({
        anchor: seconds(`${date}T23:59:59Z`),
        period: { unit: "months", length: Math.min(length, 120) } as const,
        k: below(14),
      })),
    );
    const random = Array.from({ length: 300 }, (_, index) => {
      const unit = index % 4 === 0 ? "seconds" : "months";
      const length = 1 + below(unit === "months" ? 120 : 100_000_000);
      return { anchor: below(6_000_000_000), period: { unit, length } as const, k: below(30) };
    });
    return [...named, ...random];
  }

  it("counts periods as we do", async () => {
    const all = cases();
    const told = await Promise.all(
      all.map(async ({ anchor, period, k }) => {
        const mandate = abiMandate(good({ firstChargeAt: anchor, period }));
        const start = periodStart(anchor, period, k);
        const periodAt = (at: number) =>
          chain.publicClient.readContract({ ...contract(), functionName: "periodAt", args: [mandate, BigInt(at)] });
        const args = [mandate, BigInt(k)] as const;
        const [begins, at, before] = await Promise.all([
          chain.publicClient.readContract({ ...contract(), functionName: "periodStart", args }),
          periodAt(start),
          periodAt(Math.max(0, start - 1)),
        ]);
        const indexOf = ([begun, period]: readonly [boolean, bigint]) => (begun ? Number(period) : -1);
        return { start: Number(begins), at: indexOf(at), before: indexOf(before) };
      }),
    );
    expect(told).toEqual(
      all.map(({ anchor, period, k }) => {
        const start = periodStart(anchor, period, k);
        const before = periodIndexAt(anchor, period, Math.max(0, start - 1));
        return { start, at: periodIndexAt(anchor, period, start), before };
      }),
    );
  });

  it("takes no more gas for a charge than the estimate says", async () => {
    const customer = await chain.newCustomer(10n ** 9n);
    const chargeAlone = async (nonce: bigint) => {
      const mandate = good({ subscriber: customer.address, firstChargeAt: await chain.now(), nonce });
      const signature = await chain.signMandate(customer, mandate);
      const permit = await chain.permit(customer, 10n ** 9n);
      await chain.execute(chain.mandates.activationCall({ mandate, signature, permit }));
      const terms = { mandate, periodIndex: 0, amountBase: 1_000_000n, feeBps: 100, executionFeeBase: 1n };
      const call = chain.mandates.chargeCall([terms]);
      // What surrounds it has at most 80 bytes; a rollup's fee for publishing is asked for 1000.
      expect(size(call.data)).toBeLessThanOrEqual(920);
      return (await chain.execute(call)).gasUsed;
    };
    await chargeAlone(1n);
    // The recipients hold balances now. Behind a proxy, like USDC's, each of three transfers takes 9 400 more.
    expect((await chargeAlone(2n)) + 28_200n).toBeLessThanOrEqual(chain.mandates.chargeGas);
  });
});
