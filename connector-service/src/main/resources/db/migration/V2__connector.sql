-- Connectors and what they know of Intune's devices.

create table connector (
    name                    text   primary key,
    feed                    uuid   not null default gen_random_uuid(),
    device_revision         bigint not null default 0,
    action_revision         bigint not null default 0,
    sync_watermark          timestamptz,
    full_scan_wanted        boolean not null default false,
    incremental_interval_ms bigint,
    full_interval_ms        bigint
);
comment on table connector is 'one row per connector; the revision counters are locked rows, so that revisions commit in order';
comment on column connector.feed is 'identity of the feeds: a reader that knew another one reads again from 0';
comment on column connector.sync_watermark is 'the newest lastSyncDateTime of a scan that finished: an incremental scan asks for what is newer';
comment on column connector.full_scan_wanted is 'somebody asked for a full scan now';
comment on column connector.incremental_interval_ms is 'what an operator has set at run time; null = what the configuration says';
comment on column connector.full_interval_ms is 'as incremental_interval_ms';

create table device (
    connector        text        not null references connector,
    id               text        not null,
    fingerprint      bytea       not null,
    body             json        not null,
    revision         bigint      not null,
    first_seen       timestamptz not null,
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
comment on column device.fingerprint is 'SHA-256 of the body: an unchanged device is recognized by it and costs no write';
comment on column device.removed_at is 'null = in Intune as far as is known';
comment on column device.suspect_since is 'a full scan did not see it; another one and a single read have to agree before it is removed';
comment on column device.details is 'what Graph tells on single reads only; no list read touches it. Null = nothing read, or nothing there';
comment on column device.details_due_at is 'when it is to be read by itself, where the connector does that at all';
comment on column device.details_basis is 'digest of the listed properties with which the details may change: others, as the last check-in, make no read';

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
comment on column scan.filtered is 'rows of devices that the connector''s filter does not admit';

create table quarantine (
    connector text        not null references connector,
    device    text        not null,
    reason    text        not null,
    raw       text        not null,
    since     timestamptz not null,
    last_seen timestamptz not null,
    primary key (connector, device)
);
comment on table quarantine is 'rows of Intune''s list that are no device as we know them; the rest of the page goes on';
comment on column quarantine.device is 'the row''s id, or a digest of the row where it has none';

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
comment on table removal_hold is 'removals that are too many to be believed: they wait for an operator';
comment on column removal_hold.known is 'devices known when the scan wanted to remove these';

-- Device actions.

create table device_action (
    id                  uuid        primary key,
    connector           text        not null references connector,
    idempotency_key     text        not null,
    command             json        not null,
    origin              text,
    device              text        not null,
    kind                text        not null,
    state               text        not null,
    revision            bigint      not null,
    requested_at        timestamptz not null,
    expires_at          timestamptz not null,
    state_at            timestamptz not null,
    due_at              timestamptz not null,
    sends               int         not null default 0,
    sent_at             timestamptz,
    accepted_at         timestamptz,
    looks               int         not null default 0,
    approval_code       text,
    approval_expires_at timestamptz,
    unlock_code         text,
    unlock_code_digest  text,
    pin_told_at         timestamptz,
    problem             json,
    unique (connector, idempotency_key)
);
create unique index device_action_feed on device_action (connector, revision);
create index device_action_due on device_action (connector, state, due_at);
-- per kind and tenant: Intune's daily limits; per device: no second lock, retire or wipe while one is under way
create index device_action_sent on device_action (kind, connector, requested_at desc) where kind in ('RETIRE', 'WIPE');
create index device_action_of_device on device_action (connector, device, kind);
comment on column device_action.origin is 'the workflow that ordered it, by which it is stopped; null = none';
comment on column device_action.expires_at is 'an action that was not sent by then is not sent any more';
comment on column device_action.due_at is 'when the action is to be sent (queued) or its device to be looked at (accepted, pending, uncertain)';
comment on column device_action.sends is 'how often its request left for Intune';
comment on column device_action.accepted_at is 'by Intune''s clock: a check-in after it is an answer to the action';
comment on column device_action.approval_code is 'Intune''s request for approval (Multi Admin Approval)';
comment on column device_action.unlock_code is 'a Mac''s unlock code, encrypted; erased once the action has been sent';
comment on column device_action.unlock_code_digest is 'keyed digest, to recognize the same order under its key';
comment on column device_action.pin_told_at is 'the PIN of a lock is told once';

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
comment on table action_stop is 'whose actions are not sent; read and changed by who holds the connector''s row, so that none is sent beside a stop';
comment on column action_stop.origin is 'a workflow, or * for all';

-- The request budget.

create table request_budget (
    tenant       uuid             not null,
    client       uuid             not null,
    kind         text             not null,
    reserved     bigint           not null default 0,
    released     double precision not null,
    pace         double precision not null default 1,
    refilled_at  timestamptz      not null,
    slowed_at    timestamptz      not null default 'epoch',
    steady_since timestamptz      not null,
    closed_until timestamptz      not null default 'epoch',
    primary key (tenant, client, kind)
);
comment on table request_budget is 'what may be asked of Intune by one application in one tenant; all replicas share it. Every time in it is this database''s.';
comment on column request_budget.kind is 'WRITES, or REQUESTS for writes and reads together';
comment on column request_budget.reserved is 'requests that ever were reserved; one goes out when as many were released';
comment on column request_budget.released is 'requests that ever were released: grows with time, but never further ahead of what is reserved than the burst';
comment on column request_budget.pace is 'share of the full rate; halved when Intune answers 429, grows back slowly';
comment on column request_budget.slowed_at is 'when it was halved last';
comment on column request_budget.steady_since is 'from here the next interval without a 429 counts';
comment on column request_budget.closed_until is 'nobody asks before: Intune named this time in Retry-After';
