import type { GaslessWay } from "@qbitflow/chains";
import type { Queryable } from "@qbitflow/db";
import type { Context } from "../context.ts";

export interface NewGaslessPayment {
  readonly callUuid: string;
  readonly sessionUuid: string;
  readonly quoteId: bigint;
  readonly payer: string;
  readonly way: GaslessWay;
}

/** The payment of the session that is with the relay now. */
export async function findUnderWay(
  db: Queryable,
  sessionUuid: string,
): Promise<{ readonly callUuid: string; readonly quoteId: bigint } | null> {
  const [row] = await db.query<{ callUuid: string; quoteId: bigint }>(
    `select call_uuid as "callUuid", quote_id as "quoteId" from gasless_payment
     where session_uuid = $1 and state = 'sending'`,
    [sessionUuid],
  );
  return row ?? null;
}

export async function insertGaslessPayment(ctx: Context, payment: NewGaslessPayment): Promise<void> {
  await ctx.db.query(
    `insert into gasless_payment (call_uuid, session_uuid, quote_id, payer, way, created_at)
     values ($1, $2, $3, $4, $5, $6)`,
    [payment.callUuid, payment.sessionUuid, payment.quoteId, payment.payer, payment.way, ctx.clock.now()],
  );
}

/** Those among the calls that are gasless payments are done. */
export async function markDone(db: Queryable, callUuids: readonly string[]): Promise<void> {
  await db.query("update gasless_payment set state = 'done' where call_uuid = any($1::uuid[]) and state = 'sending'", [
    callUuids,
  ]);
}

/** Which quote each of the session's gasless payments is of. */
export function findPaymentsOf(
  db: Queryable,
  sessionUuid: string,
): Promise<{ readonly callUuid: string; readonly quoteId: bigint }[]> {
  return db.query(
    `select call_uuid as "callUuid", quote_id as "quoteId" from gasless_payment where session_uuid = $1`,
    [sessionUuid],
    { name: "gasless_of_session" },
  );
}
