alter table device_action
    add expires_at          timestamptz,
    add sends               int not null default 0,
    add approval_code       text,
    add approval_expires_at timestamptz,
    add unlock_code         text,
    add unlock_code_digest  text,
    add pin_told_at         timestamptz;
update device_action set expires_at = requested_at + interval '1 day';
alter table device_action alter expires_at set not null;
comment on column device_action.expires_at is 'an action that was not sent by then is not sent any more';
comment on column device_action.sends is 'how often its request left for Intune';
comment on column device_action.approval_code is 'Intune''s request for approval (Multi Admin Approval)';
comment on column device_action.unlock_code is 'a Mac''s unlock code, encrypted; erased once the action has been sent';
comment on column device_action.unlock_code_digest is 'keyed digest, to recognize the same order under its key';
comment on column device_action.pin_told_at is 'the PIN of a lock is told once';

-- per kind and tenant: Intune's daily limits; per device: no second lock, retire or wipe while one is under way
create index device_action_sent on device_action (kind, connector, requested_at desc) where kind in ('RETIRE', 'WIPE');
create index device_action_of_device on device_action (connector, device, kind);

alter table device_action_history
    add actor      text,
    add request_id text;
comment on column device_action_history.actor is 'the person who did it; null = the connector itself, or Intune';
comment on column device_action_history.request_id is 'Graph''s id of the request, for Microsoft''s support';
