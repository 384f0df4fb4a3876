create table workflow (
    name          text   primary key,
    mapping       text,
    device_feed   uuid,
    device_cursor bigint not null default 0,
    action_feed   uuid,
    action_cursor bigint not null default 0,
    decisions     bigint not null default 0
);
comment on table workflow is 'one row per workflow: how far it has read its connector''s feeds';
comment on column workflow.mapping is 'digest of the mapping that made the clients: another mapping reads the feed again from 0';
comment on column workflow.decisions is 'how often an operator has decided about a device: clients can change without the feed';

-- Devices, and which client each one is.

create table device (
    workflow      text        not null references workflow,
    device        text        not null,
    tenant        uuid,
    match_state   text        not null,
    client_id     uuid,
    rule          text,
    explanation   text        not null,
    candidates    uuid[]      not null default '{}',
    since         timestamptz not null,
    entra_id      uuid,
    serial_key    text,
    name_key      text,
    kind_key      text,
    serial_number text,
    user_name     text,
    enrolled_at   timestamptz,
    last_sync     timestamptz,
    removed_at    timestamptz,
    source        json        not null,
    details       json,
    primary key (workflow, device),
    check ((match_state = 'LINKED') = (client_id is not null))
);
create unique index device_client on device (workflow, client_id) where client_id is not null;
create index device_entra_id on device (workflow, entra_id) where client_id is not null and entra_id is not null;
create index device_serial on device (workflow, serial_key) where client_id is not null and serial_key is not null;
create index device_name on device (workflow, name_key) where client_id is not null and name_key is not null;
create index device_kind on device (workflow, kind_key) where client_id is not null and kind_key is not null;
create index device_candidates on device using gin (candidates) where client_id is null;
create index device_conflict on device (workflow, device) where match_state = 'CONFLICT' and removed_at is null;
create index device_list on device (workflow, client_id) include (serial_number, user_name) where client_id is not null;
comment on table device is 'the devices of a workflow''s connector, and which client each one is';
comment on index device_client is 'two devices are never the same client';
comment on index device_list is 'everything beside its client that a device is searched by';
comment on column device.tenant is 'the Entra tenant of the device';
comment on column device.match_state is 'LINKED to a client; CONFLICT = an operator is to decide, nothing goes to ACMP; SUPERSEDED = its client went to another device; IGNORED by an operator';
comment on column device.rule is 'what linked or parked it; null = a new client was made';
comment on column device.candidates is 'the clients that it may be';
comment on column device.since is 'when the match state began';
comment on column device.serial_key is 'normalized serial number and manufacturer';
comment on column device.name_key is 'normalized name, domain, user, manufacturer, model and operating system';
comment on column device.kind_key is 'normalized user, manufacturer and model';
comment on column device.removed_at is 'when it was told to have left Intune; null = it is there';
comment on column device.source is 'the device as the connector last told it; the records are mapped from it';
comment on column device.details is 'what the connector read of the device by itself, where its scanner does that';

create table device_decision (
    workflow   text        not null references workflow,
    device     text        not null,
    verdict    text        not null,
    client_id  uuid,
    decided_by text        not null,
    decided_at timestamptz not null,
    primary key (workflow, device),
    check ((verdict = 'PIN') = (client_id is not null))
);
comment on table device_decision is 'what operators decided about devices: PIN to a client, SPLIT into one of its own, IGNORE';

create table client_history (
    workflow    text        not null,
    client_id   uuid        not null,
    device      text        not null,
    since       timestamptz not null,
    until       timestamptz,
    rule        text,
    explanation text        not null,
    primary key (workflow, client_id, device, since)
);
create index client_history_device on client_history (workflow, device);
comment on table client_history is 'which device a client was, and why; until null = it still is';

-- Clients: the desired state.

