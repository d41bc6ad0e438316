export { advanceClock, requireClockMover } from "./advance.ts";
export { followClock, loadClock } from "./follow.ts";
export { type RunClockOptions, runClock } from "./run.ts";
export { showClock } from "./show.ts";
export type { ChainTime, Patience } from "./stand.ts";
export { type ClockSetting, createTestClock, type TestClock } from "./test-clock.ts";
