-- Everything a one-time session checkout needs. `test` is the mode: the two modes share no row.
-- USD amounts are bigint micro-dollars; token amounts are numeric(78,0) base units (a uint256 fits).

create table organization (
  id bigint generated always as identity primary key,
  name text not null,
  support_email text,
  created_at timestamptz not null
);

-- What an organization keeps per mode: where webhooks go by default and what signs them.
create table organization_mode (
  organization_id bigint not null references organization,
  test boolean not null,
  default_webhook_url text,
  webhook_secret_sealed bytea not null,
  previous_webhook_secret_sealed bytea,
  previous_secret_valid_until timestamptz,
  primary key (organization_id, test)
);

create table app_user (
  id bigint generated always as identity primary key,
  organization_id bigint not null references organization,
  name text not null,
  last_name text not null,
  email text not null,
  password_hash text,
  role text not null check (role in ('owner', 'admin', 'user')),
  organization_fee_bps integer not null default 0 check (organization_fee_bps between 0 and 1000),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  deleted_at timestamptz
);
create unique index app_user_email on app_user (lower(email)) where deleted_at is null;
create index app_user_organization on app_user (organization_id);

create table api_key (
  id bigint generated always as identity primary key,
  organization_id bigint not null references organization,
  user_id bigint not null references app_user,
  name text not null,
  test boolean not null,
  secret_hash bytea not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  revoked_at timestamptz
);
create index api_key_organization on api_key (organization_id, user_id);

-- Product ids count from 1 in each organization and mode, so that numbering tells nothing about others.
create table numbering (
  organization_id bigint not null references organization,
  test boolean not null,
  thing text not null,
  last_number bigint not null,
  primary key (organization_id, test, thing)
);

create table product (
  organization_id bigint not null references organization,
  test boolean not null,
  id bigint not null,
  name text not null,
  description text not null,
  price_micros bigint not null check (price_micros > 0),
  reference text,
  is_active boolean not null default true,
  created_at timestamptz not null,
  deleted_at timestamptz,
  primary key (organization_id, test, id)
);
create unique index product_reference on product (organization_id, test, reference) where reference is not null and deleted_at is null;

-- A deleted customer keeps its uuid, so that its payments still point at one row; everything personal is null.
create table customer (
  uuid uuid primary key,
  organization_id bigint not null references organization,
  test boolean not null,
  name text,
  last_name text,
  email text,
  phone_number text,
  address text,
  reference text,
  created_at timestamptz not null,
  deleted_at timestamptz
);
create unique index customer_email on customer (organization_id, test, lower(email)) where deleted_at is null;
create unique index customer_reference on customer (organization_id, test, reference) where reference is not null and deleted_at is null;
create index customer_list on customer (organization_id, test, created_at desc, uuid desc) where deleted_at is null;

-- What a browser typed into a session's page, shown again to that browser alone. It is the same for a new customer and for
-- one the merchant knew, so that nobody learns which emails are known. Goes with the customer's other personal data.
create table customer_typed (
  session_uuid uuid primary key,
  customer_uuid uuid not null references customer,
  typed jsonb not null
);
create index customer_typed_customer on customer_typed (customer_uuid);

-- Where a merchant is paid, per network: the key's user's wallet, else the organization's (user_id null).
create table wallet (
  id bigint generated always as identity primary key,
  organization_id bigint not null references organization,
  user_id bigint references app_user,
  network text not null,
  address text not null,
  created_at timestamptz not null
);
create unique index wallet_owner on wallet (organization_id, coalesce(user_id, 0), network);

-- Mirrors the network files at each start; ids come from them and never change.
create table currency (
  id integer primary key,
  network text not null,
  symbol text not null,
  name text not null,
  decimals integer not null,
  address text not null,
  main_currency_id integer references currency,
  price_symbol text not null,
  stablecoin boolean not null,
  test boolean not null,
  -- false once its network file no longer lists it: kept for old payments, offered to nobody.
  listed boolean not null default true,
  unique (network, address)
);