create table client (
    workflow            text        not null references workflow,
    client_id           uuid        not null,
    device              text        not null,
    created_for         text        not null,
    name                text,
    operating_system    text,
    client_type         text,
    compliance          text,
    ownership           text,
    last_sync           timestamptz,
    removed             boolean     not null,
    removed_at          timestamptz,
    client_record       json        not null,
    client_fingerprint  bytea       not null,
    device_record       json        not null,
    device_fingerprint  bytea       not null,
    stable_fingerprint  bytea       not null,
    replaced_characters integer     not null default 0,
    cut_texts           integer     not null default 0,
    created_at          timestamptz not null,
    changed_at          timestamptz not null,
    primary key (workflow, client_id)
);
create index client_by_id on client (client_id);
create index client_device on client (workflow, device);
create index client_created_for on client (workflow, created_for);
create index client_removed on client (workflow, removed_at) where removed;
create index client_fingerprints on client (workflow, client_id) include (client_fingerprint, device_fingerprint, removed);
create index client_list on client (workflow, client_id)
    include (name, operating_system, client_type, compliance, ownership, last_sync, removed);
comment on table client is 'what ACMP should know of each device: the desired state';
comment on index client_fingerprints is 'what differs is looked for in prints alone: the rows are wide';
comment on index client_list is 'everything that a list of clients is filtered and sorted by';
comment on column client.device is 'the device that the client is, or was last';
comment on column client.created_for is 'the device that it was made for';
comment on column client.client_record is 'fields of SaveClients, in their order';
comment on column client.device_record is 'fields of SaveMobileDevices, in their order';
comment on column client.stable_fingerprint is 'of the fields that do not change with every synchronization';
comment on column client.replaced_characters is 'characters that XML does not allow and that were replaced';
comment on column client.cut_texts is 'texts that were longer than ACMP''s field';

-- Publication: what each ACMP server knows.

create table acknowledgement (
    workflow           text        not null,
    client_id          uuid        not null,
    acmp_server        text        not null,
    acmp_client_id     uuid,
    origin             text        check (origin in ('CREATED', 'LINKED')),
    looked_up_at       timestamptz,
    explanation        text,
    client_record      json,
    client_fingerprint bytea,
    device_record      json,
    device_fingerprint bytea,
    stable_fingerprint bytea,
    removed            boolean     not null default false,
    acknowledged_at    timestamptz,
    deleted_at         timestamptz,
    parked_reason      text,
    parked_code        integer,
    parked_request     text,
    parked_client      bytea,
    parked_device      bytea,
    parked_at          timestamptz,
    primary key (workflow, client_id, acmp_server),
    foreign key (workflow, client_id) references client
);
create unique index acknowledgement_record on acknowledgement (acmp_server, acmp_client_id);
create index acknowledgement_client on acknowledgement (workflow, acmp_client_id);
create index acknowledgement_parked on acknowledgement (workflow, client_id) where parked_reason is not null;
create index acknowledgement_prints on acknowledgement (workflow, acmp_server, client_id)
    include (origin, client_fingerprint, device_fingerprint, removed);
comment on table acknowledgement is 'what each ACMP server has acknowledged; wherever it differs from the client, there is work left';
comment on index acknowledgement_record is 'no two clients, of any workflow, share a record in a server';
comment on column acknowledgement.acmp_client_id is 'the id under which this server keeps the client';
comment on column acknowledgement.origin is 'CREATED by us, or LINKED because the server had it before us; null = the server is not known to have it';
comment on column acknowledgement.looked_up_at is 'when the client was last looked up in the server; null = never';
comment on column acknowledgement.explanation is 'why the record that the look-up found is not used';
comment on column acknowledgement.client_record is 'the client record that the server last acknowledged';
comment on column acknowledgement.device_record is 'the mobile-device record that the server last acknowledged';
comment on column acknowledgement.stable_fingerprint is 'of the fields that do not change with every synchronization, as last acknowledged';
comment on column acknowledgement.removed is 'the server knows that the device has left Intune';
comment on column acknowledgement.deleted_at is 'when we deleted the client in the server; null once it is back';
comment on column acknowledgement.parked_code is 'ACMP''s result code; null = we refused it';
comment on column acknowledgement.parked_request is 'the request with this one record, as ACMP refused it';
comment on column acknowledgement.parked_client is 'fingerprint of the record that the server refused; it is sent again once that changes';

create view acknowledgement_state as
select ack.workflow, ack.client_id, ack.acmp_server, ack.parked_reason,
    (ack.origin = 'LINKED' or ack.client_fingerprint = client.client_fingerprint)
        and ack.device_fingerprint = client.device_fingerprint as acknowledged,
    ack.parked_client = client.client_fingerprint and ack.parked_device = client.device_fingerprint as parked
