-- Reconciling asks for the charge of each paid bill; a batch has hundreds in one transaction, and a network has many batches.
create index mandate_event_charge on mandate_event (network, transaction_hash, mandate_hash)
  where type = 'charged' and orphaned_at is null;
