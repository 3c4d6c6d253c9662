-- migrate:up
alter table orders add column channel text not null default 'web';

-- migrate:down
alter table orders drop column channel;