-- A currency is on unless an organization switched it off.
create table currency_off (
  organization_id bigint not null references organization,
  currency_id integer not null references currency,
  primary key (organization_id, currency_id)
);

-- The operator's platform fee, per network, because its recipient is an address there.
create table platform_fee (
  network text primary key,
  fee_bps integer not null check (fee_bps between 0 and 1000),
  recipient text not null,
  updated_at timestamptz not null
);

-- No foreign keys on purpose: rows these columns name are never deleted (deleted_at), the insert reads product and customer
-- in its own statement, and a check would lock one merchant's rows against each other at every session (measured: 12 %).
create table checkout_session (
  uuid uuid primary key,
  organization_id bigint not null,
  test boolean not null,
  user_id bigint not null,
  transaction_type text not null,
  product_id bigint,
  product_name text not null,
  description text not null,
  price_micros bigint not null check (price_micros > 0),
  customer_uuid uuid,
  success_url text,
  cancel_url text,
  webhook_url text,
  reference text,
  metadata jsonb,
  status text not null default 'created'
    check (status in ('created', 'pending', 'waitingConfirmation', 'completed', 'failed', 'cancelled', 'expired')),
  status_message text,
  -- Counts the session's statuses from 1; X-Webhook-Sequence.
  status_sequence integer not null default 0,
  transaction_hash text,
  -- SHA-256 of the cookie of the browser that typed the customer's data.
  browser_token_hash bytea,
  -- The customer was made from what that browser typed: it may see and correct it, as long as no other session has him.
  customer_made_here boolean not null default false,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  completed_at timestamptz
);
create index checkout_session_due on checkout_session (expires_at) where status in ('created', 'pending');
create index checkout_session_customer on checkout_session (customer_uuid) where customer_uuid is not null;
create index checkout_session_list on checkout_session (organization_id, test, uuid desc);

-- One line per promise made to a payer: exactly these terms, until then.
create table quote (
  id bigint generated always as identity primary key,
  session_uuid uuid not null references checkout_session,
  currency_id integer not null references currency,
  network text not null,
  contract text not null,
  terms_hash text not null,
  merchant text not null,
  token text not null,
  amount_base numeric(78, 0) not null check (amount_base > 0),
  fee_recipient text not null,
  fee_bps integer not null,
  organization text not null,
  organization_fee_bps integer not null,
  -- USD per whole token, scaled by 1e18, and who said so.
  rate_e18 numeric(78, 0) not null,
  rate_sources jsonb not null,
  rated_at timestamptz not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  unique (session_uuid, terms_hash)
);
create index quote_standing on quote (session_uuid, expires_at desc);

-- One row per chain: what is stored is complete up to and including scanned_number, on the branch that ends in scanned_hash.
create table chain_cursor (
  network text primary key,
  scanned_number bigint not null,
  scanned_hash text not null,
  head_number bigint not null,
  head_at timestamptz not null,
  updated_at timestamptz not null,
  -- One watcher per chain: whoever holds the lease.
  lease_owner text,
  lease_until timestamptz,
  -- Why reading this chain stands still: a reorganisation deeper than finality is for people to judge.
  halted_reason text
);

-- Hashes of the branch that was scanned, as deep as finality.
create table chain_block (
  network text not null,
  number bigint not null,
  hash text not null,
  parent_hash text not null,
  mined_at timestamptz not null,
  primary key (network, number)
);

