-- Who is signed in to the console: the tables of Spring Session 4, so that every replica knows every session.

create table spring_session (
    primary_id            char(36)     not null primary key,
    session_id            char(36)     not null,
    creation_time         bigint       not null,
    last_access_time      bigint       not null,
    max_inactive_interval int          not null,
    expiry_time           bigint       not null,
    principal_name        text
);
create unique index spring_session_id on spring_session (session_id);
create index spring_session_expiry on spring_session (expiry_time);
create index spring_session_principal on spring_session (principal_name);

create table spring_session_attributes (
    session_primary_id char(36)     not null references spring_session on delete cascade,
    attribute_name     varchar(200) not null,
    attribute_bytes    bytea        not null,
    primary key (session_primary_id, attribute_name)
);

create table sign_in_failure (
    subject text        not null,
    at      timestamptz not null
);
create index sign_in_failure_subject on sign_in_failure (subject, at desc);
create index sign_in_failure_at on sign_in_failure (at);
comment on table sign_in_failure is 'attempts to sign in to the console that failed, or have not succeeded yet; kept for half an hour';
comment on column sign_in_failure.subject is 'name:… as it was typed, in lower case, or address:…';
