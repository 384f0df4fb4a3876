alter table device add column details json;
comment on column device.details is 'what the connector read of the device by itself, where its scanner does that';
