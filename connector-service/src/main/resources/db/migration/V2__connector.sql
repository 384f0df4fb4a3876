create table connector (
    name            text   primary key,
    feed            uuid   not null default gen_random_uuid(),
    device_revision bigint not null default 0,
    action_revision bigint not null default 0
);
comment on table connector is 'one row per connector; the revision counters are locked rows, so that revisions commit in order';
comment on column connector.feed is 'identity of the feeds: a reader that knew another one reads again from 0';

create table device (
    connector   text        not null references connector,
    id          text        not null,
    fingerprint bytea       not null,
    body        json        not null,
    revision    bigint      not null,
    first_seen  timestamptz not null,
    changed_at  timestamptz not null,
    removed_at  timestamptz,
    primary key (connector, id)
);
create unique index device_feed on device (connector, revision);
comment on column device.fingerprint is 'SHA-256 of the body: an unchanged device is recognized by it and costs no write';
comment on column device.removed_at is 'null = in Intune as far as is known';

create table scan (
    id          bigint      generated always as identity primary key,
    connector   text        not null references connector,
    kind        text        not null,
    state       text        not null,
    started_at  timestamptz not null,
    finished_at timestamptz,
    pages       int         not null default 0,
    read        int         not null default 0,
    added       int         not null default 0,
    changed     int         not null default 0,
    unchanged   int         not null default 0,
    quarantined int         not null default 0,
    graph_calls int         not null default 0,
    problem     json
);
create index scan_newest on scan (connector, id desc);

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

create table device_action (
    id              uuid        primary key,
    connector       text        not null references connector,
    idempotency_key text        not null,
    command         json        not null,
    device          text        not null,
    kind            text        not null,
    state           text        not null,
    revision        bigint      not null,
    requested_at    timestamptz not null,
    state_at        timestamptz not null,
    due_at          timestamptz not null,
    sent_at         timestamptz,
    accepted_at     timestamptz,
    looks           int         not null default 0,
    problem         json,
    unique (connector, idempotency_key)
);
create unique index device_action_feed on device_action (connector, revision);
create index device_action_due on device_action (connector, state, due_at);
comment on column device_action.due_at is 'when the action is to be sent (queued) or its device to be looked at (accepted, pending, uncertain)';
comment on column device_action.accepted_at is 'by Intune''s clock: a check-in after it is an answer to the action';

create table device_action_history (
    action     uuid        not null references device_action,
    at         timestamptz not null,
    from_state text,
    to_state   text        not null,
    note       text
);
create index device_action_history_of on device_action_history (action, at);