-- A transfer that bears a session's uuid. Rows are never deleted: a reorganisation orphans them. No foreign keys on what the
-- same transaction takes from the session's row and the currencies (measured: each costs as much as an index).
create table payment (
  id bigint generated always as identity primary key,
  session_uuid uuid not null references checkout_session,
  quote_id bigint references quote,
  organization_id bigint not null,
  test boolean not null,
  network text not null,
  contract text not null,
  block_number bigint not null,
  block_hash text not null,
  transaction_hash text not null,
  log_index integer not null,
  terms_hash text not null,
  payer text not null,
  merchant text not null,
  token text not null,
  currency_id integer,
  amount_base numeric(78, 0) not null,
  fee_base numeric(78, 0) not null,
  organization_fee_base numeric(78, 0) not null,
  merchant_received_base numeric(78, 0) not null,
  match text not null check (match in ('exact', 'under', 'over', 'wrong_token', 'wrong_terms', 'duplicate', 'late')),
  -- Paid minus quoted, in the currency's base units, where both are in one currency.
  difference_base numeric(78, 0),
  -- True for the one transfer that pays the session.
  pays_session boolean not null,
  mined_at timestamptz not null,
  seen_at timestamptz not null,
  completed_at timestamptz,
  orphaned_at timestamptz,
  unique (network, block_hash, transaction_hash, log_index)
);
create unique index payment_canonical on payment (network, transaction_hash, log_index) where orphaned_at is null;
create unique index payment_pays_once on payment (session_uuid) where pays_session and orphaned_at is null;
create index payment_session on payment (session_uuid);
create index payment_unconfirmed on payment (network, block_number) where completed_at is null and orphaned_at is null;
create index payment_block on payment (network, block_number) where orphaned_at is null;
create index payment_list on payment (organization_id, test, session_uuid desc) where pays_session and completed_at is not null and orphaned_at is null;

-- What browsers said their wallets sent. Hints only.
create table transaction_hint (
  session_uuid uuid not null references checkout_session,
  network text not null,
  transaction_hash text not null,
  state text not null check (state in ('unverified', 'pending', 'rejected')),
  created_at timestamptz not null,
  -- When the chain was last asked, and when it last knew the transaction.
  checked_at timestamptz,
  seen_at timestamptz,
  primary key (session_uuid, network, transaction_hash)
);
create index transaction_hint_open on transaction_hint (network, created_at) where state <> 'rejected';

-- The event log: what happened, in order, never changed.
create table event (
  id bigint generated always as identity primary key,
  organization_id bigint not null,
  test boolean not null,
  type text not null,
  subject_uuid uuid,
  data jsonb not null,
  created_at timestamptz not null
);
create index event_list on event (organization_id, test, id desc);

-- One per status of a session that has somewhere to send it; made in the transaction that changed the status, and its
-- event in the same statement (hence no foreign key on it).
create table webhook_delivery (
  id uuid primary key,
  organization_id bigint not null,
  test boolean not null,
  event_id bigint not null,
  subject_uuid uuid not null,
  sequence integer not null,
  url text not null,
  -- The endpoint's origin: one slow endpoint gets few of the worker's slots.
  origin text not null,
  body text not null,
  state text not null default 'due' check (state in ('due', 'delivered', 'given_up')),
  attempts integer not null default 0,
  next_attempt_at timestamptz,
  locked_until timestamptz,
  created_at timestamptz not null,
  delivered_at timestamptz,
  unique (subject_uuid, sequence)
);
create index webhook_delivery_due on webhook_delivery (next_attempt_at) where state = 'due';
create index webhook_delivery_origin on webhook_delivery (origin, next_attempt_at) where state = 'due';

create table webhook_attempt (
  id bigint generated always as identity primary key,
  delivery_id uuid not null references webhook_delivery,
  number integer not null,
  -- Null while the request is under way (or was when the process died).
  http_status integer,
  error text,
  latency_ms integer,
  answer text,
  started_at timestamptz not null,
  unique (delivery_id, number)
);

-- Written in the transaction of the work it guards: either both are there or neither.
create table idempotency (
  organization_id bigint not null,
  test boolean not null,
  key text not null,
  request_hash bytea not null,
  http_status integer,
  answer text,
  created_at timestamptz not null,
  primary key (organization_id, test, key)
);
create index idempotency_age on idempotency (created_at);

-- Good once, for a browser that cannot set headers on a WebSocket.
create table socket_ticket (
  token_hash bytea primary key,
  organization_id bigint not null,
  test boolean not null,
  session_uuid uuid not null,
  expires_at timestamptz not null
);
