alter table scan add filtered int not null default 0;
comment on column scan.filtered is 'rows of devices that the connector''s filter does not admit';