from acknowledgement ack join client on client.workflow = ack.workflow and client.client_id = ack.client_id;
comment on view acknowledgement_state is 'whether a server has a client''s current records, or refused them; the client record of a client that the server had before us is not ours to write';

create table publication (
    workflow             text        not null references workflow,
    acmp_server          text        not null,
    last_success         timestamptz,
    problem              text,
    problem_since        timestamptz,
    schema_problem       text,
    schema_problem_since timestamptz,
    requests             bigint      not null default 0,
    primary key (workflow, acmp_server)
);
comment on table publication is 'status of each ACMP server';
comment on column publication.schema_problem is 'why the server could not be asked for its commands; its last description is used';
comment on column publication.requests is 'counts requests of administrators: runs, decisions, retries';

create table run (
    id           uuid        primary key,
    workflow     text        not null references workflow,
    acmp_server  text        not null,
    trigger      text        not null check (trigger in ('AUTOMATIC', 'REQUEST')),
    requested_by text,
    requested_at timestamptz,
    started_at   timestamptz,
    finished_at  timestamptz,
    planned      json,
    done         json,
    messages     json,
    look_ups     integer     not null default 0,
    problem      text,
    check ((trigger = 'REQUEST') = (requested_at is not null))
);
create index run_open on run (workflow, acmp_server) where finished_at is null;
create index run_history on run (workflow, finished_at);
comment on table run is 'what was planned and done for an ACMP server; an automatic run without work leaves no row';
comment on column run.started_at is 'null = requested, not started';
comment on column run.planned is 'clients by kind in the first plan';
comment on column run.done is 'clients by kind that the server acknowledged';
comment on column run.messages is 'messages sent, by command';

create table hold (
    id             uuid        primary key,
    workflow       text        not null references workflow,
    acmp_server    text        not null,
    kind           text        not null check (kind in ('CREATE', 'REMOVE', 'CHANGE')),
    count          integer     not null,
    server_clients integer     not null,
    revision       integer     not null,
    reason         text        not null,
    since          timestamptz not null,
    state          text        not null check (state in ('WAITING', 'RELEASED', 'REJECTED')),
    decided_by     text,
    decided_at     timestamptz,
    check ((state = 'WAITING') = (decided_at is null))
);
create unique index hold_waiting on hold (workflow, acmp_server, kind) where state = 'WAITING';
create index hold_history on hold (workflow, since);
comment on table hold is 'a set of clients that a guard holds until an administrator decides';
comment on column hold.server_clients is 'clients that the server has';
comment on column hold.revision is 'counts changes of the set; a decision can name the revision it is about';

create table held_client (
    hold               uuid  not null references hold on delete cascade,
    client_id          uuid  not null,
    stable_fingerprint bytea not null,
    done_at            timestamptz,
    primary key (hold, client_id)
);
comment on column held_client.stable_fingerprint is 'the decision applies while this fingerprint is current';
comment on column held_client.done_at is 'when the decision ended: it was applied, or the client has changed';

create table guard_count (
    workflow    text        not null references workflow,
    acmp_server text        not null,
    kind        text        not null,
    client_id   uuid        not null,
    at          timestamptz not null,
    primary key (workflow, acmp_server, kind, client_id)
);
create index guard_count_at on guard_count (at);
comment on table guard_count is 'what was applied recently under a guard, so that many small plans do not bypass it';

create table command_schema (
    acmp_server  text        not null,
    command      text        not null,
    versions     integer[]   not null,
    schema       text,
    described_at timestamptz not null,
    primary key (acmp_server, command)
);
comment on table command_schema is 'how each ACMP server last described its commands; used while it cannot be asked';

-- Jobs and their targets.

create table job (
    id                 uuid        primary key,
    workflow           text        not null references workflow,
    query_action       text        not null,
    impact             text        not null,
    requested_by       text        not null,
    identity           text,
    justification      text,
    idempotency_key    text        not null,
    request            json        not null,
    parameters         json,
    retry_of           uuid        references job,
    unlock_code        text,
    unlock_code_digest text,
    state              text        not null,
    revision           bigint      not null default 1,
    checked            bigint      not null default 0,
    unclaimed          boolean     not null default true,
    waiting            json,
    created_at         timestamptz not null,
    expires_at         timestamptz not null,
    finished_at        timestamptz,
    unique (workflow, idempotency_key)
);
create index job_unclaimed on job (workflow, query_action, coalesce(identity, ''), (waiting is not null), created_at, id)
    where state = 'RUNNING' and unclaimed;
