import type { Hex } from "viem";
import type { Mandate, TypedData } from "../../mandate.ts";
import { merchant, newUuid, organization, platform, usdcAddress } from "../evm-chain.testing.ts";

const ZERO_ADDRESS = "0x0000000000000000000000000000000000000000";

/** A good mandate, but for what is given. */
export function mandate(change: Partial<Mandate> & Pick<Mandate, "subscriber">): Mandate {
  return {
    uuid: newUuid(),
    merchant,
    token: usdcAddress,
    maxPerPeriodBase: 30_000_000n,
    priceMicros: 25_000_000n,
    kind: "fixed",
    period: { unit: "months", length: 1 },
    firstChargeAt: 1_800_000_000,
    endsAt: 0,
    feeRecipient: platform,
    maxFeeBps: 150,
    organization,
    organizationFeeBps: 50,
    registry: ZERO_ADDRESS,
    maxExecutionFeeBase: 50_000n,
    nonce: 7n,
    ...change,
  };
}

/** Signs typed data just as it came over the wire, as a wallet in a browser does. */
export function signTypedData(
  account: { signTypedData(parameters: never): Promise<Hex> },
  typedData: TypedData,
): Promise<Hex> {
  return account.signTypedData(JSON.parse(JSON.stringify(typedData)) as never);
}
