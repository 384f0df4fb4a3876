alter table device add suspect_since timestamptz;
comment on column device.suspect_since is 'a full scan did not see it; another one and a single read have to agree before it is removed';
create index device_suspect on device (connector) where suspect_since is not null;

alter table connector
    add sync_watermark   timestamptz,
    add full_scan_wanted boolean not null default false;
comment on column connector.sync_watermark is 'the newest lastSyncDateTime of a scan that finished: an incremental scan asks for what is newer';
comment on column connector.full_scan_wanted is 'somebody asked for a full scan now';

alter table scan
    add suspect int not null default 0,
    add removed int not null default 0,
    add held    int not null default 0;

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