create index job_unchecked on job (workflow, id)
    where checked < revision and (state = 'RUNNING' or unlock_code is not null);
create index job_expiring on job (workflow, expires_at) where state = 'RUNNING';
create index job_newest on job (created_at desc, id desc);
create index job_retry on job (retry_of) where retry_of is not null;
comment on column job.requested_by is 'the operator on whose behalf it was started, as the caller names him';
comment on column job.identity is 'who was authenticated as the one who started it; null = before identities were kept';
comment on column job.impact is 'the greatest impact on any of its targets: HARMLESS, DISRUPTIVE or DESTRUCTIVE';
comment on column job.request is 'what was ordered, without secrets';
comment on column job.unlock_code is 'encrypted, bound to the job; erased when no target is left to be handed to the connector';
comment on column job.unlock_code_digest is 'tells the same order from another under its key';
comment on column job.revision is 'grows with each change of the job or its targets; whoever changes them holds this row first';
comment on column job.checked is 'the revision at which the relay lane last checked whether all targets are closed';
comment on column job.unclaimed is 'whether targets may be left to claim; cleared with the last claim';
comment on index job_unclaimed is 'the next jobs of each identity, those first that nothing holds';
comment on column job.waiting is 'why targets are not handed over at present; null = nothing holds them';
comment on column job.expires_at is 'no target is handed over, and no action sent, from then on; counted from the order, or from its approval';
comment on column job.finished_at is 'when the job came to its end as ACMP means it: finished, cancelled or stopped';

create table job_target (
    job          uuid        not null references job,
    client_id    uuid        not null,
    workflow     text        not null,
    query_action text        not null,
    device       text,
    name         text,
    serial       text,
    device_name  text,
    owner        text,
    ownership    text,
    system       text,
    model        text,
    last_sync    timestamptz,
    impact       text        not null,
    stage        text        not null,
    claimed_at   timestamptz,
    not_before   timestamptz,
    cancel_by    text,
    action       uuid,
    revision     bigint,
    state        text        not null,
    state_at     timestamptz not null,
    changed      bigint      not null default 1,
    problem      json,
    primary key (job, client_id),
    check (stage in ('UNCLAIMED', 'CLAIMED', 'DEFERRED', 'HANDED_OVER', 'LOST', 'CLOSED')),
    check (stage not in ('UNCLAIMED', 'CLAIMED', 'DEFERRED') or (state = 'QUEUED' and action is null)),
    check (stage in ('UNCLAIMED', 'CLOSED') or claimed_at is not null),
    check (stage <> 'HANDED_OVER' or action is not null)
);
create index job_target_action on job_target (action);
create index job_target_open on job_target (job, stage, client_id) where stage <> 'CLOSED';
create index job_target_claimed on job_target (workflow, claimed_at, job, client_id) where stage = 'CLAIMED';
create index job_target_deferred on job_target (workflow, coalesce(not_before, '-infinity'), job) where stage = 'DEFERRED';
create index job_target_lost on job_target (workflow, job) where stage = 'LOST';
create index job_target_unsent on job_target (workflow, query_action)
    where stage <> 'UNCLAIMED' and state = 'QUEUED' and impact = 'DESTRUCTIVE';
create index job_target_cancelled on job_target (workflow) where cancel_by is not null and action is not null;
create index job_target_changed on job_target (job, changed, client_id);
create index job_target_state on job_target (job, state);
create index job_target_under_way on job_target (device)
    where state in ('QUEUED', 'SENDING', 'AWAITING_APPROVAL', 'ACCEPTED', 'PENDING', 'UNCERTAIN', 'NEEDS_DECISION');
