/** The portal's public routes in their real shape, with scripted subscriptions and real typed data. */
import type { MandateRequest, MandateSignature, PortalState, TypedData } from "@qbitflow/api";
import { parseTokenAmount, tokenAmountToText } from "@qbitflow/money";
import { type Hex, verifyTypedData } from "viem";
import type { DevChain } from "./dev-chain.ts";
import { allowanceFor, contract, type Offered, offerFor, refusalOf } from "./dev-mandate.ts";
import { hash, portalScenarios } from "./portal-scenarios.ts";

interface Portal {
  state: PortalState;
  offered?: Offered;
}

/** Answers one call of a portal; undefined for an unknown path. */
export class DevPortals {
  readonly #portals = new Map<string, Portal>();
  readonly #chain: DevChain;

  constructor(chain: DevChain) {
    this.#chain = chain;
  }

  /** By scenario; `pending~2` is another customer's of the same. */
  async open(name: string): Promise<PortalState | undefined> {
    if (!this.#portals.has(name)) {
      const [, , , , , subscriber = ""] = await this.#chain.accounts();
      const state = portalScenarios(this.#chain, subscriber)[name.split("~")[0] ?? ""];
      if (state) this.#portals.set(name, { state });
    }
    return this.#portals.get(name)?.state;
  }

  state(name: string): PortalState | undefined {
    return this.#portals.get(name)?.state;
  }

  async answer(name: string, verb: string, body: unknown): Promise<[number, unknown]> {
    const portal = this.#portals.get(name);
    if (!portal) return [404, { error: "Unknown.", code: "not_found", status: 404 }];
    const { state } = portal;
    const refused: [number, unknown] = [
      422,
      { error: "The signature is not the wallet's.", code: "signature_invalid" },
    ];
    switch (verb) {
      case "":
        return [200, state];
      case "mandate": {
        const { uuid, kind, price, frequency } = state;
        const asked = { uuid, kind, price, frequency, waits: true };
        portal.offered = await offerFor(this.#chain, asked, body as MandateRequest);
        return [200, portal.offered.offer];
      }
      case "mandate/signature": {
        const { offered } = portal;
        if (!offered || (await refusalOf(this.#chain, offered, body as MandateSignature))) return refused;
        return [200, this.#send(portal, "createSubscription", () => ({ status: "active" }))];
      }
      case "maximum":
        return [200, this.#maximum(portal, name, (body as { maximumUsd: number }).maximumUsd)];
      case "maximum/signature": {
        const { maximumBase, signature } = body as { maximumBase: string; signature: string };
        const typedData = setMaximum(maximumBase, (body as { deadline: number }).deadline);
        if (!(await signedBy(state, typedData, signature))) return refused;
        const cap = tokenAmountToText(BigInt(maximumBase), 6);
        const mandate = { ...state.mandate, cap, capUsd: Number(cap) } as NonNullable<PortalState["mandate"]>;
        return [200, this.#send(portal, "updateMaxAmount", () => ({ mandate, status: "active" }))];
      }
      case "allowance":
        return [200, await this.#allowance(portal, (body as { periods: number | null }).periods)];
      case "allowance/signature": {
        const { typedData, signature } = body as { typedData: TypedData; signature: string };
        if (!(await signedBy(state, typedData, signature))) return refused;
        const allowance = tokenAmountToText(BigInt(String(typedData.message.value)), 6);
        const change = { allowance, allowanceUsd: Number(allowance) };
        const mandate = { ...state.mandate, ...change } as NonNullable<PortalState["mandate"]>;
        return [200, this.#send(portal, "increaseAllowance", () => ({ mandate }))];
      }
      case "allowance/check": {
        const mandate = { ...state.mandate, allowance: "0", allowanceUsd: 0, coveredPeriods: 0 };
        portal.state = { ...state, status: "low_on_funds", mandate: mandate as NonNullable<typeof state.mandate> };
        return [200, portal.state];
      }
      case "stop":
      case "cancel":
        portal.state = { ...state, stopped: true, canCancel: false };
        return [200, portal.state];
      default:
        return [404, { error: "Unknown.", code: "not_found", status: 404 }];
    }
  }

  /** A change on its way, and there a little later. */
  #send(portal: Portal, type: PortalState["underWay"][number]["type"], done: () => Partial<PortalState>): PortalState {
    portal.state = { ...portal.state, underWay: [{ type, status: "pending" }] };
    setTimeout(() => {
      portal.state = { ...portal.state, ...done(), underWay: [] };
    }, 500).unref();
    return portal.state;
  }

  #maximum({ state }: Portal, name: string, maximumUsd: number) {
    const maximumBase = String((BigInt(Math.round(maximumUsd * 100)) * 10_000n * 105n) / 100n);
    const deadline = state.serverTime + 3600;
    const signedBase = name === "lying" ? `${maximumBase}0` : maximumBase;
    const typedData = setMaximum(signedBase, deadline);
    return {
      maximum: tokenAmountToText(BigInt(maximumBase), 6),
      maximumBase,
      symbol: "tUSDC",
      nonce: "0",
      deadline,
      typedData,
    };
  }

  async #allowance({ state }: Portal, periods: number | null) {
    const { mandate } = state;
    const entry = state.currencies.find(({ currency }) => currency.symbol === "tUSDC");
    if (!mandate || !entry) throw new Error("No mandate.");
    const allowanceBase = parseTokenAmount(mandate.cap, 6) * BigInt(periods ?? 1_000_000);
    const now = Math.floor(Date.now() / 1000);
    const allowance = await allowanceFor(this.#chain, { entry, owner: mandate.subscriber, allowanceBase, now });
    const amount = tokenAmountToText(allowanceBase, 6);
    return { allowance, amount, amountUsd: Number(amount), symbol: "tUSDC", expiresAt: now + 900 };
  }
}

function setMaximum(maximumBase: string, deadline: number): TypedData {
  return {
    domain: { name: "QBitFlow Subscriptions", version: "1", chainId: 31337, verifyingContract: contract },
    types: {
      SetMaximum: [
        { name: "mandateHash", type: "bytes32" },
        { name: "maximum", type: "uint256" },
        { name: "nonce", type: "uint256" },
        { name: "deadline", type: "uint256" },
      ],
    },
    primaryType: "SetMaximum",
    message: { mandateHash: hash, maximum: maximumBase, nonce: "0", deadline: String(deadline) },
  };
}

function signedBy({ mandate }: PortalState, typedData: TypedData, signature: string): Promise<boolean> {
  const address = mandate?.subscriber as Hex;
  return verifyTypedData({ ...typedData, address, signature: signature as Hex } as never);
}
