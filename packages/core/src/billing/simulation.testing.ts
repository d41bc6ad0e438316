import type { Address, ChainSender, Charge, Hex, Mandate, MandateChain, MandateState } from "@qbitflow/chains";
import { ChainUnavailableError, periodIndexAt } from "@qbitflow/chains";
import { stillChain, type TestContext, testNetwork } from "@qbitflow/testkit";
import type { Context } from "../context.ts";
import type { ChargeFact, ChargeFailureFact } from "../subscription/charge-fact.ts";
import { revertChargeFacts, takeChargeFacts } from "../subscription/charge-facts.ts";
import type { BilledMandate, BillingParts, ChargeCall, ChargeCallState } from "./parts.ts";

const TOKEN = "0x00000000000000000000000000000000000000C1" as Address;
const NOBODY = "0x0000000000000000000000000000000000000000" as Address;
const TOKEN_ID = 9_002;

interface Wallet {
  balanceBase: bigint;
  allowanceBase: bigint;
}

interface Signed {
  readonly terms: Mandate;
  readonly hash: Hex;
  state: { -readonly [Name in keyof MandateState]: MandateState[Name] };
}

const bigints = (_key: string, value: unknown) => (typeof value === "bigint" ? `${value}n` : value);
const back = (_key: string, value: unknown) =>
  typeof value === "string" && /^\d+n$/.test(value) ? BigInt(value.slice(0, -1)) : value;

/**
 * The contract's rules for charges, in memory, and a relay whose calls are rows of the test's own database, so that they
 * commit with what billing writes. Blocks are mined when a test says so, each call once; what they show is confirmed at once.
 */
