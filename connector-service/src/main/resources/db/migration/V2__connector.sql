-- Connectors and what they know of Intune's devices.

create table connector (
    name                    text   primary key,
    feed                    uuid   not null default gen_random_uuid(),
    device_revision         bigint not null default 0,
    action_revision         bigint not null default 0,
    sync_watermark          timestamptz,
    full_scan_requested     boolean not null default false,
    incremental_interval_ms bigint,
    full_interval_ms        bigint
);
comment on table connector is 'one row per connector; revisions are drawn while the row is locked, so they commit in order';
comment on column connector.feed is 'identity of the feeds; readers that know another one start again from 0';
comment on column connector.sync_watermark is 'newest lastSyncDateTime seen by a finished scan; an incremental scan requests newer ones';
comment on column connector.full_scan_requested is 'someone requested a full scan';
comment on column connector.incremental_interval_ms is 'set by an operator at run time; null = as configured';
comment on column connector.full_interval_ms is 'as incremental_interval_ms';

create table device (
    connector        text        not null references connector,
    id               text        not null,
    fingerprint      bytea       not null,
    body             json        not null,
    revision         bigint      not null,
    changed_at       timestamptz not null,
    removed_at       timestamptz,
    suspect_since    timestamptz,
    details          json,
    details_read_at  timestamptz,
    details_due_at   timestamptz not null default now(),
    details_failures int         not null default 0,
    details_basis    bytea,
    primary key (connector, id)
);
create unique index device_feed on device (connector, revision);
create index device_suspect on device (connector) where suspect_since is not null;
create index device_details_due on device (connector, details_due_at) where removed_at is null;
comment on column device.fingerprint is 'SHA-256 of the body; an unchanged device is not written';
comment on column device.removed_at is 'null = still in Intune according to the last scan';
comment on column device.suspect_since is 'a full scan did not list it; it is removed only if another full scan and a single read agree';
comment on column device.details is 'properties that Graph returns only for single reads; never changed by a scan. Null = not read yet, or none';
comment on column device.details_due_at is 'when the details are read next, if the connector reads details';
comment on column device.details_basis is 'digest of the listed properties that suggest changed details; others, such as the last check-in, cause no read';

-- Scans.

create table scan (
    id          bigint      generated always as identity primary key,
    connector   text        not null references connector,
    kind        text        not null,
    state       text        not null,
    started_at  timestamptz not null,
    finished_at timestamptz,
    pages       int         not null default 0,
    read        int         not null default 0,
    filtered    int         not null default 0,
    added       int         not null default 0,
    changed     int         not null default 0,
    unchanged   int         not null default 0,
    quarantined int         not null default 0,
    suspect     int         not null default 0,
    removed     int         not null default 0,
    held        int         not null default 0,
    graph_calls int         not null default 0,
    problem     json
);
create index scan_newest on scan (connector, id desc);
comment on column scan.filtered is 'rows of devices that the connector''s filter excludes';

create table quarantine (
    connector text        not null references connector,
    device    text        not null,
    reason    text        not null,
    raw       text        not null,
    since     timestamptz not null,
    last_seen timestamptz not null,
    primary key (connector, device)
);
comment on table quarantine is 'rows of Intune''s list that cannot be parsed; the other rows of the page are stored';
comment on column quarantine.device is 'the row''s id, or a digest of the row if it has none';

create table removal_hold (
    id         bigint      generated always as identity primary key,
    connector  text        not null references connector,
    scan       bigint      not null references scan,
    devices    text[]      not null,
    known      int         not null,
    state      text        not null,
    since      timestamptz not null,
    decided_at timestamptz,
    decided_by text
);
create index removal_hold_of on removal_hold (connector, id desc);
comment on table removal_hold is 'implausibly many removals, waiting for an operator';
comment on column removal_hold.known is 'known devices when the scan wanted to remove these';

-- Device actions.

