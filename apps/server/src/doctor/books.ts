import { listOrganizations, type ServiceContext, scanStates, webhookBacklog, webhookSecrets } from "@qbitflow/core";
import { scanHealth } from "../http/readiness.ts";
import { type Check, ok, problem, warning } from "./check.ts";

/** Whether each chain is being read, and how far it is. */
export async function checkReading(core: ServiceContext): Promise<readonly Check[]> {
  const states = await scanStates(core);
  return [...core.chains.values()].map(({ network }) => {
    const name = `${network.slug} reading`;
    const { isFine, detail } = scanHealth(network, states);
    if (isFine) return ok(name, detail);
    const advice = detail.startsWith("halted")
      ? "Payments are not seen until somebody acts: see going-live.md on alerts."
      : "Payments are not seen. Check that a server with ROLE all or watcher runs, and the RPC endpoints.";
    return problem(name, detail, advice);
  });
}

/** Tries go on for days, but an endpoint that is well takes a webhook at once. */
const OLD_MS = 15 * 60_000;

/** Webhooks that wait. */
export async function checkWebhooks(core: ServiceContext): Promise<readonly Check[]> {
  const { waiting, oldestAt } = await webhookBacklog(core);
  const ageMs = oldestAt === null ? 0 : core.clock.now().getTime() - oldestAt.getTime();
  const detail = waiting === 0 ? "none waits" : `${waiting} wait, the oldest for ${Math.round(ageMs / 60_000)} min`;
  if (ageMs <= OLD_MS) return [ok("webhooks", detail)];
  const advice = "An endpoint does not take them (see the deliveries), or no server with ROLE all or worker runs.";
  return [warning("webhooks", detail, advice)];
}

/** Whether there are organizations, and this SECRET_KEY opens the secrets that sign their webhooks. */
export async function checkSecrets(core: ServiceContext): Promise<readonly Check[]> {
  const organizations = await listOrganizations(core);
  if (organizations.length === 0)
    return [warning("webhook secrets", "there is no organization yet", "Make one with `qbitflow org create`.")];
  const modes = organizations.flatMap(({ id, name }) =>
    [true, false].map((test) => ({ organizationId: id, test, name })),
  );
  const opened = await Promise.all(
    modes.map(async (mode) => {
      try {
        await webhookSecrets(core, mode);
        return null;
      } catch (error) {
        return `${mode.name}, ${mode.test ? "test" : "live"} mode: ${(error as Error).message}`;
      }
    }),
  );
  const closed = opened.filter((why) => why !== null);
  if (closed.length === 0) return [ok("webhook secrets", `${modes.length} are there and can be opened`)];
  return [problem("webhook secrets", closed.slice(0, 3).join("; "), "Start with the SECRET_KEY that sealed them.")];
}
