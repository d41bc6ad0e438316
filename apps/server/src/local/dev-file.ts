import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Network } from "@qbitflow/chains";
import { writePrivateFile } from "../private-file.ts";
import type { Seeded } from "./seed.ts";
import { devWallets } from "./wallets.ts";

/** What scripts and tests need of a running local server: `<data dir>/dev.json`. */
export interface DevFile {
  readonly apiUrl: string;
  readonly checkoutUrl: string;
  readonly organizationId: number;
  readonly testApiKey: string;
  readonly webhookSecret: string;
  readonly chain: {
    readonly chainId: number;
    readonly rpcUrl: string;
    readonly contracts: Readonly<Record<string, string>>;
    readonly tokens: Readonly<Record<string, { address: string; decimals: number; currencyId: number }>>;
  };
  readonly wallets: readonly { address: string; privateKey: string; role: string }[];
}

export function devFile(
  seeded: Seeded,
  { publicUrl, rpcUrl, network }: { publicUrl: string; rpcUrl: string; network: Network },
): DevFile {
  return {
    apiUrl: `${publicUrl}/v1`,
    checkoutUrl: publicUrl,
    organizationId: Number(seeded.organizationId),
    testApiKey: seeded.testApiKey,
    webhookSecret: seeded.webhookSecret,
    chain: {
      chainId: network.chainId,
      rpcUrl,
      contracts: {
        checkout: network.checkoutContracts.at(-1)?.address ?? "",
        subscriptions: network.subscriptionContracts.at(-1)?.address ?? "",
        executorRegistry: network.executorRegistry ?? "",
        permit2: network.permit2 ?? "",
      },
      tokens: Object.fromEntries(
        network.tokens.map(({ symbol, address, decimals, id }) => [symbol, { address, decimals, currencyId: id }]),
      ),
    },
    wallets: devWallets,
  };
}

const FILE = "dev.json";

/** Whoever finds the file may rely on the server: it is written when all is ready, and gone while it is not. */
export async function writeDevFile(dataDir: string, dev: DevFile): Promise<void> {
  await writePrivateFile(join(dataDir, FILE), `${JSON.stringify(dev, null, 2)}\n`);
}

export async function removeDevFile(dataDir: string): Promise<void> {
  await rm(join(dataDir, FILE), { force: true });
}
