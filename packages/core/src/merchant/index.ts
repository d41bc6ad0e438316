export { loadMerchant, type Merchant, type MerchantKey, type PayTo } from "./merchant.ts";
