create table outage (
    workflow   text        not null references workflow,
    connection text        not null,
    since      timestamptz not null,
    told_at    timestamptz,
    primary key (workflow, connection)
);
comment on table outage is 'what of a workflow does not answer now: its connector, or an ACMP server';
comment on column outage.told_at is 'when other systems were told of it; null = not yet, since it may pass';
