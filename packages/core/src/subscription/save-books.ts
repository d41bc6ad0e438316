import type { Session, SessionWebhook, SubscriptionStatus, SubscriptionWebhook, UsageWebhook } from "@qbitflow/api";
import { microsToJsonNumber } from "@qbitflow/money";
import { saveAttempts, saveBills } from "../bill/index.ts";
import { sessionResources } from "../checkout-session/index.ts";
import type { Context } from "../context.ts";
import { tellListeners } from "../webhook/tell-listeners.ts";
import type { Book, Notice } from "./book.ts";
import { cancelMandates } from "./cancel-mandates.ts";
import { shownPortalUrls } from "./portal-urls.ts";
import { maySubscriptionChange } from "./status.ts";
import { asJson, updateSubscriptions, type WebhookTarget } from "./store.ts";
import type { Subscription } from "./subscription.ts";
import { wireTime } from "./wire.ts";

// Event and delivery are one statement; the sequence is the delivery's in its stream.
const RECORD = `
  with happened as (
    select * from json_to_recordset($1::json) as h(
      position integer, uuid uuid, "organizationId" bigint, test boolean, type text, data jsonb, "deliveryId" uuid,
      stream text, sequence integer, url text, origin text, body text)
  ), logged as (
    insert into event (organization_id, test, type, subject_uuid, data, created_at)
    select "organizationId", test, type, uuid, data, $2 from happened order by position
    returning id, subject_uuid, type, data
  ), made as (
    insert into webhook_delivery
      (id, organization_id, test, event_id, subject_uuid, stream, sequence, url, origin, body, state, next_attempt_at, created_at)
    select h."deliveryId", h."organizationId", h.test,
      (select l.id from logged l
       where l.subject_uuid = h.uuid and l.type = h.type and (l.data->>'sequence')::integer = h.sequence),
      h.uuid, h.stream, h.sequence, h.url, h.origin, h.body,
      case when h.url is null then 'no_url' else 'due' end, case when h.url is not null then $2::timestamptz end, $2
    from happened h where h.body is not null
    returning id, organization_id, test, event_id, sequence
  ), ${tellListeners}`;

const NOTIFY = `
  select pg_notify('subscription_status', uuid) from unnest($1::text[]) as uuid
  union all
  select pg_notify('webhook_due', '') where $2`;

/** What a webhook of a subscription says. */
type Body = SessionWebhook | SubscriptionWebhook | UsageWebhook;

interface Happening {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly delivery?: { readonly stream: "subscription" | "billing"; readonly sequence: number; readonly body: Body };
}

const named = <Name extends string, T>(name: Name, value: T | null) =>
  (value === null ? {} : { [name]: value }) as { [K in Name]?: T };

function statusHappening(before: SubscriptionStatus, after: Subscription, portalUrl: string | null): Happening {
  const { uuid, reference, status, statusSequence, statusReason, statusMessage, updatedAt } = after;
  return {
    type: `subscription.${status}`,
    data: {
      previousStatus: before,
      status,
      sequence: statusSequence,
      ...named("reason", statusReason),
      ...named("message", statusMessage),
    },
    delivery: {
      stream: "subscription",
      sequence: statusSequence,
      body: {
        subscriptionUUID: uuid,
        ...named("subscriptionReference", reference),
        previousStatus: before,
        currentStatus: status,
        updatedAt: wireTime(updatedAt),
        ...named("portalUrl", portalUrl),
      },
    },
  };
}

function noticeBody(notice: Notice, subscription: Subscription, session: Session | undefined): Body {
  const { uuid, reference, unitsCurrentMicros, maxSpendingMicros, updatedAt } = subscription;
  if (notice.about === "bill") {
    const { status, txHash = null, message = null } = notice;
    if (session === undefined) throw new Error(`The session of the subscription ${uuid} is not there.`);
    const told = {
      type: "executeSubscription",
      status,
      ...named("txHash", txHash),
      ...named("message", message),
    } as const;
    return { uuid, status: told, session };
  }
  return {
    subscriptionUUID: uuid,
    ...named("subscriptionReference", reference),
    usagePercent: notice.percent,
    unitsCurrentPeriod: microsToJsonNumber(unitsCurrentMicros),
    // A threshold is one of a limit: usage without one is never told.
    maxSpendingPerPeriod: microsToJsonNumber(maxSpendingMicros ?? 0n),
    updatedAt: wireTime(updatedAt),
  };
}

