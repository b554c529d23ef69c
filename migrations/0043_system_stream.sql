-- What the system itself sends (security.md §1 principle 7): rows of the instance account, content sealed, and erased
-- once it has left.
alter table system_messages
  drop column to_address,
  drop column from_address,
  drop column subject,
  drop column text_body,
  drop column html_body,
  drop column raw,
  drop column secrets_sealed,
  add column seq bigint generated always as identity,
  -- Whose person it is for; no foreign key, for the row outlives both.
  add column for_account_id uuid not null,
  add column for_user_id uuid,
  -- Keyed hash of the recipient, so that a row can be found without telling whom it went to.
  add column to_mac bytea not null,
  add column content_sealed bytea,
  add column state text not null
    check (state in ('queued', 'handed', 'sent', 'kept', 'failed', 'uncertain', 'expired')),
  add column attempts integer not null default 0,
  add column expires_at timestamptz not null,
  add column next_at timestamptz not null default app_now(),
  add column handed_at timestamptz,
  add column finished_at timestamptz,
  add column failure text,
  add column provider_ref text;
create index system_messages_recent on system_messages (account_id, seq desc);
create index system_messages_open on system_messages (account_id, next_at) where state in ('queued', 'handed');

-- Callers stand in the transaction of a customer's account; the row belongs to the instance. The setting is put back
-- within the same call, so nothing else of the transaction ever sees another account.
create function queue_system_message(
  message_id uuid, message_channel text, message_kind text, message_for_account uuid, message_for_user uuid,
  message_to_mac bytea, message_content bytea, message_state text, message_expires_at timestamptz
) returns void language plpgsql set search_path = public, pg_temp as $$
declare
  instance constant uuid := '00000000-0000-7000-8000-000000000000';
  present constant text := current_setting('app.account_id', true);
begin
  perform set_config('app.account_id', instance::text, true);
  insert into system_messages
    (account_id, id, channel, kind, for_account_id, for_user_id, to_mac, content_sealed, state, expires_at)
  values (instance, message_id, message_channel, message_kind, message_for_account, message_for_user, message_to_mac,
    message_content, message_state, message_expires_at);
  perform set_config('app.account_id', coalesce(present, ''), true);
end $$;
grant execute on function queue_system_message(uuid, text, text, uuid, uuid, bytea, bytea, text, timestamptz)
  to campanile_app;

-- Every text that left: what the guard against fraud and flooding counts (security.md §3.3). Numbers are keyed
-- hashes. Rows of the instance, because a number and a prefix are counted over all accounts.
create table sms_sends (
  account_id uuid not null references accounts (account_id),
  id uuid not null,
  for_account_id uuid not null,
  for_user_id uuid not null,
  number_mac bytea not null,
  prefix_mac bytea not null,
  country text not null,
  weight integer not null check (weight in (1, 2)),
  -- A notice costs money like a code, but nobody types it in.
  notice boolean not null default false,
  sent_at timestamptz not null default app_now(),
  verified_at timestamptz,
  primary key (account_id, id)
);
create index sms_sends_recent on sms_sends (account_id, sent_at);
select protect_account_table('sms_sends');

-- The key that signs system mail for the domain of its sender (RFC 6376).
create table system_sender_keys (
  account_id uuid not null references accounts (account_id),
  domain text not null,
  selector text not null,
  public_key text not null,
  private_key_sealed bytea not null,
  created_at timestamptz not null default app_now(),
  primary key (account_id, domain)
);
select protect_account_table('system_sender_keys');
