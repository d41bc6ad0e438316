-- What a customer asked for in USD when a new maximum was offered: the chain's event shows only tokens.
create table maximum_offer (
  network text not null,
  mandate_hash text not null,
  maximum_base numeric(78, 0) not null,
  asked_micros bigint not null check (asked_micros > 0),
  offered_at timestamptz not null,
  -- Of two wishes that come to the same amount of tokens, the later one counts.
  primary key (network, mandate_hash, maximum_base),
  foreign key (network, mandate_hash) references mandate (network, hash)
);
