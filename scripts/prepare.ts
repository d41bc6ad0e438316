// Builds what a fresh clone needs and git does not hold: the checkout pages and the published form of the SDK.
import { buildCheckout } from "../apps/checkout/build.ts";
import { buildSdk } from "../packages/sdk/build.ts";

await buildSdk();
await buildCheckout();
