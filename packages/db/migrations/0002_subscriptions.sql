-- Subscriptions and pay-as-you-go: what customers signed, what is billed, and what chains show of it.
-- Units are bigint with 6 decimals (micro-units), like USD.

-- What makes a session a subscription; null for a one-time payment. Exactly
-- {"kind": "subscription" | "payAsYouGo", "frequency": {"unit": "seconds" | "months", "length": n}, "trial"?: the same,
--  "freeCreditsMicros"?: "100000000", "minPeriods"?: n}.
alter table checkout_session add column options jsonb;

-- What a customer was asked to sign and did. Terms never change; another currency, wallet or registry is another mandate.
create table mandate (
  network text not null,
  hash text not null,
  contract text not null,
  -- The session's, and once it exists the subscription's.
  uuid uuid not null references checkout_session,
  currency_id integer not null references currency,
  subscriber text not null,
  merchant text not null,
  token text not null,
  max_per_period_base numeric(78, 0) not null check (max_per_period_base > 0),
  price_micros bigint not null,
  kind text not null check (kind in ('fixed', 'payAsYouGo')),
  period_unit text not null check (period_unit in ('seconds', 'months')),
  period_length bigint not null check (period_length > 0),
  first_charge_at timestamptz not null,
  ends_at timestamptz,
  fee_recipient text not null,
  max_fee_bps integer not null,
  organization text not null,
  organization_fee_bps integer not null,
  registry text not null,
  max_execution_fee_base numeric(78, 0) not null,
  nonce numeric(78, 0) not null,
  -- Periods the customer chose to authorise; null = until cancelled.
  periods integer,
  -- Kept until it is active: an activation may have to be sent again.
  signature text,
  permit jsonb,
  -- proposed: shown to the customer; signed: checked, its activation is being sent; the rest is what the chain says.
  state text not null default 'proposed' check (state in ('proposed', 'signed', 'active', 'stopped', 'cancelled')),
  -- The cap as the chain has it now.
  maximum_base numeric(78, 0) not null,
  rate_e18 numeric(78, 0) not null,
  rate_sources jsonb not null,
  created_at timestamptz not null,
  signed_at timestamptz,
  activated_at timestamptz,
  primary key (network, hash)
);
create index mandate_uuid on mandate (uuid);

-- Events of the subscriptions contract that bear a uuid of ours. Rows are never deleted: a reorganisation orphans them.
create table mandate_event (
  id bigint generated always as identity primary key,
  network text not null,
  contract text not null,
  block_number bigint not null,
  block_hash text not null,
  transaction_hash text not null,
  log_index integer not null,
  mandate_hash text not null,
  uuid uuid not null,
  type text not null check (type in ('activated', 'charged', 'charge_failed', 'maximum_changed', 'stopped', 'cancelled')),
  -- The event's own fields; amounts as decimal texts.
  data jsonb not null,
  mined_at timestamptz not null,
  seen_at timestamptz not null,
  -- When its block had the confirmations and it took effect.
  confirmed_at timestamptz,
  orphaned_at timestamptz,
  unique (network, block_hash, transaction_hash, log_index)
);
create unique index mandate_event_canonical on mandate_event (network, transaction_hash, log_index) where orphaned_at is null;
create index mandate_event_unconfirmed on mandate_event (network, block_number) where confirmed_at is null and orphaned_at is null;
create index mandate_event_block on mandate_event (network, block_number) where orphaned_at is null;
create index mandate_event_uuid on mandate_event (uuid);

