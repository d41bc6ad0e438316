-- Whether subscriptions, as the organization reads them in this mode, name the customer's page.
alter table organization_mode add column shows_portal_url boolean not null default false;
