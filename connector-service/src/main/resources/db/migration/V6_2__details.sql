alter table device
    add details          json,
    add details_read_at  timestamptz,
    add details_due_at   timestamptz not null default now(),
    add details_failures int         not null default 0,
    add details_basis    bytea;
comment on column device.details is 'what Graph tells on single reads only; no list read touches it. Null = nothing read, or nothing there';
comment on column device.details_due_at is 'when it is to be read by itself, where the connector does that at all';
comment on column device.details_basis is 'digest of the listed properties with which the details may change: others, as the last check-in, make no read';
create index device_details_due on device (connector, details_due_at) where removed_at is null;
