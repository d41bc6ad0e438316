export { advanceClock, requireClockMover } from "./advance.ts";
export { followClock, loadClock } from "./follow.ts";
export { type ChainTime, type RunClockOptions, runClock } from "./run.ts";
export { showClock } from "./show.ts";
export { type ClockSetting, createTestClock, type TestClock } from "./test-clock.ts";
