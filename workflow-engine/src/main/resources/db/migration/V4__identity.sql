-- Which client a device is, is a decision that can be shown, questioned and changed; so devices get a table of their own.

create table device (
    workflow    text        not null references workflow,
    device      text        not null,
    tenant      uuid,
    standing    text        not null,
    client_id   uuid,
    rule        text,
    explanation text        not null,
    candidates  uuid[]      not null default '{}',
    since       timestamptz not null,
    entra_id    uuid,
    serial_key  text,
    name_key    text,
    kind_key    text,
    enrolled_at timestamptz,
    last_sync   timestamptz,
    removed_at  timestamptz,
    source      json        not null,
    primary key (workflow, device),
    check ((standing = 'LINKED') = (client_id is not null))
);
create unique index device_client on device (workflow, client_id) where client_id is not null;
create index device_entra_id on device (workflow, entra_id) where client_id is not null and entra_id is not null;
create index device_serial on device (workflow, serial_key) where client_id is not null and serial_key is not null;
create index device_name on device (workflow, name_key) where client_id is not null and name_key is not null;
create index device_kind on device (workflow, kind_key) where client_id is not null and kind_key is not null;
create index device_parked on device using gin (candidates) where client_id is null;
create index device_conflict on device (workflow, device) where standing = 'CONFLICT' and removed_at is null;
comment on table device is 'the devices of a workflow''s connector, and which client each one is';
comment on column device.tenant is 'null = taken over from an earlier version and not told since';
comment on column device.standing is 'LINKED to a client; CONFLICT = an operator is to decide, nothing goes to ACMP; SUPERSEDED = its client went to another device; IGNORED by an operator';
comment on index device_client is 'two devices are never the same client';
comment on column device.rule is 'what linked or parked it; null = a new client was made';
comment on column device.candidates is 'the clients that it may be';
comment on column device.since is 'when the standing began';
comment on column device.serial_key is 'normalized serial number and manufacturer';
comment on column device.name_key is 'normalized name, domain, user, manufacturer, model and operating system';
comment on column device.kind_key is 'normalized user, manufacturer and model';
comment on column device.removed_at is 'when it was told to have left Intune; null = it is there';
comment on column device.source is 'the device as the connector last told it; the records are mapped from it';

create table pin (
    workflow   text        not null references workflow,
    device     text        not null,
    verdict    text        not null,
    client_id  uuid,
    decided_by text        not null,
    decided_at timestamptz not null,
    primary key (workflow, device),
    check ((verdict = 'PIN') = (client_id is not null))
);
comment on table pin is 'what operators decided about devices: PIN to a client, SPLIT into one of its own, IGNORE';

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

insert into device (workflow, device, standing, client_id, explanation, since, last_sync, removed_at, source)
select workflow, device, 'LINKED', client_id, 'The client was made for this device.', changed_at, last_sync,
    case when removed then changed_at end, source
from client;
insert into client_history (workflow, client_id, device, since, explanation)
select workflow, client_id, device, changed_at, 'The client was made for this device.' from client;

-- the feed tells every device again, so that all get what they are recognized by
alter table workflow add column decisions bigint not null default 0;
comment on column workflow.decisions is 'how often an operator has decided about a device: clients can change without the feed';
update workflow set device_cursor = 0;

alter table client drop constraint client_device;
create index client_device on client (workflow, device);
alter table client drop column source;
alter table client add column founder text;
update client set founder = device;
alter table client alter column founder set not null;
alter table client add column created_at timestamptz;
update client set created_at = changed_at;
alter table client alter column created_at set not null;
alter table client add column removed_at timestamptz;
update client set removed_at = changed_at where removed;
alter table client add column stable_fingerprint bytea;
alter table client add column replaced_characters integer not null default 0;
alter table client add column cut_texts integer not null default 0;
create index client_founder on client (workflow, founder);
comment on column client.founder is 'the device that it was made for';
comment on column client.stable_fingerprint is 'of what does not change with each synchronization; null = not mapped since';
comment on column client.replaced_characters is 'characters that XML does not allow and that were replaced';
comment on column client.cut_texts is 'texts that were longer than ACMP''s field';