create index job_target_undecided on job_target (job) where state = 'NEEDS_DECISION';
create index job_target_client on job_target (client_id);
comment on column job_target.workflow is 'as its job has it, and likewise query_action, for the indexes of the relay lane';
comment on column job_target.serial is 'the device''s serial number as the operator saw it';
comment on column job_target.device_name is 'Intune''s name of the device as the operator saw it; name is the client''s';
comment on column job_target.owner is 'the user principal name as the operator saw it';
comment on column job_target.ownership is 'company or personal, as the operator saw it';
comment on column job_target.system is 'the operating system and its version as the operator saw them; model and last_sync likewise';
comment on column job_target.impact is 'of the action on the device: HARMLESS, DISRUPTIVE or DESTRUCTIVE';
comment on column job_target.stage is 'how far it has been handed over to the connector; see HandOverStage';
comment on column job_target.claimed_at is 'when it was first claimed: the earliest claim is sent first';
comment on column job_target.not_before is 'a deferred target is not claimed again before this; null = at once';
comment on column job_target.cancel_by is 'who cancelled it, until the connector has been asked to cancel its action';
comment on column job_target.action is 'the connector''s action; null = it has none';
comment on column job_target.revision is 'the connector''s revision of the last report; older reports are skipped';
comment on column job_target.changed is 'the job''s revision at its last change';

-- Query actions that ACMP sends over SICS, and the answers to them.

create table sics_message (
    id           uuid        primary key,
    workflow     text        not null references workflow,
    received_at  timestamptz not null,
    body         text        not null,
    processed_at timestamptz,
    request_id   text,
    job          uuid        references job,
    fault        text,
    result_at    timestamptz
);
create index sics_message_open on sics_message (workflow, received_at) where processed_at is null;
create index sics_message_unreported on sics_message (workflow, id) where job is not null and result_at is null;
comment on table sics_message is 'query actions that came over SICS, as they came; those with a fault stay for whoever looks for it';
comment on column sics_message.result_at is 'when the result of its job was put among the answers';

create table sics_answer (
    id          bigint      generated always as identity primary key,
    workflow    text        not null references workflow,
    acmp_server text        not null,
    body        text        not null,
    created_at  timestamptz not null
);
create index sics_answer_next on sics_answer (workflow, acmp_server, id);
comment on table sics_answer is 'what is to be published to ACMP servers; a row leaves when SICS has taken it';

-- Safety: approvals, caps, locks and emergency stops.

create table safety_guard (
    name text primary key
);
comment on table safety_guard is 'rows to lock: ADMISSION for update while an order with limits is admitted';
insert into safety_guard (name) values ('ADMISSION');

create table safety_order (
    subject         uuid        primary key,
    workflow        text        not null references workflow,
    kind            text        not null,
    disruptive      int         not null,
    destructive     int         not null,
    identity        text        not null,
    on_behalf_of    text        not null,
    at              timestamptz not null,
    state           text        not null,
    reason          text,
    expires_at      timestamptz,
    decided_at      timestamptz,
    decided_by      text,
    decision_reason text,
    applied         boolean     not null default false
);
create index safety_order_decided on safety_order (workflow, subject) where state not in ('FREE', 'PENDING') and not applied;
create index safety_order_free on safety_order (identity, kind, at) where state = 'FREE';
create index safety_order_pending on safety_order (workflow, expires_at) where state = 'PENDING';
create index safety_order_newest on safety_order (at desc, subject desc);
comment on table safety_order is 'orders of disruptive and destructive actions; only FREE and APPROVED ones are handed over';
comment on column safety_order.subject is 'the job';
comment on column safety_order.disruptive is 'number of devices on which the impact is disruptive; destructive likewise';
comment on column safety_order.identity is 'the authenticated caller; on_behalf_of is the operator named in the request, unchecked';
comment on column safety_order.state is 'FREE = without approval, and counts towards the threshold';
comment on column safety_order.applied is 'whether the job has learned the outcome of its request';
comment on column safety_order.reason is 'why it needs an approval; null = it needs none';

create table safety_hand_over (
    id       bigint      generated always as identity primary key,
    workflow text        not null references workflow,
    kind     text        not null,
    impact   text        not null,
    subject  uuid        not null,
    devices  int         not null,
    again    boolean     not null,
    at       timestamptz not null
);
create index safety_hand_over_counted on safety_hand_over (workflow, kind, impact, at);
create index safety_hand_over_of on safety_hand_over (subject);
create index safety_hand_over_newest on safety_hand_over (at desc);
comment on table safety_hand_over is 'devices that were cleared for the connector; the caps count them';
comment on column safety_hand_over.again is 'a person had the action sent once more: it does not count towards the order';

