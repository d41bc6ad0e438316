import { timingSafeEqual } from "node:crypto";
import type { Context } from "../context.ts";
import { DomainError } from "../errors.ts";
import type { Subscription } from "../subscription/index.ts";
import { findSubscriptions } from "../subscription/store.ts";
import { isUuid } from "../uuid.ts";

const TOKEN = /^([0-9a-f-]{36})\.([1-9]\d{0,8})\.([A-Za-z0-9_-]{43})$/;

const macOf = (ctx: Context, uuid: string, version: string): string => ctx.secrets.mac(`portal:${uuid}:${version}`);

/** What the link holds: uuid, version and a keyed hash of both. Nothing is stored; a raised version revokes it. */
function tokenOf(ctx: Context, { uuid, portalVersion }: Pick<Subscription, "uuid" | "portalVersion">): string {
  return `${uuid}.${portalVersion}.${macOf(ctx, uuid, String(portalVersion))}`;
}

/** The customer's link to a subscription. */
export const portalLink = (ctx: Context, subscription: Pick<Subscription, "uuid" | "portalVersion">): string =>
  `${ctx.policy.publicUrl}/manage/${tokenOf(ctx, subscription)}`;

/** The same, by uuid; null where there is no subscription yet. */
export async function portalUrl(ctx: Context, uuid: string): Promise<string | null> {
  const [subscription] = await findSubscriptions(ctx.db, [uuid]);
  return subscription ? portalLink(ctx, subscription) : null;
}

const invalid = () =>
  new DomainError(
    "not_found",
    "portal_link_invalid",
    "This link is not complete, or was revoked. Ask the seller for another.",
  );

/** The subscription a link is for. Throws `portal_link_invalid`: one character altered, or revoked. */
export async function subscriptionOfLink(ctx: Context, token: string): Promise<Subscription> {
  const [, uuid, version, mac] = TOKEN.exec(token) ?? [];
  if (!isUuid(uuid) || version === undefined || mac === undefined) throw invalid();
  const given = Buffer.from(mac);
  const wanted = Buffer.from(macOf(ctx, uuid, version));
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) throw invalid();
  const [subscription] = await findSubscriptions(ctx.db, [uuid]);
  if (subscription?.portalVersion !== Number(version)) throw invalid();
  return subscription;
}
