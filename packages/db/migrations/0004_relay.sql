-- Sending: what is to be sent, the nonces it took, and every transaction that was signed for them. A private key is nowhere.

-- One line per network and sending address: who may sign with it now, and the nonce that the next transaction takes.
create table relay_sender (
  network text not null,
  sender text not null,
  next_nonce bigint not null,
  lease_owner text,
  -- By the database's clock, like every time in here that is not about calls.
  lease_until timestamptz,
  balance_base numeric(78, 0),
  -- What one charge costs at the present price of gas.
  charge_cost_base numeric(78, 0),
  balance_at timestamptz,
  primary key (network, sender)
);

-- An intent, made in the transaction of whatever wants it.
create table relay_call (
  uuid uuid primary key,
  network text not null,
  purpose text not null check (purpose in ('activation', 'charge', 'change', 'cancel', 'permit', 'payment')),
  subject_uuid uuid not null,
  to_address text not null,
  data text not null,
  value_base numeric(78, 0) not null,
  -- Not in a block by then: it is withdrawn.
  send_until timestamptz,
  -- queued: not signed; sent: signed; the others are final.
  state text not null default 'queued' check (state in ('queued', 'sent', 'mined', 'reverted', 'refused', 'expired')),
  transaction_hash text,
  message text,
  created_at timestamptz not null,
  settled_at timestamptz,
  -- When whoever wanted it had taken note of its end.
  acknowledged_at timestamptz,
  check ((settled_at is null) = (state in ('queued', 'sent')))
);
create index relay_call_queued on relay_call (network, created_at, uuid) where state = 'queued';
create index relay_call_unacknowledged on relay_call (purpose, settled_at) where settled_at is not null and acknowledged_at is null;
create index relay_call_subject on relay_call (subject_uuid);

-- A nonce, taken once and for one call. Without gaps: each follows the one before.
create table relay_nonce (
  network text not null,
  sender text not null,
  nonce bigint not null,
  call_uuid uuid not null references relay_call,
  -- The block that one of its transactions is in, as far as is known.
  transaction_hash text,
  succeeded boolean,
  block_number bigint,
  block_hash text,
  -- The chain has used the nonce and shows none of our transactions: the block that was scanned when that was first seen.
  missing_since bigint,
  -- Somebody else's transaction took it.
  is_lost boolean not null default false,
  settled_at timestamptz,
  primary key (network, sender, nonce)
);
create unique index relay_nonce_call on relay_nonce (call_uuid) where not is_lost;
create index relay_nonce_open on relay_nonce (network, nonce) where settled_at is null;
create index relay_nonce_settled on relay_nonce (network, block_number) where settled_at is not null;

-- All versions of what was signed for a nonce: any of them may be the one in a block. Rows are never deleted, but with a
-- local chain that began anew.
create table relay_transaction (
  hash text primary key,
  network text not null,
  sender text not null,
  nonce bigint not null,
  version integer not null,
  raw text not null,
  -- A transfer of nothing to the sender, which uses the nonce in the call's place.
  is_withdrawal boolean not null,
  gas numeric(78, 0) not null,
  max_fee_base numeric(78, 0) not null,
  priority_fee_base numeric(78, 0) not null,
  signed_at timestamptz not null,
  -- When it was last offered to the network; null = never.
  broadcast_at timestamptz,
  -- The network asked for more.
  is_underpriced boolean not null default false,
  foreign key (network, sender, nonce) references relay_nonce,
  unique (network, sender, nonce, version)
);
