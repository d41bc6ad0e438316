export { listWallets, setWallet } from "./set.ts";
export type { Wallet } from "./wallet.ts";
