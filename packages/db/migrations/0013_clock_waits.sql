-- Why the test clock stands: what an advance under way waits for, and why the last one ended before it was there.
alter table test_clock
  add column waiting_for text,
  add column stopped_because text;
