create table providers (
  account_id uuid not null references accounts (account_id),
  id uuid not null,
  channel text not null check (channel in ('email', 'sms', 'push', 'rcs')),
  kind text not null,
  name text not null,
  enabled boolean not null default true,
  config jsonb not null default '{}',
  secrets_sealed bytea,
  limits jsonb not null default '{}',
  shape_by_receiver boolean not null default false,
  pool text not null default 'any' check (pool in ('any', 'campaign', 'transactional')),
  last_check jsonb,
  circuit text not null default 'closed' check (circuit in ('closed', 'open', 'half_open')),
  circuit_until timestamptz,
  circuit_failures integer not null default 0,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now(),
  version integer not null default 1,
  primary key (account_id, id)
);
create unique index providers_name on providers (account_id, lower(name));
select protect_account_table('providers');

create table provider_routes (
  account_id uuid not null references accounts (account_id),
  id uuid not null,
  channel text not null,
  traffic text not null default 'any' check (traffic in ('any', 'campaign', 'transactional')),
  country text,
  receiving_domain text,
  sender_id uuid,
  mode text not null default 'failover' check (mode in ('failover', 'split')),
  providers jsonb not null,
  enabled boolean not null default true,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now(),
  version integer not null default 1,
  primary key (account_id, id)
);
create unique index provider_routes_match on provider_routes
  (account_id, channel, traffic, coalesce(country, ''), coalesce(receiving_domain, ''),
   coalesce(sender_id, '00000000-0000-0000-0000-000000000000')) where enabled;
select protect_account_table('provider_routes');

create table sender_identities (
  account_id uuid not null references accounts (account_id),
  id uuid not null,
  channel text not null check (channel in ('email', 'sms')),
  name text not null,
  value text not null,
  reply_to text,
  domain_id uuid,
  state text not null default 'pending' check (state in ('pending', 'verified', 'blocked')),
  is_default boolean not null default false,
  allowed_role_ids uuid[] not null default '{}',
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now(),
  version integer not null default 1,
  primary key (account_id, id)
);
create unique index sender_identities_value on sender_identities (account_id, channel, lower(value), lower(name));
create unique index sender_identities_default on sender_identities (account_id, channel) where is_default;
select protect_account_table('sender_identities');

create table campaigns (
  account_id uuid not null references accounts (account_id),
  id uuid not null,
  channel text not null default 'email' check (channel in ('email', 'sms', 'push', 'rcs')),
  type text not null default 'normal' check (type in ('normal', 'ab')),
  name text not null,
  description text,
  external_id text,
  labels text[] not null default '{}',
  language text,
  topic_id uuid,
  status text not null default 'draft' check (status in ('draft', 'in_review', 'scheduled', 'held', 'preparing', 'testing',
    'sending', 'paused', 'finishing', 'finished', 'canceled', 'failed')),
  status_reason text,
  -- The one door to hand-off: no row of the run reaches `handed` while it is closed (sending.md §2.1 rule 1, §4.3).
  gate text not null default 'closed' check (gate in ('open', 'closed')),
  parent_campaign_id uuid,
  sender_id uuid,
  audience jsonb not null default '{}',
  windows jsonb not null default '[]',
  planned_at timestamptz,
  hold_minutes integer not null default 0,
  hold_until timestamptz,
  max_lateness_minutes integer not null default 60,
  throttle_per_hour integer,
  uncertain_policy text not null default 'rather_miss' check (uncertain_policy in ('rather_miss', 'rather_repeat')),
  preflight jsonb,
  preflight_overrides jsonb not null default '[]',
  content_revision integer not null default 0,
  -- Set once at start; the month in every key of the run's ledger rows.
  run_month date,
  simulated boolean not null default true,
  planning_cursor uuid,
  demo boolean not null default false,
  created_by uuid,
  started_at timestamptz,
  finished_at timestamptz,
  archived_at timestamptz,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now(),
  version integer not null default 1,
  primary key (account_id, id)
);
create unique index campaigns_external_id on campaigns (account_id, external_id);
create index campaigns_recent on campaigns (account_id, created_at desc, id desc);
create index campaigns_live on campaigns (status) where status in ('scheduled', 'preparing', 'testing', 'sending', 'paused', 'finishing');
select protect_account_table('campaigns');

