-- Who listens to an organization's webhooks of one mode: a developer's machine. A listener stays for a while after it was
-- last heard from, so that it misses nothing while its connection is down.
create table webhook_listener (
  id uuid primary key,
  organization_id bigint not null,
  test boolean not null,
  key_id bigint not null,
  -- So many may listen at once.
  slot integer not null check (slot between 1 and 20),
  -- The machine's time: a test clock that moves ends no listener.
  heard_from_at timestamptz not null,
  unique (organization_id, test, slot)
);

-- What a listener has not taken yet. Written in the statement that made the webhook, and without foreign keys: a listener
-- that leaves must not fail a status that changes.
create table webhook_unheard (
  position bigint generated always as identity primary key,
  listener_id uuid not null,
  delivery_id uuid not null
);
create index webhook_unheard_listener on webhook_unheard (listener_id, position);

-- A webhook that has no URL is kept where somebody listens.
alter table webhook_delivery alter column url drop not null;
alter table webhook_delivery alter column origin drop not null;
alter table webhook_delivery drop constraint webhook_delivery_state_check;
alter table webhook_delivery add constraint webhook_delivery_state_check
  check (state in ('due', 'delivered', 'given_up', 'no_url') and (url is null) = (state = 'no_url'));
