-- What publishing one transaction cost on top of its gas when the sender looked last; null = it could not be told.
alter table relay_sender add column data_fee_base numeric(78, 0);
