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
