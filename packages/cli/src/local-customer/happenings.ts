import type { QBitFlow } from "@qbitflow/sdk";
import type { DevFile } from "@qbitflow/server";
import { NotRunningError, RefusedError } from "../errors.ts";
import { LocalCustomer } from "./customer.ts";

/** A block takes a second there; a machine that is busy takes longer. */
const COMPLETED_WITHIN_MS = 120_000;
const item = { productName: "Triggered test", description: "Made by qbitflow trigger", price: 25 };

export interface Scene {
  readonly client: QBitFlow;
  readonly dev: DevFile;
  readonly webhookUrl: string | undefined;
  readonly tell: (line: string) => void;
  readonly signal: AbortSignal;
}

export type Result = { readonly uuid: string; readonly transactionHash?: string };

async function newSession({ client, webhookUrl, tell }: Scene): Promise<string> {
  const { uuid, link } = await client.oneTimePayments.createSession({ ...item, webhookUrl });
  tell(`A session was made: ${link}`);
  return uuid;
}

async function untilCompleted(scene: Scene, uuid: string, type: "payment" | "subscription"): Promise<string> {
  const { client, tell, signal } = scene;
  const timeout = AbortSignal.timeout(COMPLETED_WITHIN_MS);
  try {
    for await (const one of client.transactionStatus.watch(uuid, type, {
      signal: AbortSignal.any([signal, timeout]),
    })) {
      const { status, message, txHash = "" } = one;
      tell(message === undefined ? `It is ${status}.` : `It is ${status}: ${message}.`);
      if (status === "completed") return txHash;
    }
  } catch (error) {
    if (!timeout.aborted) throw error;
    const seconds = COMPLETED_WITHIN_MS / 1_000;
    throw new NotRunningError(`The session ${uuid} was not completed within ${seconds} s: does the chain stand still?`);
  }
  throw new RefusedError(`The session ${uuid} ended without being completed.`);
}

async function payment(scene: Scene): Promise<Result> {
  const uuid = await newSession(scene);
  const customer = new LocalCustomer(scene.dev, uuid);
  await customer.arrive();
  const { transactionHash, amount, symbol } = await customer.pay();
  scene.tell(`A test wallet paid ${amount} ${symbol}: ${transactionHash}`);
  await untilCompleted(scene, uuid, "payment");
  return { uuid, transactionHash };
}

async function subscription(scene: Scene): Promise<Result> {
  const { client, dev, tell, webhookUrl } = scene;
  const frequency = { value: 1, unit: "months" } as const;
  const { uuid, link } = await client.subscriptions.createSession({ ...item, frequency, webhookUrl });
  tell(`A session was made: ${link}`);
  const customer = new LocalCustomer(dev, uuid);
  await customer.arrive();
  const { amount, symbol } = await customer.subscribe();
  tell(`A test wallet signed: ${amount} ${symbol} a month.`);
  return { uuid, transactionHash: await untilCompleted(scene, uuid, "subscription") };
}

/** What can be made to happen, by the name of the event that follows. */
export const happenings: Readonly<Record<string, (scene: Scene) => Promise<Result>>> = {
  "payment.completed": payment,
  "checkout_session.expired": async (scene) => {
    const uuid = await newSession(scene);
    await scene.client.oneTimePayments.expireSession(uuid);
    return { uuid };
  },
  "checkout_session.cancelled": async (scene) => {
    const uuid = await newSession(scene);
    const customer = new LocalCustomer(scene.dev, uuid);
    await customer.arrive();
    await customer.cancel();
    return { uuid };
  },
  "subscription.created": subscription,
  "subscription.cancelled": async (scene) => {
    const subscribed = await subscription(scene);
    await scene.client.subscriptions.forceCancel(subscribed.uuid);
    return subscribed;
  },
};
