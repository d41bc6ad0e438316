-- What an offer promises besides the terms, and how its activation went.
alter table mandate
  -- Where period 0 of what it pays begins: the first charge (fixed), or one period before it (payAsYouGo).
  add column anchor_at timestamptz,
  -- payAsYouGo: most one bill may ask, in micro-dollars.
  add column max_spending_micros bigint,
  -- The relay's call that activates it.
  add column activation_uuid uuid,
  -- Why the last activation did not go through.
  add column failure_code text,
  add column failure_message text;
-- One activation of a session or subscription at a time, however many pages sign.
create unique index mandate_under_way on mandate (uuid) where state = 'signed';
create index mandate_wallet on mandate (network, token, subscriber) where state in ('signed', 'active', 'stopped');