/** The book's last word: what is written of its subscription, with its counts moved on. */
function close(book: Book, now: Date): Subscription {
  const { before, subscription, events } = book;
  const isChanged = isStatusChanged(book);
  if (isChanged && !maySubscriptionChange(before.status, subscription.status)) {
    throw new Error(`A subscription cannot go from ${before.status} to ${subscription.status} (${before.uuid}).`);
  }
  return {
    ...subscription,
    statusSequence: before.statusSequence + (isChanged ? 1 : 0),
    billingSequence: before.billingSequence + events.filter(({ notice }) => notice).length,
    // A look at the chain that found nothing new is no change.
    updatedAt: isChanged || events.length > 0 ? now : before.updatedAt,
  };
}

interface Told {
  readonly session: Session | undefined;
  readonly portalUrl: string | null;
}

const isStatusChanged = ({ before, subscription }: Book): boolean => before.status !== subscription.status;

function happeningsOf(book: Book, { session, portalUrl }: Told): Happening[] {
  const { before, subscription } = book;
  let sequence = before.billingSequence;
  const billing = book.events.map(({ type, data, notice }): Happening => {
    if (!notice) return { type, data };
    sequence += 1;
    const body = noticeBody(notice, subscription, session);
    return { type, data: { ...data, sequence }, delivery: { stream: "billing", sequence, body } };
  });
  return isStatusChanged(book) ? [...billing, statusHappening(before.status, subscription, portalUrl)] : billing;
}

async function happenings(ctx: Context, books: readonly Book[]): Promise<{ book: Book; happening: Happening }[]> {
  const told = books.filter((book) => book.events.some(({ notice }) => notice?.about === "bill"));
  const sessions = await sessionResources(
    ctx,
    told.map((book) => book.before.uuid),
  );
  const portalUrls = await shownPortalUrls(
    ctx,
    books.filter(isStatusChanged).map((book) => book.subscription),
  );
  return books.flatMap((book) => {
    const { uuid } = book.before;
    const told = { session: sessions.get(uuid), portalUrl: portalUrls.get(uuid) ?? null };
    return happeningsOf(book, told).map((happening) => ({ book, happening }));
  });
}

const originOf = (url: string): string => (URL.canParse(url) ? new URL(url).origin : url);

async function record(
  ctx: Context,
  books: readonly Book[],
  targets: ReadonlyMap<string, WebhookTarget>,
): Promise<void> {
  const all = await happenings(ctx, books);
  if (all.length === 0) return;
  const rows = all.map(({ book, happening: { type, data, delivery } }, position) => {
    const { uuid, organizationId, test } = book.before;
    const { url = null, isHeard = false } = targets.get(uuid) ?? {};
    const row = { position, uuid, organizationId, test, type, data };
    if (!delivery || (url === null && !isHeard)) return { ...row, url: null };
    const { stream, sequence, body } = delivery;
    return {
      ...row,
      stream,
      sequence,
      body: JSON.stringify(body),
      deliveryId: ctx.ids.uuid(),
      url,
      origin: url === null ? null : originOf(url),
    };
  });
  await ctx.db.query(RECORD, [asJson(rows), ctx.clock.now()], { name: "subscription_record" });
  const uuids = [...new Set(rows.map(({ uuid }) => uuid))];
  await ctx.db.query(NOTIFY, [uuids, rows.some(({ url }) => url !== null)], { name: "subscription_notify" });
}

/**
 * The only way a subscription, its bills and their attempts change. Set-based and guarded: each subscription must still
 * have the status it was loaded with (it is locked, so it has). Writes rows, appends events, makes webhook deliveries
 * with their bodies frozen, puts the mandates' cancellations to the relay and notifies `subscription_status`, all in the
 * transaction that loaded the books. Throws when the table of statuses does not know a change: a mistake in the program.
 */
export async function saveBooks(ctx: Context, books: readonly Book[]): Promise<void> {
  if (books.length === 0) return;
  const now = ctx.clock.now();
  for (const book of books) book.subscription = close(book, now);
  const targets = await updateSubscriptions(
    ctx.db,
    books.map(({ before, subscription }) => ({ before, after: subscription })),
  );
  if (targets.size !== books.length) throw new Error("A subscription was changed by somebody who did not lock it.");
  const bills = books.flatMap((book) => [...book.bills.values()]);
  await saveBills(
    ctx.db,
    bills.filter(({ status }) => status !== "open" && status !== "charging"),
  );
  await saveBills(
    ctx.db,
    bills.filter(({ status }) => status === "open" || status === "charging"),
  );
  await saveAttempts(
    ctx.db,
    books.flatMap((book) => [...book.attempts.values()]),
  );
  await record(ctx, books, targets);
  await cancelMandates(ctx, books);
}
