export { listPlatformFees, type PlatformFee, setPlatformFee } from "./platform-fee.ts";
