-- The last 60 seconds of a provider's answers: the circuit also opens when more than half of them failed.
alter table providers
  add column window_started_at timestamptz,
  add column window_answers integer not null default 0,
  add column window_errors integer not null default 0;

create index provider_routes_channel on provider_routes (account_id, channel) where enabled;

-- Images of a mail refer to their parts by content id (RFC 2392).
alter table simulator_attachments add column content_id text;
create index simulator_messages_to on simulator_messages (account_id, mailbox, lower(to_address), received_at desc, id desc);
create index simulator_messages_campaign on simulator_messages (account_id, campaign_id, received_at desc, id desc)
  where campaign_id is not null;
