import type { Command } from "./command.ts";
import { clock } from "./commands/clock.ts";
import { contracts } from "./commands/contracts.ts";
import { currencies } from "./commands/currencies.ts";
import { doctor } from "./commands/doctor.ts";
import { fees } from "./commands/fees.ts";
import { keys } from "./commands/keys.ts";
import { migrate } from "./commands/migrate.ts";
import { org } from "./commands/org.ts";
import { portal } from "./commands/portal.ts";
import { reconcile } from "./commands/reconcile.ts";
import { start } from "./commands/start.ts";
import { wallets } from "./commands/wallets.ts";
import { webhooks } from "./commands/webhooks.ts";

/** All commands, in the order of help and of docs/cli.md: one file for each first word. */
export const commands: readonly Command[] = [
  start,
  migrate,
  doctor,
  org,
  keys,
  wallets,
  currencies,
  fees,
  webhooks,
  portal,
  clock,
  reconcile,
  contracts,
].flat();
