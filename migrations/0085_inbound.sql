-- What comes back (email.md §11): mail to return paths, receipts of providers, what they meant and what followed.

-- Raw, as it arrived, before anybody was told that it was taken; read by a job, which may read it twice.
create table inbound_mails (
  account_id uuid not null references accounts (account_id),
  id uuid not null,
  purpose text not null check (purpose in ('return_path', 'unsubscribe', 'dmarc')),
  envelope_from text not null default '',
  envelope_to text not null,
  -- From the signed token of the recipient; null where the address has none.
  message_id uuid,
  run_month date,
  is_test boolean not null default false,
  raw bytea not null,
  state text not null default 'received' check (state in ('received', 'read')),
  received_at timestamptz not null default app_now(),
  read_at timestamptz,
  primary key (account_id, id)
);
create index inbound_mails_open on inbound_mails (received_at) where state = 'received';
create index inbound_mails_age on inbound_mails (received_at);
select protect_account_table('inbound_mails');

-- The secret address of a provider's receipts; what it says of its own deliveries (sending.md §11.1).
create table receipt_endpoints (
  account_id uuid not null,
  provider_id uuid not null,
  token_hash bytea not null,
  token_sealed bytea not null,
  -- Calls whose signature did not hold.
  refused integer not null default 0,
  refused_at timestamptz,
  received integer not null default 0,
  received_at timestamptz,
  created_at timestamptz not null default app_now(),
  primary key (account_id, provider_id),
  foreign key (account_id, provider_id) references providers (account_id, id) on delete cascade
);
create unique index receipt_endpoints_token on receipt_endpoints (token_hash);
select protect_account_table('receipt_endpoints');

-- One call of a provider, raw; stored before it is read.
create table receipt_calls (
  account_id uuid not null references accounts (account_id),
  id uuid not null,
  provider_id uuid not null,
  dialect text not null,
  body bytea not null,
  state text not null default 'received' check (state in ('received', 'read')),
  received_at timestamptz not null default app_now(),
  read_at timestamptz,
  primary key (account_id, id)
);
create index receipt_calls_open on receipt_calls (received_at) where state = 'received';
create index receipt_calls_age on receipt_calls (received_at);
select protect_account_table('receipt_calls');

-- Makes a receipt count once, whenever and however often it comes (sending.md §16).
create table receipt_keys (
  account_id uuid not null references accounts (account_id),
  provider_id uuid not null,
  provider_event_id text not null,
  at timestamptz not null default app_now(),
  primary key (account_id, provider_id, provider_event_id)
);
create index receipt_keys_age on receipt_keys (at);
select protect_account_table('receipt_keys', 'select, insert, delete');

-- One report about one message, as it was understood.
create table bounce_reports (
  account_id uuid not null references accounts (account_id),
  id uuid not null,
  received_at timestamptz not null default app_now(),
  source text not null check (source in ('smtp', 'mail', 'webhook', 'simulator')),
  kind text not null check (kind in ('bounce', 'delayed', 'delivered', 'complaint', 'unsubscribe', 'out_of_office',
    'auto_reply', 'challenge', 'other')),
  -- `waiting`: its message is not known yet, or not answered yet; looked for again for seven days.
  state text not null check (state in ('applied', 'repeated', 'ignored', 'waiting', 'unassigned', 'discarded')),
  -- `mail:<id>` or `receipt:<id>`.
  raw_ref text,
  provider_id uuid,
  provider_ref text,
  message_id uuid,
  source_id uuid,
  contact_id uuid,
  address text,
  receiver text,
  class text,
  code text,
  text text,
  rule_id uuid,
  subject text,
  next_try_at timestamptz,
  assigned_by uuid,
  primary key (account_id, id, received_at)
) partition by range (received_at);
create table bounce_reports_default partition of bounce_reports default;
create index bounce_reports_recent on bounce_reports (account_id, id desc);
create index bounce_reports_waiting on bounce_reports (next_try_at) where state = 'waiting';
create index bounce_reports_message on bounce_reports (account_id, message_id) where message_id is not null;
select protect_account_table('bounce_reports');
select protect_account_table('bounce_reports_default');

-- The one bounce of a message: whoever writes this row is the first to tell of it; all later reports are repetitions.
create table message_bounces (
  account_id uuid not null references accounts (account_id),
  message_id uuid not null,
  source_id uuid not null,
  run_month date not null,
  contact_id uuid,
  address_hash bytea not null,
  receiver text,
  class text not null,
  code text,
  text text,
  origin text not null,
  -- A test never suppresses; what was lifted by a person starts at zero again.
  counts boolean not null default true,
  sent_at timestamptz not null,
  at timestamptz not null default app_now(),
  primary key (account_id, message_id)
);
create index message_bounces_address on message_bounces (account_id, address_hash, at) where counts;
create index message_bounces_source on message_bounces (account_id, source_id);
create index message_bounces_recent on message_bounces (account_id, at desc);
select protect_account_table('message_bounces');