export function billingWorld() {
  const wallets = new Map<string, Wallet>();
  const mandates = new Map<string, Signed>();
  const taken: { hash: string; periodIndex: number; amountBase: bigint }[] = [];
  const hashOfUuid = new Map<string, Hex>();

  let isSilent = false;

  const chain = {
    contract: NOBODY,
    registry: NOBODY,
    chargeGas: 40_000n,
    states: async (hashes: readonly Hex[]) => {
      if (isSilent) throw new ChainUnavailableError("It does not answer.");
      return hashes.map(
        (hash) =>
          mandates.get(hash)?.state ?? { status: "unknown" as const, nextPeriodIndex: 0, maximumBase: 0n, nonce: 0n },
      );
    },
    funds: async (questions: readonly { owner: string }[]) =>
      questions.map(({ owner }) => ({ ...(wallets.get(owner) ?? { balanceBase: 0n, allowanceBase: 0n }) })),
    chargeCall: (charges: readonly Charge[]) => ({ to: NOBODY, data: JSON.stringify(charges, bigints) as Hex }),
    cancelCall: (mandate: Mandate) => ({ to: NOBODY, data: JSON.stringify(mandate, bigints) as Hex }),
  } as unknown as MandateChain;

  const sender = { receipt: async () => ({ blockNumber: 1 }) } as unknown as ChainSender;
  const adapter = { ...stillChain(testNetwork), mandates: chain, sender };

  const parts: BillingParts = {
    loadMandates: async (_ctx, keys) => {
      const found = keys.flatMap(({ hash }): [string, BilledMandate][] => {
        const signed = mandates.get(hash);
        return signed ? [[hash, { terms: signed.terms, currencyId: TOKEN_ID }]] : [];
      });
      return new Map(found);
    },
    executionFeeBase: async () => 0n,
    enqueueCalls: async (ctx, calls) => {
      for (const { uuid, call } of calls) {
        await ctx.db.query("insert into test_relay_call (uuid, data) values ($1, $2)", [uuid, call.data]);
      }
    },
    relayCalls: async (ctx, uuids) => {
      const rows = await ctx.db.query<{ uuid: string } & ChargeCallState>(
        `select uuid, state, hash as "transactionHash", null as message from test_relay_call where uuid = any($1::uuid[])`,
        [uuids],
      );
      return new Map(rows.map(({ uuid, ...state }) => [uuid, state]));
    },
  };

  async function prepare(ctx: Context): Promise<void> {
    await ctx.db.script(
      `create table test_relay_call (uuid uuid primary key, data text not null, state text not null default 'queued', hash text)`,
    );
  }

  function sign(input: Partial<Mandate> & { uuid: string; hash: string; firstChargeAt: number }): void {
    const hash = input.hash as Hex;
    const subscriber = `0x${input.uuid.replaceAll("-", "")}00000000` as Address;
    const terms: Mandate = {
      subscriber,
      merchant: NOBODY,
      token: TOKEN,
      maxPerPeriodBase: 30_000_000n,
      priceMicros: 25_000_000n,
      kind: "fixed",
      period: { unit: "months", length: 1 },
      endsAt: 0,
      feeRecipient: NOBODY,
      maxFeeBps: 0,
      organization: NOBODY,
      organizationFeeBps: 0,
      registry: NOBODY,
      maxExecutionFeeBase: 0n,
      nonce: 0n,
      ...input,
    };
    const maximumBase = terms.maxPerPeriodBase;
    mandates.set(hash, { terms, hash, state: { status: "active", nextPeriodIndex: 0, maximumBase, nonce: 0n } });
    wallets.set(subscriber, { balanceBase: 10n ** 12n, allowanceBase: 10n ** 12n });
    hashOfUuid.set(input.uuid, hash);
  }

  function signedOf(uuid: string): Signed {
    const signed = mandates.get(hashOfUuid.get(uuid) ?? "");
    if (!signed) throw new Error(`no mandate of ${uuid}`);
    return signed;
  }

  function chargeOne(charge: Charge, at: Date, transactionHash: string): ChargeFact | ChargeFailureFact {
    const signed = signedOf(charge.mandate.uuid);
    const wallet = wallets.get(signed.terms.subscriber) as Wallet;
    const nowIndex = periodIndexAt(signed.terms.firstChargeAt, signed.terms.period, Math.floor(at.getTime() / 1_000));
    const need = charge.amountBase + charge.executionFeeBase;
    const { uuid } = charge.mandate;
    const fact = { network: testNetwork.slug, mandateHash: signed.hash, uuid, transactionHash, minedAt: at };
    const failed = (reason: ChargeFailureFact["reason"]): ChargeFailureFact => ({
      ...fact,
      type: "charge_failed",
      reason,
    });
    if (signed.state.status === "cancelled") return failed("mandate_cancelled");
    if (charge.periodIndex > nowIndex) return failed("not_due");
    if (charge.periodIndex < nowIndex) return failed("period_over");
    if (charge.periodIndex < signed.state.nextPeriodIndex) return failed("already_charged");
    if (need > signed.state.maximumBase) return failed("cap_exceeded");
    if (need > wallet.allowanceBase) return failed("insufficient_allowance");
    if (need > wallet.balanceBase) return failed("insufficient_balance");
    signed.state.nextPeriodIndex = charge.periodIndex + 1;
    wallet.balanceBase -= need;
    wallet.allowanceBase -= need;
    taken.push({ hash: signed.hash, periodIndex: charge.periodIndex, amountBase: charge.amountBase });
    return {
      ...fact,
      type: "charged",
      periodIndex: charge.periodIndex,
      amountBase: charge.amountBase,
      feeBase: 0n,
      organizationFeeBase: 0n,
      executionFeeBase: charge.executionFeeBase,
      blockNumber: 1,
    };
  }

  /** Mines every queued call and tells what it shows. Returns how many calls there were. */
  async function mine(ctx: TestContext): Promise<number> {
    const queued = await ctx.db.query<{ uuid: string; data: string }>(
      "select uuid, data from test_relay_call where state = 'queued' order by uuid",
    );
    for (const { uuid, data } of queued) {
      const hash = `0x${uuid.replaceAll("-", "").padStart(64, "0")}`;
      const charges = JSON.parse(data, back) as Charge[];
      const facts = charges.map((charge) => chargeOne(charge, ctx.clock.now(), hash));
      mined.set(hash, facts);
      await ctx.db.transaction(async (tx) => {
        await tx.query("update test_relay_call set state = 'mined', hash = $2 where uuid = $1", [uuid, hash]);
        await takeChargeFacts({ ...ctx, db: tx }, facts);
      });
    }
    return queued.length;
  }

  /** Mines every queued call in block 1 without an event of its charges, as when a group cannot be paid out. */
  async function mineSilently(ctx: TestContext): Promise<void> {
    await ctx.db.query("update test_relay_call set state = 'mined', hash = '0x51' where state = 'queued'");
  }

  const mined = new Map<string, (ChargeFact | ChargeFailureFact)[]>();

  /** The chain goes back over the newest call's block; it is mined again, or lost for good. */
  async function reorganise(ctx: TestContext, isLost: boolean): Promise<void> {
    const [newest] = await ctx.db.query<{ uuid: string; hash: string }>(
      "select uuid, hash from test_relay_call where state = 'mined' order by uuid desc limit 1",
    );
    const facts = (mined.get(newest?.hash ?? "") ?? []).filter((fact) => fact.type === "charged");
    if (!newest || facts.length === 0) return;
    // Deeper than its own block a reorganisation would take what came after it, too.
    if (facts.some((fact) => signedOf(fact.uuid).state.nextPeriodIndex !== fact.periodIndex + 1)) return;
    await ctx.db.transaction((tx) => revertChargeFacts({ ...ctx, db: tx }, facts));
    if (!isLost) {
      await ctx.db.transaction((tx) => takeChargeFacts({ ...ctx, db: tx }, facts));
      return;
    }
    mined.delete(newest.hash);
    for (const fact of facts) {
      const signed = signedOf(fact.uuid);
      const wallet = wallets.get(signed.terms.subscriber) as Wallet;
      signed.state.nextPeriodIndex = fact.periodIndex;
      wallet.balanceBase += fact.amountBase;
      const position = taken.findIndex((one) => one.hash === signed.hash && one.periodIndex === fact.periodIndex);
      taken.splice(position, 1);
    }
    await ctx.db.query("update test_relay_call set state = 'expired' where uuid = $1", [newest.uuid]);
  }

  /** Ends queued calls as the relay may: all of them, or those with a charge of one subscription. */
  async function giveUp(ctx: TestContext, state: "refused" | "expired", uuid = ""): Promise<void> {
    await ctx.db.query("update test_relay_call set state = $1 where state = 'queued' and strpos(data, $2) > 0", [
      state,
      uuid,
    ]);
  }

  const walletOf = (uuid: string): Wallet => wallets.get(signedOf(uuid).terms.subscriber) as Wallet;
  const stateOf = (uuid: string) => signedOf(uuid).state;
  const setSilent = (silent: boolean) => {
    isSilent = silent;
  };

  return { adapter, parts, taken, prepare, sign, mine, mineSilently, giveUp, reorganise, walletOf, stateOf, setSilent };
}

export type BillingWorld = ReturnType<typeof billingWorld>;
export type { ChargeCall };
