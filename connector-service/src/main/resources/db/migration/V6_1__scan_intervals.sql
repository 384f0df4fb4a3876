alter table connector
    add incremental_interval_ms bigint,
    add full_interval_ms        bigint;
comment on column connector.incremental_interval_ms is 'what an operator has set at run time; null = what the configuration says';
comment on column connector.full_interval_ms is 'as incremental_interval_ms';
