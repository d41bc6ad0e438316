import type { Clock, Context, Principal } from "../context.ts";
import { DomainError } from "../errors.ts";
import { webhookSecrets } from "../organization/index.ts";
import { notFound } from "../tenant.ts";
import { type HeardRow, insertListener, removeListener, takeUnheard } from "./listener-store.ts";
import { deliveryHeaders } from "./sign.ts";

/** Another listener may take a place at the same moment; that happens as often as there are others. */
const PLACE_ATTEMPTS = 3;

/** A webhook as a listener is given it. */
export interface HeardDelivery {
  /** What to name once it is taken. */
  readonly position: bigint;
  /** The delivery's id, as in the headers. */
  readonly id: string;
  readonly eventId: bigint;
  /** Of its event: `checkout_session.completed`. */
  readonly type: string;
  readonly subjectUuid: string;
  readonly sequence: number;
  /** As a delivery of this moment has them, signature and all. */
  readonly headers: Readonly<Record<string, string>>;
  /** Byte for byte what is signed. */
  readonly body: string;
}

/**
 * Begins to keep every webhook of the key's organization and mode for the caller, those without a URL included. Lasts
 * until it is closed or not heard from for 15 minutes. Throws DomainError `rate_limited` when too many listen already.
 */
export async function openListener(ctx: Context, principal: Principal): Promise<string> {
  for (let attempt = 0; attempt < PLACE_ATTEMPTS; attempt++) {
    const id = ctx.ids.uuid();
    if (await insertListener(ctx.db, { ...principal, id })) return id;
  }
  throw new DomainError("rate_limited", "rate_limited", "Too many listen already: end one of them first.");
}

/**
 * The oldest webhooks the listener has not taken, signed now; those named by `taken` are done with. The same ones come again
 * until they are named. Throws DomainError not_found, for another key's listener as well.
 */
export async function readListener(
  ctx: Context,
  principal: Principal,
  input: { readonly id: string; readonly taken: readonly bigint[]; readonly wallClock: Clock },
): Promise<HeardDelivery[]> {
  const rows = await takeUnheard(ctx.db, { ...principal, ...input });
  if (rows === null) throw notFound("listener");
  if (rows.length === 0) return [];
  const secrets = await webhookSecrets(ctx, principal);
  const timestamp = Math.floor(input.wallClock.now().getTime() / 1000);
  return rows.map((row: HeardRow) => ({ ...row, headers: deliveryHeaders({ ...row, secrets, timestamp }) }));
}

/** Nothing is kept for it from now on. Throws DomainError not_found. */
export async function closeListener(ctx: Context, principal: Principal, id: string): Promise<void> {
  if (!(await removeListener(ctx.db, { ...principal, id }))) throw notFound("listener");
}
