import { type Hex as EvmHex, encodeFunctionData, parseAbi, slice, zeroHash } from "viem";
import type { Address } from "../../adapter.ts";
import type { Call, Charge, Mandate, MandateChain, PermitSignature, SignedMandateChange } from "../../mandate.ts";
import { subscriptionsAbi as abi } from "../generated/subscriptions.ts";
import { headOf, planHash, planOf } from "./typed-data.ts";

/** The most that one transfer of a token may burn in a group; what the contract's interface recommends. */
const GAS_PER_TRANSFER = 100_000n;
/** Fewer charges of one plan cost less alone. */
const SMALLEST_GROUP = 3;
const PERMIT_KINDS = { none: 0, eip2612: 1, dai: 2 } as const;

const permitAbi = parseAbi([
  "function permit(address owner, address spender, uint256 value, uint256 deadline, uint8 v, bytes32 r, bytes32 s)",
  "function permit(address holder, address spender, uint256 nonce, uint256 expiry, bool allowed, uint8 v, bytes32 r, bytes32 s)",
]);

const KEY_SIGNATURE = /^0x[0-9a-fA-F]{130}$/;

/**
 * A key's signature as tokens take it; some wallets count `v` from 0. Of anything else a signature that every token refuses:
 * whether one holds is for the token to say.
 */
function wordsOf(signature: string): { readonly v: number; readonly r: EvmHex; readonly s: EvmHex } {
  if (!KEY_SIGNATURE.test(signature)) return { v: 0, r: zeroHash, s: zeroHash };
  const given = signature as EvmHex;
  const v = Number(slice(given, 64));
  return { v: v < 2 ? v + 27 : v, r: slice(given, 0, 32), s: slice(given, 32, 64) };
}

function wholeMandate(mandate: Mandate) {
  return { ...headOf(mandate), plan: planOf(mandate) };
}

function tokenAllowance(permit: PermitSignature | undefined) {
  const signature = (permit?.signature ?? "0x") as EvmHex;
  const rest = { nonce: 0n, expiration: 0n, signature };
  if (permit === undefined) return { kind: PERMIT_KINDS.none, value: 0n, deadline: 0n, ...rest };
  if (permit.kind === "eip2612") {
    return { ...rest, kind: PERMIT_KINDS.eip2612, value: permit.valueBase, deadline: BigInt(permit.deadline) };
  }
  return { ...rest, kind: PERMIT_KINDS.dai, value: 0n, deadline: BigInt(permit.expiry), nonce: permit.nonce };
}

/** Sends that the contract at `contract` understands. All pure. */
export function createCalls(
  contract: Address,
): Pick<MandateChain, "activationCall" | "chargeCall" | "changeCall" | "cancelCall" | "permitCall"> {
  const call = (data: EvmHex): Call => ({ to: contract, data });

  return {
    activationCall({ mandate, signature, permit, firstCharge }) {
      const signed = [wholeMandate(mandate), signature] as const;
      const allowance = tokenAllowance(permit);
      if (firstCharge) {
        const first = chargeTerms(firstCharge);
        return call(
          encodeFunctionData({ abi, functionName: "activateAndCharge", args: [...signed, allowance, first] }),
        );
      }
      if (permit?.kind === "eip2612" && KEY_SIGNATURE.test(permit.signature)) {
        const words = {
          value: permit.valueBase,
          deadline: BigInt(permit.deadline),
          ...wordsOf(permit.signature),
        };
        return call(encodeFunctionData({ abi, functionName: "activateWithPermit", args: [...signed, words] }));
      }
      if (permit) {
        return call(encodeFunctionData({ abi, functionName: "activateWithAllowance", args: [...signed, allowance] }));
      }
      return call(encodeFunctionData({ abi, functionName: "activate", args: signed }));
    },

    chargeCall: (charges) => call(encodeFunctionData({ abi, functionName: "chargeBatch", args: batchOf(charges) })),

    changeCall: (signed) => call(encodeChange(signed)),

    cancelCall: (mandate) =>
      call(encodeFunctionData({ abi, functionName: "cancelFor", args: [wholeMandate(mandate)] })),

    permitCall({ token, owner, permit }) {
      const { v, r, s } = wordsOf(permit.signature);
      const signature = [v, r, s] as const;
      const parties = [owner as EvmHex, contract as EvmHex] as const;
      const args =
        permit.kind === "eip2612"
          ? ([...parties, permit.valueBase, BigInt(permit.deadline), ...signature] as const)
          : ([...parties, permit.nonce, BigInt(permit.expiry), true, ...signature] as const);
      return { to: token, data: encodeFunctionData({ abi: permitAbi, functionName: "permit", args }) };
    },
  };
}

/** What the sender of a charge chooses. */
function chargeTerms({ periodIndex, amountBase, feeBps, executionFeeBase }: Omit<Charge, "mandate">) {
  return {
    period: BigInt(periodIndex),
    amount: amountBase,
    feeBps: BigInt(feeBps),
    executionFee: executionFeeBase,
    viaPermit2: false,
  };
}

/** Charges that are paid out together (same plan, same fee, same execution fee) in groups, the few others alone. */
function batchOf(charges: readonly Charge[]) {
  const keyOf = ({ mandate, feeBps, executionFeeBase }: Charge) =>
    [...Object.values(planOf(mandate)), feeBps, executionFeeBase].join(" ").toLowerCase();
  const alike = [...Map.groupBy(charges, keyOf).values()];
  const groups = alike.filter(({ length }) => length >= SMALLEST_GROUP).flatMap(groupOf);
  const singles = alike
    .filter(({ length }) => length < SMALLEST_GROUP)
    .flat()
    .map((charge) => ({ mandate: wholeMandate(charge.mandate), terms: chargeTerms(charge) }));
  return [groups, singles, GAS_PER_TRANSFER] as const;
}

function groupOf(charges: readonly Charge[]) {
  const [first] = charges;
  if (!first) return [];
  return {
    plan: planOf(first.mandate),
    feeBps: BigInt(first.feeBps),
    executionFee: first.executionFeeBase,
    viaPermit2: false,
    charges: charges.map(({ mandate, periodIndex, amountBase }) => ({
      head: headOf(mandate),
      period: BigInt(periodIndex),
      amount: amountBase,
    })),
  };
}

function encodeChange({ mandate, change, deadline, signature }: SignedMandateChange): EvmHex {
  const until = BigInt(deadline);
  if (change.type === "stop") {
    return encodeFunctionData({ abi, functionName: "stopSigned", args: [wholeMandate(mandate), until, signature] });
  }
  const which = [headOf(mandate), planHash(mandate)] as const;
  if (change.type === "cancel") {
    return encodeFunctionData({ abi, functionName: "cancelSigned", args: [...which, until, signature] });
  }
  const args = [...which, change.maximumBase, until, signature] as const;
  return encodeFunctionData({ abi, functionName: "setMaximumSigned", args });
}
