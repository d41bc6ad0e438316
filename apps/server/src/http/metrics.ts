import { createHash, timingSafeEqual } from "node:crypto";
import { DomainError, dueBills, relayHealth, scanStates, webhookBacklog } from "@qbitflow/core";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { ServerContext } from "../server-context.ts";

/** Serves `/metrics` in Prometheus' text format: with the operator's token, on the local default to anybody on this machine. */
export function registerMetrics(app: FastifyInstance, server: ServerContext): void {
  const { metricsToken } = server.config;
  if (metricsToken === undefined && server.local === undefined) return;
  const register = new Registry();
  collectDefaultMetrics({ register });
  measureRequests(app, register);
  const gauges = gaugesOf(register);
  app.get("/metrics", async (request, reply) => {
    if (metricsToken !== undefined) checkToken(request, metricsToken);
    await look(server, gauges);
    return reply.type(register.contentType).send(await register.metrics());
  });
}

function checkToken({ headers }: FastifyRequest, token: string): void {
  const hash = (text: string) => createHash("sha256").update(text).digest();
  if (!timingSafeEqual(hash(headers.authorization ?? ""), hash(`Bearer ${token}`)))
    throw new DomainError(
      "unauthenticated",
      "metrics_token_invalid",
      "Send the server's METRICS_TOKEN in the header `Authorization: Bearer <token>`.",
    );
}

function measureRequests(app: FastifyInstance, register: Registry): void {
  const seconds = new Histogram({
    name: "qbitflow_http_request_duration_seconds",
    help: "From a request's arrival to its answer's end.",
    labelNames: ["method", "route", "status"],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [register],
  });
  app.addHook("onResponse", (request, reply, done) => {
    // The route, not the path: paths hold links' secrets, and are without number.
    const labels = { method: request.method, route: request.routeOptions.url ?? "unknown", status: reply.statusCode };
    seconds.observe(labels, reply.elapsedTime / 1000);
    done();
  });
}

type Gauges = ReturnType<typeof gaugesOf>;

function gaugesOf(register: Registry) {
  const gauge = <L extends string>(name: string, help: string, ...labelNames: L[]) =>
    new Gauge<L>({ name: `qbitflow_${name}`, help, labelNames, registers: [register] });
  return {
    chainBehind: gauge("chain_blocks_behind", "Blocks between the chain's head and what was read.", "network"),
    chainSilence: gauge("chain_silent_seconds", "Since the chain last answered.", "network"),
    chainHalted: gauge("chain_halted", "1 = reading stands still until somebody acts.", "network"),
    relayCharges: gauge("relay_charges_left", "Charges the key's coin pays for at present.", "network", "sender"),
    relayLow: gauge("relay_balance_low", "1 = coin for fewer than a hundred charges.", "network", "sender"),
    relayCalls: gauge("relay_calls", "Calls not yet signed, and not yet settled.", "network", "sender", "state"),
    billsDue: gauge("bills_due", "Bills to be made or charged now."),
    webhooks: gauge("webhook_deliveries_waiting", "Deliveries that are due or will be tried again."),
    webhookAge: gauge("webhook_oldest_waiting_seconds", "Since the oldest waiting delivery was written; 0 = none."),
  };
}

/** What the processes wrote down, as it stands now: any one of them can be asked. */
async function look({ core }: ServerContext, gauges: Gauges): Promise<void> {
  const [chains, relays, bills, webhooks] = await Promise.all([
    scanStates(core),
    relayHealth(core),
    dueBills(core),
    webhookBacklog(core),
  ]);
  const nowMs = core.clock.now().getTime();
  for (const { network, headNumber, scannedNumber, silentMs, haltedReason } of chains) {
    gauges.chainBehind.set({ network }, headNumber - scannedNumber);
    gauges.chainSilence.set({ network }, silentMs / 1000);
    gauges.chainHalted.set({ network }, haltedReason === null ? 0 : 1);
  }
  for (const { network, sender, chargesLeft, isLow, queued, underWay } of relays) {
    if (chargesLeft !== null) gauges.relayCharges.set({ network, sender }, Number(chargesLeft));
    gauges.relayLow.set({ network, sender }, isLow ? 1 : 0);
    gauges.relayCalls.set({ network, sender, state: "queued" }, queued);
    gauges.relayCalls.set({ network, sender, state: "under_way" }, underWay);
  }
  gauges.billsDue.set(bills);
  gauges.webhooks.set(webhooks.waiting);
  gauges.webhookAge.set(webhooks.oldestAt === null ? 0 : Math.max(0, nowMs - webhooks.oldestAt.getTime()) / 1000);
}
