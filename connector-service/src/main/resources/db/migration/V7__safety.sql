alter table device_action add origin text;
comment on column device_action.origin is 'the workflow that ordered it, by which it is stopped; null = none';

create table action_stop (
    connector  text        not null references connector,
    origin     text        not null,
    stopped    boolean     not null,
    actor      text        not null,
    decided_at timestamptz not null,
    primary key (connector, origin)
);
comment on table action_stop is 'whose actions are not sent; read and changed by who holds the connector''s row, so that none is sent beside a stop';
comment on column action_stop.origin is 'a workflow, or * for all';

-- several lines of one action may have the same time; those that are there are numbered as they lie
alter table device_action_history add id bigint generated always as identity;
drop index device_action_history_of;
create unique index device_action_history_of on device_action_history (action, id);