create table subscription (
  uuid uuid primary key references checkout_session,
  organization_id bigint not null,
  test boolean not null,
  user_id bigint not null,
  kind text not null check (kind in ('subscription', 'payAsYouGo')),
  product_id bigint not null,
  product_name text not null,
  description text not null,
  -- Per period, or per unit.
  price_micros bigint not null check (price_micros > 0),
  customer_uuid uuid not null,
  webhook_url text,
  reference text,
  metadata jsonb,
  frequency_unit text not null check (frequency_unit in ('seconds', 'months')),
  frequency_length bigint not null check (frequency_length > 0),
  status text not null check (status in ('trial', 'trial_expired', 'active', 'low_on_funds', 'pending', 'past_due', 'cancelled')),
  -- Why, in words and as a code, where the status says that something is wrong.
  status_reason text,
  status_message text,
  -- Counts the subscription's statuses from 1.
  status_sequence integer not null default 1,
  stopped boolean not null default false,
  -- The mandate that is charged; null while nothing was authorised. Belongs to network.
  network text,
  mandate_hash text,
  trial_ends_at timestamptz,
  -- Period k begins at the anchor plus k periods. Every date follows from it, never from when a late charge came.
  anchor_at timestamptz not null,
  -- The period whose bill is next, and when that is due; null = nothing is due any more.
  next_period_index bigint not null default 0,
  next_bill_at timestamptz,
  last_billed_at timestamptz,
  -- Periods before the customer may cancel, and when they are over.
  min_periods integer,
  minimum_cancellation_at timestamptz,
  -- A status that ends by itself: trial (trial_ends_at), trial_expired and grace (7 days), stopped (the paid period's end).
  status_ends_at timestamptz,
  -- USD still to be used before units cost something.
  free_credits_micros bigint not null default 0 check (free_credits_micros >= 0),
  max_spending_micros bigint,
  -- The running period's units, and USD carried over from earlier ones (cap, dust, missed periods).
  units_current_micros bigint not null default 0 check (units_current_micros >= 0),
  carried_micros bigint not null default 0 check (carried_micros >= 0),
  -- The threshold of the cap that was told in this period: 0, 80 or 100 percent.
  usage_told_percent integer not null default 0,
  -- Counts what was told of bills and usage; the statuses have a count of their own.
  billing_sequence integer not null default 0,
  -- When the chain is next asked whether funds, allowance or cap came.
  funds_check_at timestamptz,
  allowance_base numeric(78, 0),
  balance_base numeric(78, 0),
  -- Raised to revoke portal links.
  portal_version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  cancelled_at timestamptz,
  foreign key (network, mandate_hash) references mandate (network, hash)
);
create index subscription_list on subscription (organization_id, test, uuid desc);
create index subscription_customer on subscription (customer_uuid);
-- The modes bill by different clocks.
create index subscription_bill_due on subscription (test, next_bill_at) where next_bill_at is not null;
create index subscription_status_due on subscription (status_ends_at) where status_ends_at is not null;
create index subscription_funds_due on subscription (funds_check_at) where funds_check_at is not null;

-- One period's charge. A period with nothing to pay has one too, so that history is whole.
create table bill (
  uuid uuid primary key,
  subscription_uuid uuid not null references subscription,
  organization_id bigint not null,
  test boolean not null,
  period_index bigint not null,
  period_starts_at timestamptz not null,
  period_ends_at timestamptz not null,
  due_at timestamptz not null,
  -- What is asked, after free credits, cap and carry-over; and how it came about (payAsYouGo).
  amount_micros bigint not null check (amount_micros >= 0),
  units_micros bigint,
  free_credits_used_micros bigint not null default 0,
  carried_in_micros bigint not null default 0,
  carried_out_micros bigint not null default 0,
  -- open: to be charged; charging: an attempt is under way; paid: confirmed on chain; nothing_due: no charge needed;
  -- forgiven: missed, never charged; void: the subscription ended before it was paid.
  status text not null check (status in ('open', 'charging', 'paid', 'nothing_due', 'forgiven', 'void')),
  -- When it is tried (again); null unless open.
  next_attempt_at timestamptz,
  -- Tried at once, whatever the test clock says: funds came, or execute-billing asked.
  is_urgent boolean not null default false,
  first_failed_at timestamptz,
  -- The worker that prices it now, until when by the database's clock: a process that dies gives it back.
  claim uuid,
  claimed_until timestamptz,
  created_at timestamptz not null,
  settled_at timestamptz,
  unique (subscription_uuid, period_index)
);
create index bill_due on bill (test, next_attempt_at) where status = 'open';
create index bill_urgent on bill (next_attempt_at) where status = 'open' and is_urgent;
create index bill_list on bill (organization_id, test, uuid desc) where status = 'paid';
-- One period at a time.
create unique index bill_unsettled on bill (subscription_uuid) where status in ('open', 'charging');

-- Each try to charge a bill: stored with the relay's call in one transaction, settled by what the chain shows.
create table bill_attempt (
  uuid uuid primary key,
  bill_uuid uuid not null references bill,
  number integer not null,
  network text,
  mandate_hash text,
  -- Null when it failed before anything was sent (cap, funds, no rate).
  relay_call_uuid uuid,
  currency_id integer references currency,
  amount_base numeric(78, 0),
  fee_bps integer,
  execution_fee_base numeric(78, 0),
  rate_e18 numeric(78, 0),
  rate_sources jsonb,
  rated_at timestamptz,
  state text not null check (state in ('sending', 'charged', 'failed')),
  -- insufficient_balance, insufficient_allowance, cap_exceeded, mandate_cancelled, rate_unavailable, chain_unavailable …
  reason text,
  message text,
  transaction_hash text,
  created_at timestamptz not null,
  settled_at timestamptz,
  unique (bill_uuid, number)
);
create unique index bill_attempt_under_way on bill_attempt (bill_uuid) where state = 'sending';
-- What a chain shows once counts once.
create unique index bill_attempt_charged on bill_attempt (network, transaction_hash, mandate_hash) where state = 'charged';
create index bill_attempt_transaction on bill_attempt (transaction_hash) where transaction_hash is not null;
create index bill_attempt_call on bill_attempt (relay_call_uuid) where relay_call_uuid is not null;

-- Usage as merchants report it. The id makes a repeat count once; the hash tells a repeat from a contradiction.
create table usage_event (
  organization_id bigint not null,
  test boolean not null,
  event_id text not null,
  content_hash bytea not null,
  subscription_uuid uuid not null references subscription,
  period_index bigint not null,
  units_micros bigint not null check (units_micros > 0),
  occurred_at timestamptz not null,
  metadata jsonb,
  received_at timestamptz not null,
  primary key (organization_id, test, event_id)
);
create index usage_event_subscription on usage_event (subscription_uuid, period_index);

-- A subscription has its session's uuid: what is told of it is counted beside what was told of the session.
alter table webhook_delivery add column stream text not null default 'session'
  check (stream in ('session', 'subscription', 'billing'));
alter table webhook_delivery drop constraint webhook_delivery_subject_uuid_sequence_key;
alter table webhook_delivery add unique (subject_uuid, stream, sequence);
