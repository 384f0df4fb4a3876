-- A client outlives the Intune record of its device: a device that is enrolled again has another id and stays the client
-- that it was. So clients, and what ACMP servers know of them, are kept by ClientId.

alter table acknowledgement drop constraint acknowledgement_workflow_device_fkey;
alter table acknowledgement drop constraint acknowledgement_pkey;
drop index acknowledgement_prints;
alter table acknowledgement add column client_id uuid;
update acknowledgement set client_id = client.client_id
from client where client.workflow = acknowledgement.workflow and client.device = acknowledgement.device;
alter table acknowledgement drop column device;

drop index client_prints;
alter table client drop constraint client_pkey;
alter table client drop constraint client_workflow_client_id_key;
alter table client add primary key (workflow, client_id);
alter table client add constraint client_device unique (workflow, device);
create index client_prints on client (workflow, client_id) include (client_fingerprint, device_fingerprint);
comment on index client_prints is 'what differs is looked for in prints alone: the rows are wide';
comment on column client.device is 'the device that the client is, or was last';

alter table acknowledgement add primary key (workflow, client_id, acmp_server);
alter table acknowledgement add foreign key (workflow, client_id) references client;
create index acknowledgement_prints on acknowledgement (workflow, acmp_server, client_id)
    include (client_fingerprint, device_fingerprint, parked_client, parked_device);