create table campaign_revisions (
  account_id uuid not null,
  campaign_id uuid not null,
  n integer not null,
  content jsonb not null,
  created_by uuid,
  created_at timestamptz not null default app_now(),
  primary key (account_id, campaign_id, n),
  foreign key (account_id, campaign_id) references campaigns (account_id, id) on delete cascade
);
select protect_account_table('campaign_revisions', 'select, insert, delete');

create table run_journal (
  account_id uuid not null,
  campaign_id uuid not null,
  id uuid not null,
  at timestamptz not null default app_now(),
  kind text not null,
  actor jsonb not null default '{}',
  detail jsonb not null default '{}',
  primary key (account_id, campaign_id, id),
  foreign key (account_id, campaign_id) references campaigns (account_id, id) on delete cascade
);
select protect_account_table('run_journal', 'select, insert, delete');

create table audience_members (
  account_id uuid not null,
  campaign_id uuid not null,
  contact_id uuid not null,
  primary key (account_id, campaign_id, contact_id),
  foreign key (account_id, campaign_id) references campaigns (account_id, id) on delete cascade
);
select protect_account_table('audience_members', 'select, insert, delete');

-- One test message to one address; its ledger row has source_id = id and never counts in a report.
create table test_sends (
  account_id uuid not null,
  id uuid not null,
  campaign_id uuid not null,
  address text not null,
  contact_id uuid,
  content_revision integer not null,
  mark_as_test boolean not null default false,
  run_month date not null,
  created_by uuid,
  at timestamptz not null default app_now(),
  finished_at timestamptz,
  primary key (account_id, id),
  foreign key (account_id, campaign_id) references campaigns (account_id, id) on delete cascade
);
create index test_sends_recent on test_sends (account_id, at desc);
create index test_sends_open on test_sends (at) where finished_at is null;
select protect_account_table('test_sends');

-- The ledger: one row per source x recipient x channel, written before anything leaves (sending.md §2).
create table messages (
  account_id uuid not null,
  source_id uuid not null,
  recipient_key text not null,
  channel text not null,
  run_month date not null,
  source_kind text not null check (source_kind in ('campaign', 'transactional', 'test')),
  message_id uuid not null,
  contact_id uuid,
  address text,
  address_hash bytea,
  state text not null default 'planned' check (state in ('planned', 'claimed', 'handed', 'accepted', 'rejected', 'uncertain', 'suppressed')),
  reason text,
  resolution text check (resolution in ('accepted', 'missed', 'repeated')),
  attempts integer not null default 0,
  next_attempt_at timestamptz,
  lane smallint not null default 3,
  provider_id uuid,
  provider_ref text,
  answer jsonb,
  lease_id uuid,
  lease_epoch bigint,
  content_revision integer not null default 1,
  variant text,
  delivery_status text not null default 'queued',
  basis text,
  flags text[] not null default '{}',
  price_id uuid,
  billable_units integer not null default 1,
  provider_price_id uuid,
  provider_cost_minor bigint,
  currency text,
  logical_id uuid,
  rung smallint,
  planned_at timestamptz not null default app_now(),
  handed_at timestamptz,
  final_at timestamptz,
  primary key (account_id, source_id, recipient_key, channel, run_month)
) partition by range (run_month);
create table messages_default partition of messages default;
create unique index messages_address on messages (account_id, source_id, channel, address_hash, run_month) where state <> 'suppressed';
create index messages_id on messages (account_id, message_id);
create index messages_contact on messages (account_id, contact_id);
create index messages_planned on messages (account_id, source_id, lane, next_attempt_at nulls first, message_id) where state = 'planned';
create index messages_open on messages (account_id, source_id, state) where state in ('claimed', 'handed', 'uncertain');
select protect_account_table('messages');
select protect_account_table('messages_default');

create table message_attempts (
  account_id uuid not null,
  message_id uuid not null,
  n integer not null,
  source_id uuid not null,
  provider_id uuid,
  handed_at timestamptz,
  answered_at timestamptz,
  answer_class text,
  code text,
  text text,
  at timestamptz not null default app_now(),
  primary key (account_id, message_id, n, at)
) partition by range (at);
create table message_attempts_default partition of message_attempts default;
select protect_account_table('message_attempts', 'select, insert, delete');
select protect_account_table('message_attempts_default', 'select, insert, delete');

