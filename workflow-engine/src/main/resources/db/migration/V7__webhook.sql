create table webhook_delivery (
    number          bigint      generated always as identity primary key,
    id              uuid        not null unique,
    webhook         text        not null,
    event           text        not null,
    body            text        not null,
    state           text        not null,
    created_at      timestamptz not null,
    attempts        int         not null,
    next_attempt_at timestamptz,
    give_up_at      timestamptz not null,
    last_attempt_at timestamptz,
    last_status     int,
    last_problem    text,
    check ((state = 'WAITING') = (next_attempt_at is not null))
);
create index webhook_delivery_due on webhook_delivery (webhook, next_attempt_at) where state = 'WAITING';
create index webhook_delivery_ended on webhook_delivery (webhook, last_attempt_at) where state <> 'WAITING';
comment on table webhook_delivery is 'what webhooks are to be told, written in the transaction of its cause';
comment on column webhook_delivery.body is 'JSON exactly as it is signed and sent';
