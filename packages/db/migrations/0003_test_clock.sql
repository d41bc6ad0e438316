-- The test clock of a local server: one row, made with the table.
create table test_clock (
  only_one boolean primary key default true check (only_one),
  -- How far the server's time is ahead of the machine's.
  offset_ms bigint not null default 0 check (offset_ms >= 0),
  -- How far the clock was moved: what test mode is billed up to.
  billing_until timestamptz,
  -- An advance under way: from where, to where. A restart goes on with it.
  started_at timestamptz,
  target_at timestamptz,
  check ((started_at is null) = (target_at is null))
);
insert into test_clock default values;