create table message_events (
  account_id uuid not null,
  id uuid not null,
  message_id uuid not null,
  source_id uuid not null,
  contact_id uuid,
  kind text not null,
  received_at timestamptz not null default app_now(),
  raw_ref text,
  detail jsonb not null default '{}',
  at timestamptz not null default app_now(),
  primary key (account_id, id, at)
) partition by range (at);
create table message_events_default partition of message_events default;
create index message_events_source on message_events (account_id, source_id, kind, at);
create index message_events_message on message_events (account_id, message_id, at);
select protect_account_table('message_events', 'select, insert, delete');
select protect_account_table('message_events_default', 'select, insert, delete');

-- A sender's hold on claimed rows; the epoch fences a frozen sender whose lease was given away.
create table leases (
  account_id uuid not null references accounts (account_id),
  id uuid not null,
  source_id uuid not null,
  node_id uuid not null,
  epoch bigint not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default app_now(),
  primary key (account_id, id)
);
create sequence lease_epochs;
grant usage on sequence lease_epochs to campanile_app;
create index leases_expiry on leases (expires_at);
select protect_account_table('leases');

create table tracking_links (
  account_id uuid not null,
  campaign_id uuid not null,
  content_revision integer not null,
  position integer not null,
  target text not null,
  primary key (account_id, campaign_id, content_revision, position),
  foreign key (account_id, campaign_id) references campaigns (account_id, id) on delete cascade
);
select protect_account_table('tracking_links', 'select, insert, delete');

create table tracking_hits (
  account_id uuid not null,
  id uuid not null,
  campaign_id uuid not null,
  message_id uuid not null,
  contact_id uuid,
  kind text not null check (kind in ('open', 'click')),
  position integer,
  url text,
  method text not null,
  ip_trunc text,
  user_agent text,
  headers jsonb not null default '{}',
  at timestamptz not null default app_now(),
  primary key (account_id, id, at)
) partition by range (at);
create table tracking_hits_default partition of tracking_hits default;
create index tracking_hits_campaign on tracking_hits (account_id, campaign_id, kind, at);
create index tracking_hits_message on tracking_hits (account_id, message_id);
select protect_account_table('tracking_hits', 'select, insert, delete');
select protect_account_table('tracking_hits_default', 'select, insert, delete');

create table unsubscribe_pages (
  account_id uuid not null references accounts (account_id),
  id uuid not null,
  name text not null,
  is_default boolean not null default false,
  type text not null default 'confirm' check (type in ('confirm', 'preferences', 'redirect')),
  scope text not null default 'topic' check (scope in ('group', 'topic', 'all')),
  texts jsonb not null default '{}',
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now(),
  version integer not null default 1,
  primary key (account_id, id)
);
create unique index unsubscribe_pages_default on unsubscribe_pages (account_id) where is_default;
select protect_account_table('unsubscribe_pages');

-- Which accounts have due work: bare ids only.
create policy lookup on campaigns for select to campanile_lookup using (true);
create policy lookup on test_sends for select to campanile_lookup using (true);
create policy lookup on leases for select to campanile_lookup using (true);
grant select on campaigns, test_sends, leases to campanile_lookup;
create function lookup_live_campaigns() returns table (account_id uuid, campaign_id uuid, status text)
language sql stable security definer set search_path = public, pg_temp as $$
  select c.account_id, c.id, c.status from campaigns c
  where c.status in ('preparing', 'testing', 'sending', 'finishing')
     or (c.status = 'scheduled' and coalesce(c.hold_until, c.planned_at) <= app_now())
$$;
create function lookup_open_test_sends() returns table (account_id uuid, test_send_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select t.account_id, t.id from test_sends t where t.finished_at is null order by t.at limit 500
$$;
create function lookup_expired_leases() returns table (account_id uuid, lease_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select l.account_id, l.id from leases l where l.expires_at < app_now()
$$;
alter function lookup_live_campaigns() owner to campanile_lookup;
alter function lookup_open_test_sends() owner to campanile_lookup;
alter function lookup_expired_leases() owner to campanile_lookup;
revoke execute on function lookup_live_campaigns(), lookup_open_test_sends(), lookup_expired_leases() from public;
grant execute on function lookup_live_campaigns(), lookup_open_test_sends(), lookup_expired_leases() to campanile_app;
