import type { Context } from "../context.ts";
import { getOrganizationMode } from "../organization/index.ts";
import { portalLink } from "../portal/link.ts";
import type { Subscription } from "./subscription.ts";

/** The customers' pages, by subscription, of those whose organization wants them named. */
export async function shownPortalUrls(
  ctx: Context,
  subscriptions: readonly Subscription[],
): Promise<ReadonlyMap<string, string>> {
  const keyOf = ({ organizationId, test }: Subscription) => `${organizationId}:${test}`;
  const shown = new Map<string, boolean>();
  for (const subscription of subscriptions) {
    if (shown.has(keyOf(subscription))) continue;
    shown.set(keyOf(subscription), (await getOrganizationMode(ctx, subscription)).showsPortalUrl);
  }
  const linked = subscriptions.filter((subscription) => shown.get(keyOf(subscription)) === true);
  return new Map(linked.map((subscription) => [subscription.uuid, portalLink(ctx, subscription)]));
}
