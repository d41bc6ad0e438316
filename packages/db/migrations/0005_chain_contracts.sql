-- For which contracts of ours what is stored of a chain is complete, up to its cursor. One that is added to a chain that
-- is read already may have blocks to catch up on; one that the chain's reader does not read is not here.
create table chain_contract (
  network text not null,
  -- Lower case.
  address text not null,
  -- Blocks that are still to be read for it, both inclusive; null = none.
  unread_from bigint,
  unread_to bigint,
  primary key (network, address),
  check ((unread_from is null) = (unread_to is null))
);
-- Until now every contract that could be paid was read.
insert into chain_contract (network, address)
select distinct network, lower(contract) from quote where network in (select network from chain_cursor);
