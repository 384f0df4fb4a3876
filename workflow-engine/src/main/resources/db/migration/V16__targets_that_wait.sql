alter table job_target add column not_before timestamptz;
comment on column job_target.not_before is 'until when the connector has no room for it, as it answered: it is not asked before';
