create table workflow (
    name          text   primary key,
    mapping       text,
    device_feed   uuid,
    device_cursor bigint not null default 0,
    action_feed   uuid,
    action_cursor bigint not null default 0
);
comment on table workflow is 'one row per workflow: how far it has read its connector''s feeds';
comment on column workflow.mapping is 'digest of the mapping that made the clients: another mapping reads the feed again from 0';

create table client (
    workflow           text        not null references workflow,
    device             text        not null,
    client_id          uuid        not null,
    name               text,
    operating_system   text,
    client_type        text,
    compliance         text,
    owner              text,
    last_sync          timestamptz,
    removed            boolean     not null,
    source             json        not null,
    client_record      json        not null,
    client_fingerprint bytea       not null,
    device_record      json        not null,
    device_fingerprint bytea       not null,
    changed_at         timestamptz not null,
    primary key (workflow, device),
    unique (workflow, client_id)
);
create index client_prints on client (workflow, device) include (client_fingerprint, device_fingerprint);
comment on index client_prints is 'what differs is looked for in prints alone: the rows are wide';
comment on table client is 'what ACMP should know of each device: the desired state';
comment on column client.source is 'the device as the connector last told it; the records are mapped from it';
comment on column client.client_record is 'fields of SaveClients, in their order';
comment on column client.device_record is 'fields of SaveMobileDevices, in their order';

create table acknowledgement (
    workflow           text        not null,
    device             text        not null,
    acmp_server        text        not null,
    acmp_client_id     uuid,
    client_fingerprint bytea,
    device_fingerprint bytea,
    acknowledged_at    timestamptz,
    parked_reason      text,
    parked_client      bytea,
    parked_device      bytea,
    primary key (workflow, device, acmp_server),
    foreign key (workflow, device) references client
);
create index acknowledgement_prints on acknowledgement (workflow, acmp_server, device)
    include (client_fingerprint, device_fingerprint, parked_client, parked_device);
create index acknowledgement_client on acknowledgement (workflow, acmp_client_id);
comment on table acknowledgement is 'what each ACMP server has said it knows; what differs from the client is the work left';
comment on column acknowledgement.acmp_client_id is 'the id under which this server keeps the client';
comment on column acknowledgement.parked_client is 'the record that the server refused: it is not offered again until it changes';

create table publication (
    workflow      text        not null references workflow,
    acmp_server   text        not null,
    last_success  timestamptz,
    problem       text,
    problem_since timestamptz,
    primary key (workflow, acmp_server)
);
comment on table publication is 'how each ACMP server fares';

create table job (
    id              uuid        primary key,
    workflow        text        not null references workflow,
    query_action    text        not null,
    requested_by    text        not null,
    idempotency_key text        not null,
    request         json        not null,
    created_at      timestamptz not null,
    finished_at     timestamptz,
    unique (workflow, idempotency_key)
);
create index job_running on job (workflow) where finished_at is null;
comment on column job.finished_at is 'when every target had been handed to Intune or refused: finished as ACMP means it';

create table job_target (
    job       uuid        not null references job,
    client_id uuid        not null,
    device    text,
    name      text,
    action    uuid,
    revision  bigint,
    state     text        not null,
    state_at  timestamptz not null,
    handed    boolean     not null default false,
    problem   json,
    primary key (job, client_id)
);
create index job_target_action on job_target (action);
create index job_target_open on job_target (job) where not handed;
create index job_target_unrelayed on job_target (state, job) where action is null;
comment on column job_target.action is 'the connector''s action; null = not relayed yet, or refused here';
comment on column job_target.revision is 'where in the connector''s feed the state stands: no older news overwrites it';
comment on column job_target.handed is 'handed to Intune or finally refused';
