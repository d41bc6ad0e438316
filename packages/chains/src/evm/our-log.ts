import type { Network } from "../adapter.ts";
import { createBloomCheck } from "./bloom.ts";
import { decodeMandateEvent, isMandateLog, MANDATE_TOPICS, type MandateLog } from "./mandates/mandate-log.ts";
import { decodePayment, isPaymentLog, type Log, PAYMENT_TOPIC, type PaymentLog } from "./payment-log.ts";
import { RpcError } from "./rpc-error.ts";

/** The addresses of our contracts on a chain, all versions, lower case. */
export interface OurContracts {
  readonly checkout: ReadonlySet<string>;
  readonly subscriptions: ReadonlySet<string>;
}

/** An event of one of our contracts, decoded. */
export type OurLog = PaymentLog | MandateLog;

export function ourContracts(network: Pick<Network, "checkoutContracts" | "subscriptionContracts">): OurContracts {
  const addresses = (contracts: readonly { address: string }[]) =>
    new Set(contracts.map(({ address }) => address.toLowerCase()));
  return {
    checkout: addresses(network.checkoutContracts),
    subscriptions: addresses(network.subscriptionContracts),
  };
}

/** True for an event that we read, of one of these contracts. */
export function isOurLog(log: Log, contracts: OurContracts): boolean {
  return isPaymentLog(log, contracts.checkout) || isMandateLog(log, contracts.subscriptions);
}

/** What an event of ours says. Throws RpcError `malformed` for a log that is not ours, or cannot have been written by our contract. */
export function decodeOurLog(log: Log, contracts: OurContracts): OurLog {
  if (isPaymentLog(log, contracts.checkout)) return decodePayment(log);
  if (isMandateLog(log, contracts.subscriptions)) return decodeMandateEvent(log);
  throw new RpcError("malformed", "An endpoint answered with logs that were not asked for.");
}

/** The one filter for all of them, as JSON-RPC takes it. */
export function ourLogFilter({ checkout, subscriptions }: OurContracts) {
  const topics = subscriptions.size === 0 ? [PAYMENT_TOPIC] : [PAYMENT_TOPIC, ...MANDATE_TOPICS];
  return { address: [...checkout, ...subscriptions], topics: [topics] };
}

/** `createBloomCheck` for all of them. */
export function createOurBloomCheck({ checkout, subscriptions }: OurContracts): (bloom: string) => boolean | null {
  return createBloomCheck([
    ...[...checkout].map((contract) => ({ contract, topic: PAYMENT_TOPIC })),
    ...[...subscriptions].flatMap((contract) => MANDATE_TOPICS.map((topic) => ({ contract, topic }))),
  ]);
}

export function inChainOrder(a: OurLog, b: OurLog): number {
  return a.log.blockNumber - b.log.blockNumber || a.log.logIndex - b.log.logIndex;
}
