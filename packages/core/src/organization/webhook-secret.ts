import type { Context } from "../context.ts";
import { notFound, type Tenant } from "../tenant.ts";
import { findSecrets, replaceSecret } from "./store.ts";

const SECRET_BYTES = 32;
const OVERLAP_MS = 24 * 60 * 60_000;

/** `whsec_` and 32 random bytes in base64, as Standard Webhooks libraries expect. */
export function newWebhookSecret(ctx: Context): string {
  return `whsec_${Buffer.from(ctx.ids.token(SECRET_BYTES), "base64url").toString("base64")}`;
}

export interface WebhookSecrets {
  readonly current: string;
  /** The one before, as long as it still signs beside the current one. */
  readonly previous: string | null;
}

/** Throws `not_found`. */
export async function webhookSecrets(ctx: Context, tenant: Tenant): Promise<WebhookSecrets> {
  const sealed = await findSecrets(ctx.db, tenant);
  if (!sealed) throw notFound("organization");
  const { current, previous, previousValidUntil } = sealed;
  const stillSigns = previous !== null && previousValidUntil !== null && previousValidUntil > ctx.clock.now();
  return { current: ctx.secrets.open(current), previous: stillSigns ? openedOrNull(ctx, previous) : null };
}

/** A previous secret that was sealed with an earlier key signs no more; the current one must not suffer for it. */
function openedOrNull(ctx: Context, sealed: Uint8Array): string | null {
  try {
    return ctx.secrets.open(sealed);
  } catch {
    return null;
  }
}

/** A new secret signs from now on; the old one keeps signing beside it for `overlapMs` (a day). Throws `not_found`. */
export async function rotateWebhookSecret(
  ctx: Context,
  input: Tenant & { readonly overlapMs?: number },
): Promise<string> {
  const secret = newWebhookSecret(ctx);
  const previousValidUntil = new Date(ctx.clock.now().getTime() + (input.overlapMs ?? OVERLAP_MS));
  if (!(await replaceSecret(ctx.db, input, { sealed: ctx.secrets.seal(secret), previousValidUntil }))) {
    throw notFound("organization");
  }
  return secret;
}
