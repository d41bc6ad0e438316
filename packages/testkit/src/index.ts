export { type FakeClock, fakeClock } from "./clock.ts";
export { type TestContext, type TestContextOptions, testContext } from "./context.ts";
export { seededIds } from "./ids.ts";
export { silentLog } from "./log.ts";
export { type SeededMerchant, seedMerchant } from "./merchant.ts";
export { liveNetwork, testNetwork } from "./network.ts";
export { startPostgres, type TestPostgres } from "./postgres.ts";
export { stillChain } from "./still-chain.ts";
export { type DbKind, dbKinds, testDb } from "./test-db.ts";
