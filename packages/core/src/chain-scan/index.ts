export { type AdvanceInput, type AdvanceResult, advance } from "./advance.ts";
export { type ScanState, scanStates } from "./health.ts";
export { acquireLease, releaseLease } from "./lease.ts";
export { restartScan } from "./restart.ts";
export { ReorganisationTooDeepError } from "./rewind.ts";
export { startScan } from "./start.ts";
export { type WatchOptions, watchChain } from "./watch.ts";
