import type { Command } from "./command.ts";
import { clock } from "./commands/clock.ts";
import { completion } from "./commands/completion.ts";
import { contracts } from "./commands/contracts.ts";
import { currencies } from "./commands/currencies.ts";
import { doctor } from "./commands/doctor.ts";
import { events } from "./commands/events.ts";
import { fees } from "./commands/fees.ts";
import { keys } from "./commands/keys.ts";
import { listen } from "./commands/listen.ts";
import { migrate } from "./commands/migrate.ts";
import { org } from "./commands/org.ts";
import { payments } from "./commands/payments.ts";
import { portal } from "./commands/portal.ts";
import { reconcile } from "./commands/reconcile.ts";
import { sessions } from "./commands/sessions.ts";
import { start } from "./commands/start.ts";
import { trigger } from "./commands/trigger.ts";
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
  sessions,
  payments,
  events,
  listen,
  trigger,
  clock,
  reconcile,
  contracts,
  completion,
].flat();