create table safety_lock (
    workflow         text        primary key references workflow,
    locked_at        timestamptz,
    locked_kind      text,
    reason           text,
    release_asked_by text,
    release_asked_at timestamptz,
    released_by      text,
    released_at      timestamptz
);
comment on table safety_lock is 'one row per workflow, held while disruptive or destructive actions are handed over';
comment on column safety_lock.locked_at is 'null = not locked';
comment on column safety_lock.released_at is 'the caps count from then on';

create sequence emergency_stop_revision;
create table emergency_stop (
    id            bigint      generated always as identity primary key,
    scope         text        not null,
    reason        text,
    pressed_by    text        not null,
    pressed_at    timestamptz not null,
    audited       boolean     not null default false,
    lift_asked_by text,
    lift_asked_at timestamptz,
    lifted_by     text,
    lifted_at     timestamptz,
    revision      bigint      not null default nextval('emergency_stop_revision')
);
create index emergency_stop_newest on emergency_stop (scope, id desc);
create index emergency_stop_unaudited on emergency_stop (id) where not audited;
comment on table emergency_stop is 'one row each time a stop is pressed; the newest row of a scope says whether it is stopped. Pressing only inserts, so that it waits for nobody';
comment on column emergency_stop.scope is 'a workflow, or * for all';
comment on column emergency_stop.audited is 'whether the audit has its entry, which is made up later if it cannot be written at once';
comment on column emergency_stop.lifted_at is 'null = stopped, unless a newer row says otherwise';
comment on column emergency_stop.revision is 'grows with each change: connectors acknowledge it';

create table emergency_stop_push (
    workflow        text        not null references workflow,
    scope           text        not null,
    revision        bigint      not null,
    acknowledged_at timestamptz,
    problem         json,
    primary key (workflow, scope)
);
comment on table emergency_stop_push is 'what the connector of a workflow has acknowledged';
comment on column emergency_stop_push.revision is 'the newest that was acknowledged; 0 = none';

-- The audit log.

create table audit_entry (
    seq           bigint      primary key,
    at            timestamptz not null,
    actor         text        not null,
    on_behalf_of  text,
    event         text        not null,
    workflow      text,
    target_kind   text,
    target_id     text,
    correlation   jsonb       not null,
    before        jsonb,
    after         jsonb,
    reason        text,
    previous_hash bytea       not null,
    hash          bytea       not null
);
create index audit_entry_at on audit_entry (at);
create index audit_entry_actor on audit_entry (actor, seq);
create index audit_entry_event on audit_entry (event, seq);
create index audit_entry_target on audit_entry (target_id, seq);
create index audit_entry_correlation on audit_entry using gin (correlation jsonb_path_ops);
comment on table audit_entry is 'who did what, once and for all: entry n is bound to entry n - 1 by its hash; the form that is hashed is described in docs/audit.md';
comment on column audit_entry.seq is '1, 2, 3 … without gaps, in the order of commits';
comment on column audit_entry.actor is 'the identity that the service itself found out: token:acmp, user:anna, system:engine';
comment on column audit_entry.on_behalf_of is 'whom the request named, unchecked';
comment on column audit_entry.correlation is 'ids by which the entry is found elsewhere, texts by name; so are before and after';

create table audit_head (
    only_one boolean primary key default true check (only_one),
    count    bigint  not null,
    hash     bytea   not null
);
comment on table audit_head is 'the number and the hash of the last entry, so that one that is missing at the end is found; its lock puts writers in a row';
insert into audit_head (count, hash) values (0, decode(repeat('00', 32), 'hex'));

-- A belt, not a safe: who owns the table can take the trigger away. Then the chain tells.
create function audit_entry_is_final() returns trigger language plpgsql as $$
begin
    raise exception 'Audit entries are neither changed nor removed' using errcode = 'restrict_violation';
end
$$;
create trigger audit_entry_final before update or delete on audit_entry
    for each row execute function audit_entry_is_final();
create trigger audit_entry_whole before truncate on audit_entry
    for each statement execute function audit_entry_is_final();

-- Notifications to other systems.

