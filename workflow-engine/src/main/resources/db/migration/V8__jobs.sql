-- Jobs that wait for approval, can be taken back, stopped and retried; targets with what the operator saw of their devices.

alter table job add column state text;
update job set state = case when finished_at is null then 'RUNNING' else 'FINISHED' end;
alter table job alter column state set not null;
alter table job add column identity text;
alter table job add column justification text;
alter table job add column parameters json;
alter table job add column retry_of uuid references job;
alter table job add column unlock_code text;
alter table job add column unlock_code_digest text;
alter table job add column revision bigint not null default 1;
alter table job add column waiting json;
drop index job_running;
create index job_running on job (workflow, created_at) where state = 'RUNNING';
create index job_awaiting on job (workflow) where state = 'AWAITING_APPROVAL';
create index job_newest on job (created_at desc, id desc);
create index job_retry on job (retry_of) where retry_of is not null;
comment on column job.finished_at is 'when the job came to its end as ACMP means it: finished, cancelled or stopped';
comment on column job.identity is 'who was authenticated as the one who started it; null = before identities were kept';
comment on column job.requested_by is 'the operator on whose behalf it was started, as the caller names him';
comment on column job.request is 'what was ordered, without secrets';
comment on column job.unlock_code is 'encrypted, bound to the job; erased when no target is left to be handed to the connector';
comment on column job.unlock_code_digest is 'tells the same order from another under its key';
comment on column job.revision is 'grows with each change of the job or its targets; whoever changes them holds this row first';
comment on column job.waiting is 'why targets are not handed over at present; null = nothing holds them';

alter table job_target add column serial text;
alter table job_target add column device_name text;
alter table job_target add column owner text;
alter table job_target add column ownership text;
alter table job_target add column claimed_at timestamptz;
alter table job_target add column unsent boolean not null default false;
alter table job_target add column cancel_by text;
alter table job_target add column lost boolean not null default false;
alter table job_target add column changed bigint not null default 1;
update job_target set claimed_at = state_at where action is not null;
drop index job_target_unrelayed;
create index job_target_unclaimed on job_target (job, client_id) where claimed_at is null and state = 'QUEUED';
create index job_target_in_hand on job_target (job) where claimed_at is not null and action is null and not handed;
create index job_target_unsent on job_target (job) where unsent;
create index job_target_changed on job_target (job, changed, client_id);
create index job_target_state on job_target (job, state);
create index job_target_under_way on job_target (device)
    where state in ('QUEUED', 'SENDING', 'AWAITING_APPROVAL', 'ACCEPTED', 'PENDING', 'UNCERTAIN', 'NEEDS_DECISION');
create index job_target_cancelled on job_target (job) where cancel_by is not null;
create index job_target_lost on job_target (job) where lost;
comment on column job_target.serial is 'the device''s serial number as the operator saw it';
comment on column job_target.device_name is 'Intune''s name of the device as the operator saw it; name is the client''s';
comment on column job_target.owner is 'the user principal name as the operator saw it';
comment on column job_target.ownership is 'company or personal, as the operator saw it';
comment on column job_target.claimed_at is 'since when it is being, or was, handed to the connector: it may have reached it from then on';
comment on column job_target.unsent is 'claimed, yet certainly not given to the connector: it can still be taken back here';
comment on column job_target.cancel_by is 'who takes it back, until the connector has been asked to';
comment on column job_target.lost is 'the connector has a new database, and has not told of this action since';
comment on column job_target.changed is 'the job''s revision at its last change';

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
create index sics_message_unreported on sics_message (job) where job is not null and result_at is null;
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
