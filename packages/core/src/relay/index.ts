export type { NewRelayCall, RelayCallState, RelayPurpose, RelayState, SettledCall, SubjectCall } from "./call.ts";
export { enqueueCalls } from "./enqueue.ts";
export { withinGas } from "./gas-limit.ts";
export { type RelayHealth, relayHealth } from "./health.ts";
export { type RelayPrice, relayPrice } from "./price-now.ts";
export {
  acknowledgeCalls,
  knownCall,
  ourTransactions,
  relayCalls,
  revertedTooOften,
  settledCalls,
  subjectCalls,
} from "./read.ts";
export { restartRelay } from "./restart.ts";
export { runSender, type SenderOptions } from "./run-sender.ts";
export { hasCallsUnderWay } from "./waiting.ts";
