import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Address, ChainAdapter, Hex } from "./adapter.ts";
import type { Call, Charge, Mandate, MandateChain, MandateChange, PermitSignature, TypedData } from "./mandate.ts";

interface Signer {
  readonly address: Address;
  sign(typedData: TypedData): Promise<Hex>;
}

/** What a kind of chain gives the suite: a real chain with a subscriptions contract, customers, and an executor. */
export interface MandateHarness {
  readonly adapter: ChainAdapter;
  /** What would be signed for the same contract on another chain, and for another contract on this one. */
  readonly elsewhere: readonly ((mandate: Mandate) => TypedData)[];
  readonly executor: Address;
  readonly token: Address;
  /** A customer with a key who holds so much of the token. */
  newCustomer(balanceBase: bigint): Promise<Signer>;
  /** One account of every kind that the chain knows, by name. */
  readonly signers: () => Promise<ReadonlyMap<string, Signer>>;
  permit(customer: Signer, valueBase: bigint): Promise<PermitSignature>;
  /** A good mandate, but for what is given. */
  mandate(change: Partial<Mandate> & Pick<Mandate, "subscriber">): Mandate;
  /** Sends as the executor, in a block of its own. */
  execute(call: Call): Promise<{ hash: Hex; succeeded: boolean }>;
  balance(owner: Address): Promise<bigint>;
  now(): Promise<number>;
  travelTo(atSeconds: number): Promise<void>;
  reorganise(depth: number): Promise<unknown>;
  stop(): Promise<void>;
}

const FAR = 4_000_000_000;
const HOUR = 3_600;

