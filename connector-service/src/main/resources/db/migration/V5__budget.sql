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
