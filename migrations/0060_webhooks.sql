-- Webhooks (api.md A7, security.md §4.8): where an account is told what happened, what happened, and every attempt to tell it.
create table webhook_endpoints (
  account_id uuid not null references accounts (account_id),
  id uuid not null,
  name text not null,
  url text not null,
  secondary_url text,
  events text[] not null,
  auth_type text not null default 'none' check (auth_type in ('none', 'basic', 'bearer')),
  auth_sealed bytea,
  secret_sealed bytea not null,
  -- After a rotation both secrets sign for a while.
  old_secret_sealed bytea,
  old_secret_until timestamptz,
  retry_rule text not null default 'standard' check (retry_rule in ('standard', 'A', 'B')),
  personal_data text not null default 'full' check (personal_data in ('full', 'ids')),
  enabled boolean not null default true,
  disabled_reason text check (disabled_reason in ('by_user', 'failing', 'gone')),
  -- A test with the present address, credentials and secret brought the challenge back.
  proven_at timestamptz,
  -- Since then no attempt has succeeded.
  failing_since timestamptz,
  last_status integer,
  last_at timestamptz,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now(),
  version integer not null default 1,
  primary key (account_id, id),
  check ((auth_type = 'none') = (auth_sealed is null)),
  check (enabled = (disabled_reason is null))
);
create index webhook_endpoints_failing on webhook_endpoints (failing_since) where enabled;
select protect_account_table('webhook_endpoints');

create table webhook_events (
  account_id uuid not null references accounts (account_id),
  id uuid not null,
  at timestamptz not null default app_now(),
  type text not null,
  payload jsonb not null,
  sequence bigint,
  primary key (account_id, id, at)
) partition by range (at);
create table webhook_events_default partition of webhook_events default;
select protect_account_table('webhook_events');
select protect_account_table('webhook_events_default');

-- One row for each attempt: what waits is the queue, what is over is the log. No foreign key to the event: months of both
-- tables come and go by themselves.
create table webhook_deliveries (
  account_id uuid not null references accounts (account_id),
  id uuid not null,
  at timestamptz not null default app_now(),
  endpoint_id uuid not null,
  event_id uuid not null,
  event_type text not null,
  event_at timestamptz not null,
  attempt integer not null default 1,
  target text not null default 'primary' check (target in ('primary', 'secondary')),
  state text not null default 'waiting'
    check (state in ('waiting', 'claimed', 'succeeded', 'failed', 'dead', 'expired')),
  replay boolean not null default false,
  next_at timestamptz,
  -- Whoever holds it calls, until `next_at`; its own result counts only while nobody else has taken over.
  lease uuid,
  attempted_at timestamptz,
  status_code integer,
  duration_ms integer,
  failure text,
  excerpt text not null default '' check (octet_length(excerpt) <= 1024),
  primary key (account_id, id, at),
  foreign key (account_id, endpoint_id) references webhook_endpoints (account_id, id) on delete cascade
) partition by range (at);
create table webhook_deliveries_default partition of webhook_deliveries default;
create index webhook_deliveries_open on webhook_deliveries (account_id, endpoint_id, next_at)
  where state in ('waiting', 'claimed');
create index webhook_deliveries_log on webhook_deliveries (account_id, endpoint_id, id desc);
select protect_account_table('webhook_deliveries');
select protect_account_table('webhook_deliveries_default');

-- How far the application log has been read for events that follow its records.
create table webhook_cursors (
  account_id uuid primary key references accounts (account_id),
  audit_seq bigint not null
);
select protect_account_table('webhook_cursors');

create policy lookup on webhook_endpoints for select to campanile_lookup using (true);
create policy lookup on webhook_events for select to campanile_lookup using (true);
create policy lookup on webhook_deliveries for select to campanile_lookup using (true);
create policy lookup on webhook_cursors for select to campanile_lookup using (true);
create policy lookup on entitlement_overrides for select to campanile_lookup using (true);
grant select on webhook_endpoints, webhook_events, webhook_deliveries, webhook_cursors, entitlement_overrides
  to campanile_lookup;

-- Accounts with something to deliver now. Held: not proven, switched off, without the entitlement, account not in service.
create function lookup_due_webhooks() returns table (account_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select e.account_id from webhook_endpoints e join accounts a on a.account_id = e.account_id
  where e.enabled and e.proven_at is not null and a.status in ('active', 'test')
    and not exists (select from entitlement_overrides o where o.account_id = e.account_id and o.key = 'webhooks'
      and o.value = 'false' and (o.valid_until is null or o.valid_until > app_now()))
    and exists (select from webhook_deliveries d where d.account_id = e.account_id and d.endpoint_id = e.id
      and d.state in ('waiting', 'claimed') and d.next_at <= app_now())
  group by e.account_id limit 1000
$$;
create function lookup_webhook_news() returns table (account_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select c.account_id from webhook_cursors c join audit_heads h on h.account_id = c.account_id
  where h.seq > c.audit_seq limit 1000
$$;
-- Endpoints failing for three days, events waiting for seven, a log of thirty.
create function lookup_webhook_upkeep() returns table (account_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select e.account_id from webhook_endpoints e where e.enabled and e.failing_since <= app_now() - interval '3 days'
  union select d.account_id from webhook_deliveries d
    where d.state in ('waiting', 'claimed') and d.event_at <= app_now() - interval '7 days'
  union select d.account_id from webhook_deliveries d where d.at <= app_now() - interval '30 days'
  union select v.account_id from webhook_events v where v.at <= app_now() - interval '30 days'
  limit 1000
$$;
alter function lookup_due_webhooks() owner to campanile_lookup;
alter function lookup_webhook_news() owner to campanile_lookup;
alter function lookup_webhook_upkeep() owner to campanile_lookup;
revoke execute on function lookup_due_webhooks(), lookup_webhook_news(), lookup_webhook_upkeep() from public;
grant execute on function lookup_due_webhooks(), lookup_webhook_news(), lookup_webhook_upkeep() to campanile_app;
