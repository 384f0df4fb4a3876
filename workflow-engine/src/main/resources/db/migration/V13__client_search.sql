-- The console lists, filters, sorts and counts 50,000 clients while somebody waits: in indexes alone, since the rows are wide.

create index client_list on client (workflow, client_id)
    include (name, operating_system, client_type, compliance, owner, last_sync, removed);
comment on index client_list is 'everything that a list of clients is filtered and sorted by';

alter table device add column serial_number text, add column user_name text;
create index device_list on device (workflow, client_id) include (serial_number, user_name) where client_id is not null;
comment on index device_list is 'everything beside its client that a device is searched by';

create index device_conflicts on device (workflow, device) where standing = 'CONFLICT' and removed_at is null;

-- the feed tells every device again, so that all get the new columns
update workflow set device_cursor = 0;
