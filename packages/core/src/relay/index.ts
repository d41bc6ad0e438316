export type { NewRelayCall, RelayCallState, RelayPurpose, RelayState, SettledCall } from "./call.ts";
export { enqueueCalls } from "./enqueue.ts";
export { acknowledgeCalls, relayCalls, settledCalls } from "./read.ts";
