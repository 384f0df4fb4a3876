-- Background work: db-scheduler's table (its definition for version 16) and the fencing numbers of the lanes.
create table scheduled_tasks (
    task_name            text        not null,
    task_instance        text        not null,
    task_data            bytea,
    execution_time       timestamptz,
    picked               boolean     not null,
    picked_by            text,
    last_success         timestamptz,
    last_failure         timestamptz,
    consecutive_failures int,
    last_heartbeat       timestamptz,
    version              bigint      not null,
    priority             smallint,
    state                text,
    primary key (task_name, task_instance)
);
create index scheduled_tasks_by_time on scheduled_tasks (execution_time);
create index scheduled_tasks_by_heartbeat on scheduled_tasks (last_heartbeat);
create index scheduled_tasks_by_priority on scheduled_tasks (priority desc, execution_time asc);

create table lane (
    name  text   primary key,
    fence bigint not null
);
create table heartbeat (
    only_one boolean     primary key default true check (only_one),
    id       uuid        not null default gen_random_uuid(),
    count    bigint      not null,
    at       timestamptz not null,
    tables   text        not null,
    server   text,
    timeline text
);
comment on table heartbeat is 'written every few seconds while the service runs; a start recognizes an outage or a restored backup by it';
comment on column heartbeat.id is 'of this database and its restored backups';
comment on column heartbeat.tables is 'object ids of the database and of this table: a database made from a dump has others';
comment on column heartbeat.server is 'the server''s system identifier; null = it does not show it';
comment on column heartbeat.timeline is 'the timeline of the server''s log: each recovery from an archive begins another';
comment on column lane.fence is 'grows each time a replica takes the lane over; a write under an older number is refused';

create table revocation (
    identity        text        primary key,
    revoked_at      timestamptz not null,
    revoked_by      text        not null,
    reason          text,
    return_asked_by text,
    return_asked_at timestamptz
);
comment on table revocation is 'identities whose credentials are refused, whatever the configuration says';
comment on column revocation.return_asked_by is 'the first of the two persons who return the access; null = nobody has asked';
