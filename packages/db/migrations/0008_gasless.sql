-- One-time payments that the customer signs and the relay sends.

-- What was offered with the quote, word for word as the page got it: relay fee, ways and what to sign. Null = nothing.
alter table quote add column gasless jsonb;

-- What a unit of gas cost when the sender looked last.
alter table relay_sender add column gas_price_base numeric(78, 0);

-- A signed payment that was handed to the relay.
create table gasless_payment (
  call_uuid uuid primary key references relay_call,
  session_uuid uuid not null references checkout_session,
  quote_id bigint not null references quote,
  payer text not null,
  way text not null check (way in ('authorization', 'eip2612', 'dai', 'permit2')),
  -- done: in a block that counts, or never going to be.
  state text not null default 'sending' check (state in ('sending', 'done')),
  created_at timestamptz not null
);
-- One at a time.
create unique index gasless_payment_under_way on gasless_payment (session_uuid) where state = 'sending';
create index gasless_payment_session on gasless_payment (session_uuid);
