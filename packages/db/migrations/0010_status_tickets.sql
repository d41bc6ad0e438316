-- A ticket is for one of a subscription's transactions, not for its session alone.
alter table socket_ticket add column transaction_type text not null default 'payment';