create table webhook_delivery (
    number          bigint      generated always as identity primary key,
    id              uuid        not null unique,
    webhook         text        not null,
    event           text        not null,
    body            text        not null,
    state           text        not null,
    created_at      timestamptz not null,
    attempts        int         not null,
    next_attempt_at timestamptz,
    give_up_at      timestamptz not null,
    last_attempt_at timestamptz,
    last_status     int,
    last_problem    text,
    check ((state = 'WAITING') = (next_attempt_at is not null))
);
create index webhook_delivery_due on webhook_delivery (webhook, next_attempt_at) where state = 'WAITING';
create index webhook_delivery_ended on webhook_delivery (webhook, last_attempt_at) where state <> 'WAITING';
comment on table webhook_delivery is 'what webhooks are to be told, written in the transaction of its cause';
comment on column webhook_delivery.body is 'JSON exactly as it is signed and sent';

create table outage (
    workflow   text        not null references workflow,
    connection text        not null,
    since      timestamptz not null,
    notified_at timestamptz,
    primary key (workflow, connection)
);
comment on table outage is 'the connections of a workflow that are broken now: its connector or an ACMP server';
comment on column outage.notified_at is 'when webhooks were notified; null = not yet, since the outage may pass';

create table credential_expiry (
    workflow   text        not null references workflow,
    connector  text        not null,
    use        text        not null,
    kind       text        not null,
    expires_at timestamptz not null,
    stage      text        not null,
    primary key (workflow, use)
);
comment on table credential_expiry is 'the credentials of a workflow''s connector, as last reported; webhooks are notified at each stage';
comment on column credential_expiry.stage is 'FAR, DAYS_30, DAYS_14, DAYS_7, DAY_1 or EXPIRED';

-- The console's sessions (the tables of Spring Session 4) and failed attempts to sign in.

create table spring_session (
    primary_id            char(36) not null primary key,
    session_id            char(36) not null,
    creation_time         bigint   not null,
    last_access_time      bigint   not null,
    max_inactive_interval int      not null,
    expiry_time           bigint   not null,
    principal_name        text
);
create unique index spring_session_id on spring_session (session_id);
create index spring_session_expiry on spring_session (expiry_time);
create index spring_session_principal on spring_session (principal_name);

create table spring_session_attributes (
    session_primary_id char(36)     not null references spring_session on delete cascade,
    attribute_name     varchar(200) not null,
    attribute_bytes    bytea        not null,
    primary key (session_primary_id, attribute_name)
);

create table sign_in_failure (
    name    text        not null,
    address text        not null,
    at      timestamptz not null
);
create index sign_in_failure_name on sign_in_failure (name, at);
create index sign_in_failure_address on sign_in_failure (address, at);
create index sign_in_failure_at on sign_in_failure (at);
comment on table sign_in_failure is 'attempts to sign in to the console that failed, or have not succeeded yet; kept for half an hour';
comment on column sign_in_failure.name is 'as it was typed, in lower case';
comment on column sign_in_failure.address is 'an IPv4 address, or the 64 bits of an IPv6 network';

create table signed_in_identity (
    identity     text        primary key,
    display_name text        not null,
    login        text,
    signed_in_at timestamptz not null
);
comment on table signed_in_identity is 'who has signed in to the console: the names that pages show instead of keys';
comment on column signed_in_identity.identity is 'the key: user:…, entra:<tenant>/<object> or oidc:<issuer>#<subject>';
comment on column signed_in_identity.login is 'a readable name that the person may have chosen; only ever used to refuse a second person';

create table foreign_action (
    connector    text        not null,
    action       uuid        not null,
    workflow     text        not null,
    kind         text        not null,
    device       text        not null,
    requested_by text        not null,
    origin       text,
    seen_at      timestamptz not null,
    reported_at  timestamptz,
    primary key (connector, action)
);
create index foreign_action_unreported on foreign_action (workflow) where reported_at is null;
comment on table foreign_action is 'actions at a connector that no target of a job has: somebody else has a token that acts there';
comment on column foreign_action.connector is 'address and name of the connector';
comment on column foreign_action.workflow is 'the workflow that saw it first';
comment on column foreign_action.reported_at is 'null = the answer that makes it a target''s may be under way';
