create table safety_guard (
    name text primary key
);
comment on table safety_guard is 'rows to be locked: whoever admits destructive orders holds ADMISSION; whoever hands over shares STOP, and whoever stops holds it';
insert into safety_guard (name) values ('ADMISSION'), ('STOP');

create table destructive_order (
    subject         uuid        primary key,
    workflow        text        not null references workflow,
    kind            text        not null,
    devices         int         not null,
    identity        text        not null,
    on_behalf_of    text        not null,
    at              timestamptz not null,
    standing        text        not null,
    reason          text,
    expires_at      timestamptz,
    decided_at      timestamptz,
    decided_by      text,
    decision_reason text
);
create index destructive_order_free on destructive_order (identity, kind, at) where standing = 'FREE';
create index destructive_order_wanted on destructive_order (workflow, expires_at) where standing = 'PENDING';
create index destructive_order_newest on destructive_order (at desc, subject desc);
comment on table destructive_order is 'wipes and retirements that were let in, at once or by a second person; only those are handed over';
comment on column destructive_order.subject is 'the job';
comment on column destructive_order.identity is 'who was authenticated; on_behalf_of is whom the request named, unchecked';
comment on column destructive_order.standing is 'FREE = without approval, and counts towards the threshold';
comment on column destructive_order.reason is 'why it needs an approval; null = it needs none';

create table destructive_hand_over (
    id       bigint      generated always as identity primary key,
    workflow text        not null references workflow,
    kind     text        not null,
    subject  uuid        not null,
    devices  int         not null,
    at       timestamptz not null
);
create index destructive_hand_over_counted on destructive_hand_over (workflow, kind, at);
create index destructive_hand_over_of on destructive_hand_over (subject);
create index destructive_hand_over_newest on destructive_hand_over (at desc);
comment on table destructive_hand_over is 'what was let pass to the connector: the caps count it';

create table destructive_lock (
    workflow         text        primary key references workflow,
    locked_at        timestamptz,
    locked_kind      text,
    reason           text,
    release_asked_by text,
    release_asked_at timestamptz,
    released_by      text,
    released_at      timestamptz
);
comment on table destructive_lock is 'one row per workflow, held while something destructive is handed over';
comment on column destructive_lock.locked_at is 'null = not locked';
comment on column destructive_lock.released_at is 'the caps count from then on anew';

create table emergency_stop (
    scope         text        primary key,
    stopped       boolean     not null,
    reason        text,
    changed_by    text        not null,
    changed_at    timestamptz not null,
    lift_asked_by text,
    lift_asked_at timestamptz,
    revision      bigint      not null
);
comment on column emergency_stop.scope is 'a workflow, or * for all';
comment on column emergency_stop.revision is 'grows with each change: connectors acknowledge it';

create table emergency_stop_push (
    workflow        text        not null references workflow,
    scope           text        not null,
    revision        bigint      not null,
    acknowledged_at timestamptz,
    problem         json,
    primary key (workflow, scope)
);
comment on table emergency_stop_push is 'how far the connector of a workflow knows of the stops';
comment on column emergency_stop_push.revision is 'the newest that was acknowledged; 0 = none';