-- An account's own rules; they come before the shipped ones, in the order of their position.
create table bounce_rules (
  account_id uuid not null references accounts (account_id),
  id uuid not null,
  position integer not null,
  -- Each of the three may be null (anything) and may hold `*`.
  code text,
  pattern text,
  receiver text,
  class text not null,
  comment text,
  enabled boolean not null default true,
  created_by uuid,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now(),
  version integer not null default 1,
  primary key (account_id, id),
  check (code is not null or pattern is not null or receiver is not null)
);
select protect_account_table('bounce_rules');

create table bounce_settings (
  account_id uuid not null references accounts (account_id),
  -- Hard bounces of one address until it is suppressed.
  hard_limit smallint not null default 1 check (hard_limit between 1 and 3),
  -- Months until such an entry ends by itself; null: never.
  hard_months smallint check (hard_months between 1 and 24),
  soft_months smallint check (soft_months between 1 and 24),
  updated_at timestamptz not null default app_now(),
  version integer not null default 1,
  primary key (account_id)
);
select protect_account_table('bounce_settings');

-- A person asks that an address may be written to in spite of its bounces (email.md §12).
create table allow_requests (
  account_id uuid not null references accounts (account_id),
  id uuid not null,
  address text not null,
  address_hash bytea not null,
  substantiation text not null,
  state text not null default 'pending' check (state in ('pending', 'accepted', 'rejected')),
  comment text,
  requested_by uuid,
  decided_by uuid,
  decided_at timestamptz,
  allowed_until timestamptz,
  created_at timestamptz not null default app_now(),
  version integer not null default 1,
  primary key (account_id, id)
);
create unique index allow_requests_pending on allow_requests (account_id, address_hash) where state = 'pending';
create index allow_requests_allowed on allow_requests (account_id, address_hash, allowed_until)
  where allowed_until is not null;
select protect_account_table('allow_requests');

-- The server's words behind an entry; and until when an accepted request takes its effect away.
alter table suppressions add column answer text;
alter table suppressions add column lifted_until timestamptz;

-- What a person takes off the list has its slate wiped: the next bounce is the first again.
create function forget_bounces() returns trigger language plpgsql as $$
begin
  update message_bounces b set counts = false
  where b.account_id = old.account_id and b.address_hash = old.address_hash and b.counts;
  return null;
end $$;
create trigger suppressions_forget_bounces after delete on suppressions
  for each row when (old.channel = 'email' and old.reason in ('hard_bounced', 'soft_bounced_repeatedly'))
  execute function forget_bounces();

create policy lookup on receipt_endpoints for select to campanile_lookup using (true);
create policy lookup on inbound_mails for select to campanile_lookup using (true);
create policy lookup on receipt_calls for select to campanile_lookup using (true);
create policy lookup on receipt_keys for select to campanile_lookup using (true);
create policy lookup on bounce_reports for select to campanile_lookup using (true);
grant select on receipt_endpoints, inbound_mails, receipt_calls, receipt_keys, bounce_reports to campanile_lookup;

create function lookup_receipt_endpoint(wanted_hash bytea) returns table (account_id uuid, provider_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select e.account_id, e.provider_id from receipt_endpoints e where e.token_hash = wanted_hash
$$;
-- Accounts whose reports wait for their message, whose raw data has been left unread, or whose raw data is old.
create function lookup_inbound_work() returns table (account_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select r.account_id from bounce_reports r where r.state = 'waiting' and r.next_try_at <= app_now()
  union select m.account_id from inbound_mails m
    where m.state = 'received' and m.received_at <= app_now() - interval '1 minute'
  union select c.account_id from receipt_calls c
    where c.state = 'received' and c.received_at <= app_now() - interval '1 minute'
  union select m.account_id from inbound_mails m where m.received_at <= app_now() - interval '30 days'
  union select c.account_id from receipt_calls c where c.received_at <= app_now() - interval '30 days'
  union select k.account_id from receipt_keys k where k.at <= app_now() - interval '90 days'
  limit 1000
$$;
alter function lookup_receipt_endpoint(bytea) owner to campanile_lookup;
alter function lookup_inbound_work() owner to campanile_lookup;
revoke execute on function lookup_receipt_endpoint(bytea), lookup_inbound_work() from public;
grant execute on function lookup_receipt_endpoint(bytea), lookup_inbound_work() to campanile_app;
