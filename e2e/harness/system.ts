import { QBitFlow } from "@qbitflow/sdk";
import { type Receiver, startReceiver } from "./receiver.ts";
import { type RunningServer, startServer, temporaryDataDir } from "./server.ts";

/** The whole system as a merchant has it: the running server, a webhook endpoint, and the SDK with the test key. */
export interface System {
  readonly server: RunningServer;
  readonly receiver: Receiver;
  readonly client: QBitFlow;
  /** The statuses that arrived at the endpoint for one session, in order. */
  told(uuid: string): string[];
  /** The same of a subscription: what it became, in order. */
  became(uuid: string): string[];
  stop(): Promise<void>;
}

export async function startSystem(env: Record<string, string> = {}): Promise<System> {
  const directory = temporaryDataDir();
  const [server, receiver] = await Promise.all([startServer({ dataDir: directory.path, env }), startReceiver()]);
  return {
    server,
    receiver,
    client: new QBitFlow({ apiKey: server.dev.testApiKey, baseUrl: server.dev.apiUrl }),
    became: (uuid) => receiver.ofSubscription(uuid).flatMap(({ body }) => body.currentStatus ?? []),
    told: (uuid) => receiver.of(uuid).map((delivery) => delivery.body.status.status),
    stop: async () => {
      await server.stop();
      await receiver.close();
      directory.remove();
    },
  };
}
