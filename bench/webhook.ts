// How long a merchant waits from the block with the payment to the `completed` webhook, at one confirmation.
import { QBitFlow } from "@qbitflow/sdk";
import { ada, customerOf } from "../e2e/harness/customer.ts";
import { startReceiver } from "../e2e/harness/receiver.ts";
import { startServer, temporaryDataDir, until } from "../e2e/harness/server.ts";
import { median, type Row } from "./table.ts";

const payments = 15;

export async function benchWebhook(): Promise<Row[]> {
  const directory = temporaryDataDir();
  const receiver = await startReceiver();
  const server = await startServer({ dataDir: directory.path, env: { CONFIRMATIONS_LOCAL: "1", LOG_LEVEL: "error" } });
  try {
    const client = new QBitFlow({ apiKey: server.dev.testApiKey, baseUrl: server.dev.apiUrl });
    const customer = customerOf(server.dev);
    const waits: number[] = [];
    for (let index = 0; index < payments; index += 1) {
      const { uuid } = await client.oneTimePayments.createSession({ productId: 1, webhookUrl: receiver.url });
      await customer.identify(uuid, { ...ada, email: `bench${index}@example.com` });
      // Automatic mining: the transaction is in a block when the node answers.
      const quote = await customer.quote(uuid, "ETH");
      await customer.payQuote(quote, { hint: false });
      const mined = performance.now();
      await until("completed", () => receiver.of(uuid).some(({ body }) => body.status.status === "completed"));
      waits.push(performance.now() - mined);
    }
    const milliseconds = median(waits);
    return [
      {
        what: `block → completed webhook at 1 confirmation, median of ${payments}`,
        figure: `${Math.round(milliseconds)} ms`,
        goal: "≤ 1000 ms",
        met: milliseconds <= 1000,
        detail: { medianMs: milliseconds, worstMs: Math.max(...waits) },
      },
    ];
  } finally {
    await server.stop();
    await receiver.close();
    directory.remove();
  }
}
