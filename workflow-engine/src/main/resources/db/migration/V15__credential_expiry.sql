create table credential_expiry (
    workflow   text not null references workflow,
    connector  text not null,
    use        text not null,
    kind       text not null,
    expires_at timestamptz not null,
    stage      text not null,
    primary key (workflow, use)
);
comment on table credential_expiry is 'the credentials of a workflow''s connector, as it told of them last; other systems were told at each stage';
comment on column credential_expiry.stage is 'FAR, DAYS_30, DAYS_14, DAYS_7, DAY_1 or EXPIRED';
