import type { Queryable } from "@qbitflow/db";
import type { MandateKey } from "./store.ts";

/** A new maximum that was offered: what the customer asked for in USD, and what the wallet signs for it in tokens. */
export interface MaximumOffered extends MandateKey {
  readonly maximumBase: bigint;
  readonly askedMicros: bigint;
  readonly at: Date;
}

export async function keepMaximumOffer(db: Queryable, offer: MaximumOffered): Promise<void> {
  await db.query(
    `insert into maximum_offer (network, mandate_hash, maximum_base, asked_micros, offered_at) values ($1, $2, $3, $4, $5)
     on conflict (network, mandate_hash, maximum_base)
     do update set asked_micros = excluded.asked_micros, offered_at = excluded.offered_at`,
    [offer.network, offer.hash, offer.maximumBase, offer.askedMicros, offer.at],
    { name: "maximum_offer_keep" },
  );
}

/** What was asked for in USD when this maximum was offered; null when nobody offered it. */
export async function askedMaximumMicros(
  db: Queryable,
  { network, hash, maximumBase }: MandateKey & { readonly maximumBase: bigint },
): Promise<bigint | null> {
  const [row] = await db.query<{ askedMicros: bigint }>(
    `select asked_micros as "askedMicros" from maximum_offer
     where network = $1 and mandate_hash = $2 and maximum_base = $3`,
    [network, hash, maximumBase],
    { name: "maximum_offer_find" },
  );
  return row?.askedMicros ?? null;
}