/** Every chain with a subscriptions contract passes this. */
export function describeMandateChain(name: string, start: () => Promise<MandateHarness>): void {
  describe(`${name}: mandates`, () => {
    let chain: MandateHarness;
    let mandates: MandateChain;
    beforeAll(async () => {
      chain = await start();
      if (!chain.adapter.mandates) throw new Error("The chain has no subscriptions contract.");
      mandates = chain.adapter.mandates;
    });
    afterAll(() => chain.stop());

    async function lastEvents(blocks = 1) {
      const { number } = await chain.adapter.head();
      return (await chain.adapter.scan({ from: number - blocks + 1, to: number })).mandateEvents;
    }

    /** Due since now, in hours. */
    async function hourly(subscriber: Address, change: Partial<Mandate> = {}): Promise<Mandate> {
      const period = { unit: "seconds", length: HOUR } as const;
      return chain.mandate({ subscriber, period, firstChargeAt: await chain.now(), ...change });
    }

    async function activated(customer: Signer, change: Partial<Mandate> = {}, allowanceBase = 10n ** 12n) {
      const mandate = await hourly(customer.address, change);
      const signature = await customer.sign(mandates.toSign(mandate));
      const permit = await chain.permit(customer, allowanceBase);
      const { succeeded } = await chain.execute(mandates.activationCall({ mandate, signature, permit }));
      expect(succeeded).toBe(true);
      return mandate;
    }

    const charge = (mandate: Mandate, amountBase: bigint, change: Partial<Charge> = {}): Charge => ({
      mandate,
      periodIndex: 0,
      amountBase,
      feeBps: 100,
      executionFeeBase: 0n,
      ...change,
    });

    async function change(customer: Signer, mandate: Mandate, what: MandateChange, nonce = 0n) {
      const unsigned = { mandate, change: what, nonce, deadline: FAR };
      return { ...unsigned, signature: await customer.sign(mandates.changeToSign(unsigned)) };
    }

    const balances = ({ merchant, feeRecipient }: Mandate) =>
      Promise.all([chain.balance(merchant), chain.balance(feeRecipient)]);

    async function newCustomers(...balancesBase: bigint[]): Promise<Signer[]> {
      const customers: Signer[] = [];
      for (const balanceBase of balancesBase) customers.push(await chain.newCustomer(balanceBase));
      return customers;
    }

    const stateOf = async (mandate: Mandate) => (await mandates.states([mandates.hash(mandate)]))[0];

    describe("activation", () => {
      it("makes a signed mandate chargeable, with its allowance", async () => {
        const customer = await chain.newCustomer(50_000_000n);
        const before = await hourly(customer.address);
        expect(await stateOf(before)).toMatchObject({ status: "unknown", nextPeriodIndex: 0 });
        const mandate = await activated(customer, {}, 44_000_000n);
        const { subscriber, uuid, maxPerPeriodBase: maximumBase } = mandate;
        expect(await lastEvents()).toMatchObject([
          { type: "activated", mandateHash: mandates.hash(mandate), uuid, subscriber, contract: mandates.contract },
        ]);
        expect(await stateOf(mandate)).toEqual({ status: "active", nextPeriodIndex: 0, maximumBase, nonce: 0n });
        const question = { token: chain.token, owner: subscriber };
        const funds = { allowanceBase: 44_000_000n, balanceBase: 50_000_000n };
        expect(await mandates.funds([question, question])).toEqual([funds, funds]);
      });

      it("takes the first charge along, to the unit", async () => {
        const customer = await chain.newCustomer(50_000_000n);
        const mandate = await hourly(customer.address);
        const signature = await customer.sign(mandates.toSign(mandate));
        const permit = await chain.permit(customer, 10n ** 12n);
        const firstCharge = charge(mandate, 25_000_001n, { executionFeeBase: 40_000n });
        const before = await balances(mandate);
        await chain.execute(mandates.activationCall({ mandate, signature, permit, firstCharge }));
        const [feeBase, organizationFeeBase] = [250_000n, 123_750n];
        const paid = {
          periodIndex: 0,
          amountBase: 25_000_001n,
          feeBase,
          organizationFeeBase,
          executionFeeBase: 40_000n,
        };
        expect(await lastEvents()).toMatchObject([{ type: "activated" }, { type: "charged", ...paid }]);
        const after = await balances(mandate);
        expect(after.map((balance, index) => balance - (before[index] ?? 0n))).toEqual([24_626_251n, 290_000n]);
        expect(await chain.balance(customer.address)).toBe(50_000_000n - 25_040_001n);
        expect((await stateOf(mandate))?.nextPeriodIndex).toBe(1);
      });
    });

    describe("charges", () => {
      it("of one batch fail alone, each with its reason, whatever the others' merchants", async () => {
        const [rich, poor, capped, gone, unallowed] = await newCustomers(
          90_000_000n,
          1n,
          90_000_000n,
          90_000_000n,
          90_000_000n,
        );
        if (!rich || !poor || !capped || !gone || !unallowed) throw new Error("There are five.");
        const all = [
          await activated(rich),
          await activated(poor),
          await activated(capped, { maxPerPeriodBase: 9_999_999n }),
          await activated(gone),
          await activated(unallowed, {}, 5n),
          await activated(rich, { merchant: poor.address }),
        ];
        const [, , , cancelled] = all;
        if (!cancelled) throw new Error("There are six.");
        await chain.execute(mandates.cancelCall(cancelled));
        const never = await hourly(rich.address);
        const notDue = charge(all[5] as Mandate, 10_000_000n, { periodIndex: 1 });
        const charges = [...all, never].map((mandate) => charge(mandate, 10_000_000n));
        const { succeeded } = await chain.execute(mandates.chargeCall([...charges, notDue]));
        expect(succeeded).toBe(true);
        const events = await lastEvents();
        const outcome = new Map(
          events.map((event) => [
            `${event.mandateHash}${"periodIndex" in event ? event.periodIndex : ""}`,
            event.type === "charge_failed" ? event.reason : event.type,
          ]),
        );
        const of = (mandate: Mandate, periodIndex = 0) => outcome.get(`${mandates.hash(mandate)}${periodIndex}`);
        expect(all.map((mandate) => of(mandate))).toEqual([
          "charged",
          "insufficient_balance",
          "cap_exceeded",
          "mandate_cancelled",
          "insufficient_allowance",
          "charged",
        ]);
        expect(of(never)).toBe("mandate_inactive");
        expect(of(all[5] as Mandate, 1)).toBe("not_due");
        expect(events).toHaveLength(charges.length + 1);
      });

      it("happen once per period, and missed periods are gone", async () => {
        const customer = await chain.newCustomer(90_000_000n);
        const mandate = await activated(customer);
        const reasonOf = async (periodIndex: number) => {
          await chain.execute(mandates.chargeCall([charge(mandate, 1_000_000n, { periodIndex })]));
          const [event] = await lastEvents();
          return event?.type === "charge_failed" ? event.reason : event?.type;
        };
        expect(await reasonOf(0)).toBe("charged");
        expect(await reasonOf(0)).toBe("already_charged");
        await chain.travelTo(mandate.firstChargeAt + 3 * HOUR);
        expect(await reasonOf(1)).toBe("period_over");
        expect(await reasonOf(3)).toBe("charged");
        expect(await reasonOf(2)).toBe("already_charged");
        // Anybody may send that, of any mandate: whatever he names, reading goes on.
        expect(await reasonOf(2 ** 80)).toBe("not_due");
        expect(await chain.balance(customer.address)).toBe(88_000_000n);
      });

      it("above a mandate's own limits are refused", async () => {
        const customer = await chain.newCustomer(90_000_000n);
        const mandate = await activated(customer);
        const tooMuch: Partial<Charge>[] = [
          { feeBps: mandate.maxFeeBps + 1 },
          { executionFeeBase: mandate.maxExecutionFeeBase + 1n },
        ];
        for (const terms of tooMuch) {
          await chain.execute(mandates.chargeCall([charge(mandate, 1_000_000n, terms)]));
          expect((await lastEvents()).filter(({ type }) => type === "charged")).toEqual([]);
        }
        expect(await chain.balance(customer.address)).toBe(90_000_000n);
      });

      it("that a reorganisation took are gone, and can be made again", async () => {
        const customer = await chain.newCustomer(90_000_000n);
        const mandate = await activated(customer);
        await chain.execute(mandates.chargeCall([charge(mandate, 1_000_000n)]));
        const [first] = await lastEvents();
        expect(first?.type).toBe("charged");
        await chain.reorganise(1);
        expect(await lastEvents()).toEqual([]);
        expect((await stateOf(mandate))?.nextPeriodIndex).toBe(0);
        await chain.execute(mandates.chargeCall([charge(mandate, 1_000_000n)]));
        const [again] = await lastEvents();
        expect(again).toMatchObject({ type: "charged", mandateHash: first?.mandateHash });
        expect(again?.blockHash).not.toBe(first?.blockHash);
      });
    });

    describe("changes", () => {
      it("of the maximum hold for the next charge, once per signature", async () => {
        const customer = await chain.newCustomer(90_000_000n);
        const mandate = await activated(customer, { maxPerPeriodBase: 5n });
        const raise = await change(customer, mandate, { type: "setMaximum", maximumBase: 60_000_000n });
        expect(await mandates.verifyChange(raise)).toBe(true);
        await chain.execute(mandates.changeCall(raise));
        expect(await lastEvents()).toMatchObject([{ type: "maximum_changed", maximumBase: 60_000_000n }]);
        expect(await stateOf(mandate)).toMatchObject({ maximumBase: 60_000_000n, nonce: 1n });
        expect((await chain.execute(mandates.changeCall(raise))).succeeded).toBe(false);
        await chain.execute(mandates.chargeCall([charge(mandate, 60_000_000n)]));
        expect((await lastEvents()).map(({ type }) => type)).toEqual(["charged"]);
      });

      it.each(["fixed", "payAsYouGo"] as const)("stop a %s mandate as it is meant", async (kind) => {
        const customer = await chain.newCustomer(90_000_000n);
        const mandate = await activated(customer, { kind });
        await chain.execute(mandates.changeCall(await change(customer, mandate, { type: "stop" })));
        expect((await lastEvents()).map(({ type }) => type)).toEqual(["stopped"]);
        expect((await stateOf(mandate))?.status).toBe("stopped");
        await chain.execute(mandates.chargeCall([charge(mandate, 1_000_000n)]));
        const [event] = await lastEvents();
        expect(event).toMatchObject(
          kind === "fixed" ? { type: "charge_failed", reason: "mandate_ended" } : { type: "charged" },
        );
      });

      it("cancel for good, by the customer's signature or by the executor", async () => {
        const customer = await chain.newCustomer(90_000_000n);
        const [own, foreign] = [await activated(customer), await activated(customer, { nonce: 8n })];
        await chain.execute(mandates.changeCall(await change(customer, own, { type: "cancel" })));
        await chain.execute(mandates.cancelCall(foreign));
        const by = (await lastEvents(2)).map((event) => (event.type === "cancelled" ? event.by : event.type));
        expect(by).toEqual([customer.address, chain.executor]);
        const states = await mandates.states([own, foreign].map(mandates.hash));
        expect(states.map(({ status }) => status)).toEqual(["cancelled", "cancelled"]);
      });

      it("of an allowance alone are a permit that anybody may send", async () => {
        const customer = await chain.newCustomer(1n);
        const permit = await chain.permit(customer, 77n);
        const question = { token: chain.token, owner: customer.address };
        expect((await mandates.funds([question]))[0]?.allowanceBase).toBe(0n);
        await chain.execute(mandates.permitCall({ ...question, permit }));
        expect((await mandates.funds([question]))[0]?.allowanceBase).toBe(77n);
      });
    });

    describe("signatures", () => {
      it("of every kind of account are taken here as the chain takes them, and no other's", async () => {
        const signers = await chain.signers();
        for (const [kind, signer] of signers) {
          const mandate = await hourly(signer.address);
          const signature = await signer.sign(mandates.toSign(mandate));
          expect([kind, await mandates.verify(mandate, signature)]).toEqual([kind, true]);
          const bad = [
            [{ ...mandate, maxPerPeriodBase: mandate.maxPerPeriodBase + 1n }, signature],
            [{ ...mandate, merchant: mandate.feeRecipient }, signature],
            [mandate, `${signature.slice(0, 40)}${signature[40] === "0" ? "1" : "0"}${signature.slice(41)}`],
            [mandate, signature.slice(0, -2)],
            [mandate, "0x"],
            [mandate, "0x12345"],
            [mandate, `0x${"00".repeat(20_000)}`],
            ...[...signers.values()].map((other) => [{ ...mandate, subscriber: other.address, nonce: 99n }, signature]),
          ] as [Mandate, Hex][];
          for (const [given, said] of bad) expect([kind, await mandates.verify(given, said)]).toEqual([kind, false]);
          const wrong = mandates.activationCall({ mandate: { ...mandate, nonce: 9n }, signature });
          expect((await chain.execute(wrong)).succeeded).toBe(false);
          expect((await chain.execute(mandates.activationCall({ mandate, signature }))).succeeded).toBe(true);
        }
      });

      it("are worth nothing on another chain or for another contract", async () => {
        for (const [kind, signer] of await chain.signers()) {
          const mandate = await hourly(signer.address);
          const there = await Promise.all(chain.elsewhere.map((toSign) => signer.sign(toSign(mandate))));
          for (const signature of there) {
            expect([kind, await mandates.verify(mandate, signature)]).toEqual([kind, false]);
            const call = mandates.activationCall({ mandate, signature });
            expect((await chain.execute(call)).succeeded).toBe(false);
          }
        }
      });

      it("of a change are for that change, that mandate and that nonce", async () => {
        const customer = await chain.newCustomer(1n);
        const mandate = await activated(customer);
        const stop = await change(customer, mandate, { type: "stop" });
        expect(await mandates.verifyChange(stop)).toBe(true);
        const others = [
          { ...stop, change: { type: "cancel" } as const },
          { ...stop, nonce: 1n },
          { ...stop, deadline: FAR + 1 },
          { ...stop, mandate: { ...mandate, nonce: 3n } },
        ];
        for (const other of others) expect(await mandates.verifyChange(other)).toBe(false);
        const early = await change(customer, mandate, { type: "stop" }, 5n);
        expect((await chain.execute(mandates.changeCall(early))).succeeded).toBe(false);
      });
    });

    it("states and funds of many come in the order of the questions", async () => {
      const customers = await newCustomers(1n, 2n, 3n);
      const questions = Array.from({ length: 250 }, (_, index) => ({
        token: chain.token,
        owner: customers[index % 3]?.address ?? "",
      }));
      expect((await mandates.funds(questions)).map(({ balanceBase }) => balanceBase)).toEqual(
        questions.map((_, index) => BigInt((index % 3) + 1)),
      );
      const known = await activated(customers[0] as Signer);
      const hashes = Array.from({ length: 1_001 }, (_, index) =>
        mandates.hash(index === 700 ? known : { ...known, nonce: BigInt(index + 10) }),
      );
      const states = await mandates.states(hashes);
      expect(states.flatMap(({ status }, index) => (status === "active" ? index : []))).toEqual([700]);
      expect(await mandates.funds([])).toEqual([]);
      expect(await mandates.states([])).toEqual([]);
    });
  });
}