create table device_action (
    id                  uuid        primary key,
    connector           text        not null references connector,
    idempotency_key     text        not null,
    command             json        not null,
    origin              text,
    device              text        not null,
    kind                text        not null,
    impact              text        not null,
    state               text        not null,
    revision            bigint      not null,
    requested_at        timestamptz not null,
    expires_at          timestamptz not null,
    state_at            timestamptz not null,
    due_at              timestamptz not null,
    sends               int         not null default 0,
    sent_at             timestamptz,
    accepted_at         timestamptz,
    checks              int         not null default 0,
    approval_code       text,
    approval_expires_at timestamptz,
    unlock_code         text,
    unlock_code_digest  text,
    pin_disclosed_at    timestamptz,
    problem             json,
    unique (connector, idempotency_key)
);
create unique index device_action_feed on device_action (connector, revision);
create index device_action_due on device_action (connector, state, due_at);
create index device_action_queue on device_action (connector,
    (case when kind in ('WIPE', 'RETIRE', 'REMOTE_LOCK') then 0 when impact = 'HARMLESS' then 2 else 1 end), due_at, requested_at)
    where state = 'QUEUED';
-- per kind and tenant: Intune's daily limits and the caps; per device: no second lock, retire or wipe while one is in progress
create index device_action_sent on device_action (kind, impact, connector, requested_at desc) where impact <> 'HARMLESS';
create index device_action_of_device on device_action (connector, device, kind);
comment on column device_action.impact is 'on the device as it was last seen: HARMLESS, DISRUPTIVE or DESTRUCTIVE';
comment on column device_action.origin is 'the workflow that requested it, for emergency stops; null = none';
comment on column device_action.expires_at is 'the action is not sent after this time';
comment on column device_action.due_at is 'when the action is sent (queued) or its device checked (accepted, pending, uncertain)';
comment on column device_action.sends is 'how often its request was sent';
comment on column device_action.accepted_at is 'by Intune''s clock; a later check-in is the device''s answer';
comment on column device_action.checks is 'how often its device was read since it was sent';
comment on column device_action.approval_code is 'id of Intune''s approval request (Multi Admin Approval)';
comment on column device_action.unlock_code is 'a Mac''s unlock code, encrypted; erased once Intune has accepted the action';
comment on column device_action.unlock_code_digest is 'keyed digest, to recognize a repeated request';
comment on column device_action.pin_disclosed_at is 'when the unlock PIN was shown; it is shown only once';

create table device_action_history (
    action     uuid        not null references device_action,
    id         bigint      generated always as identity,
    at         timestamptz not null,
    from_state text,
    to_state   text        not null,
    note       text,
    actor      text,
    request_id text
);
create unique index device_action_history_of on device_action_history (action, id);
comment on column device_action_history.actor is 'the person who did it; null = the connector itself, or Intune';
comment on column device_action_history.request_id is 'Graph''s id of the request, for Microsoft''s support';

create table action_stop (
    connector  text        not null references connector,
    origin     text        not null,
    stopped    boolean     not null,
    actor      text        not null,
    decided_at timestamptz not null,
    primary key (connector, origin)
);
comment on table action_stop is 'origins whose actions are not sent; changed without waiting for actions, and read again right before each request to Intune';
comment on column action_stop.origin is 'a workflow, or * for all';

create table engine_position (
    engine   uuid   primary key,
    position bigint not null
);
comment on table engine_position is 'the highest position that each engine has reported: one with a lower position was restored from a backup';
comment on column engine_position.engine is 'id of the engine''s database';

-- The request budget.

create table request_budget (
    tenant       uuid             not null,
    client       uuid             not null,
    quota        text             not null,
    reserved     bigint           not null default 0,
    released     double precision not null,
    pace         double precision not null default 1,
    refilled_at  timestamptz      not null,
    slowed_at    timestamptz      not null default 'epoch',
    steady_since timestamptz      not null,
    closed_until timestamptz      not null default 'epoch',
    primary key (tenant, client, quota)
);
comment on table request_budget is 'requests that one application may send to Intune in one tenant, shared by all replicas; all times are the database''s';
comment on column request_budget.quota is 'WRITES, or REQUESTS for writes and reads together';
comment on column request_budget.reserved is 'requests ever reserved; a request is sent once as many have been released';
comment on column request_budget.released is 'requests ever released; grows with time, but at most by the burst beyond reserved';
comment on column request_budget.pace is 'share of the full rate; halved when Intune answers 429, recovers slowly';
comment on column request_budget.slowed_at is 'when the pace was last halved';
comment on column request_budget.steady_since is 'start of the current interval without a 429';
comment on column request_budget.closed_until is 'no request is sent before this time, which Intune named in Retry-After';
