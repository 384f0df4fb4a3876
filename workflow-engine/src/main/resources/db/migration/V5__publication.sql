-- What is told to an ACMP server is looked up, planned, guarded and recorded first.

alter table acknowledgement
    add column origin text check (origin in ('CREATED', 'LINKED')),
    add column looked_up_at timestamptz,
    add column explanation text,
    add column stable_fingerprint bytea,
    add column client_record json,
    add column device_record json,
    add column removed boolean not null default false,
    add column deleted_at timestamptz,
    add column parked_code integer,
    add column parked_request text,
    add column parked_at timestamptz;
comment on column acknowledgement.origin is 'CREATED by us, or LINKED because the server had it before; null = the server is not known to have it';
comment on column acknowledgement.looked_up_at is 'when the server was last asked whether it has the client; null = never';
comment on column acknowledgement.explanation is 'why what the look-up found is not the client';
comment on column acknowledgement.stable_fingerprint is 'of what does not change with each synchronization, as the server last took it';
comment on column acknowledgement.client_record is 'the client record as the server last took it from us';
comment on column acknowledgement.device_record is 'the mobile-device record as the server last took it from us';
comment on column acknowledgement.removed is 'the server knows that the device has left Intune';
comment on column acknowledgement.deleted_at is 'when we deleted the client in the server; null again once it has come back';
comment on column acknowledgement.parked_code is 'ACMP''s result code; null = refused by us';
comment on column acknowledgement.parked_request is 'the request with this one record, as ACMP refused it';

-- an earlier version could take one record of a server for two clients: all but the first ask anew
update acknowledgement later set acmp_client_id = null, client_fingerprint = null, device_fingerprint = null
where exists (select 1 from acknowledgement first
    where first.acmp_server = later.acmp_server and first.acmp_client_id = later.acmp_client_id
        and (first.workflow, first.client_id) < (later.workflow, later.client_id));
update acknowledgement ack set
    origin = case when ack.acmp_client_id = ack.client_id then 'CREATED' else 'LINKED' end,
    removed = coalesce(client.removed and ack.device_fingerprint = client.device_fingerprint, false)
from client
where client.workflow = ack.workflow and client.client_id = ack.client_id
    and ack.acmp_client_id is not null
    and (ack.client_fingerprint is not null or ack.device_fingerprint is not null);
update acknowledgement set parked_at = now() where parked_reason is not null;

drop index acknowledgement_client;
create unique index acknowledgement_record on acknowledgement (acmp_server, acmp_client_id);
comment on index acknowledgement_record is 'no two clients, of whatever workflow, are one record in a server';
create index acknowledgement_client on acknowledgement (workflow, acmp_client_id);
create index acknowledgement_parked on acknowledgement (workflow, client_id) where parked_reason is not null;
create index client_by_id on client (client_id);

-- differences are looked for in these two indexes alone: the rows are wide
drop index acknowledgement_prints;
create index acknowledgement_prints on acknowledgement (workflow, acmp_server, client_id)
    include (origin, client_fingerprint, device_fingerprint, removed);
drop index client_prints;
create index client_prints on client (workflow, client_id) include (client_fingerprint, device_fingerprint, removed);
comment on index client_prints is 'what differs is looked for in prints alone: the rows are wide';
create index client_removed on client (workflow, removed_at) where removed;

alter table publication
    add column asked bigint not null default 0,
    add column schema_problem text,
    add column schema_problem_since timestamptz;
comment on column publication.schema_problem is 'why the server could not be asked for its commands, so that what it last said serves';
comment on column publication.asked is 'how often a person has asked for something here: a run, a decision, a retry';

create table run (
    id             uuid        primary key,
    workflow       text        not null references workflow,
    acmp_server    text        not null,
    trigger        text        not null check (trigger in ('AUTOMATIC', 'REQUEST')),
    requested_by   text,
    requested_at   timestamptz,
    started_at     timestamptz,
    finished_at    timestamptz,
    planned        json,
    done           json,
    messages       json,
    look_ups       integer     not null default 0,
    problem        text,
    check ((trigger = 'REQUEST') = (requested_at is not null))
);
create index run_open on run (workflow, acmp_server) where finished_at is null;
create index run_history on run (workflow, finished_at);
comment on table run is 'what was planned and done for an ACMP server; a pass that found nothing to do leaves no row unless a person asked for it';
comment on column run.started_at is 'null = asked for and not begun';
comment on column run.planned is 'clients by kind, as the first plan counted them';
comment on column run.done is 'clients by kind, as the server acknowledged them';
comment on column run.messages is 'messages sent, by command';

create table hold (
    id          uuid        primary key,
    workflow    text        not null references workflow,
    acmp_server text        not null,
    kind        text        not null check (kind in ('CREATE', 'REMOVE', 'CHANGE')),
    count       integer     not null,
    of          integer     not null,
    revision    integer     not null,
    reason      text        not null,
    since       timestamptz not null,
    state       text        not null check (state in ('WAITING', 'RELEASED', 'REJECTED')),
    decided_by  text,
    decided_at  timestamptz,
    check ((state = 'WAITING') = (decided_at is null))
);
create unique index hold_waiting on hold (workflow, acmp_server, kind) where state = 'WAITING';
create index hold_history on hold (workflow, since);
comment on table hold is 'a set of clients that a guard keeps back until a person decides';
comment on column hold.of is 'clients that the server has';
comment on column hold.revision is 'counts how often the set has changed: who decides can say which one he saw';

create table held_client (
    hold               uuid  not null references hold on delete cascade,
    client_id          uuid  not null,
    stable_fingerprint bytea not null,
    done_at            timestamptz,
    primary key (hold, client_id)
);
comment on column held_client.stable_fingerprint is 'the decision is about the client as it was then; what changes with each synchronization does not count';
comment on column held_client.done_at is 'when the decision was used up: applied, or no longer wanted';

create table guard_count (
    workflow    text        not null references workflow,
    acmp_server text        not null,
    kind        text        not null,
    client_id   uuid        not null,
    at          timestamptz not null,
    primary key (workflow, acmp_server, kind, client_id)
);
create index guard_count_at on guard_count (at);
comment on table guard_count is 'what was applied lately under a guard, so that many small plans are not one large one unseen';

create table command_schema (
    acmp_server text        not null,
    command     text        not null,
    versions    integer[]   not null,
    schema      text,
    asked_at    timestamptz not null,
    primary key (acmp_server, command)
);
comment on table command_schema is 'how each ACMP server last described its commands: serves while it cannot be asked';
