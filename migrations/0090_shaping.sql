-- Limits per receiving site (email.md §16). A site is the domain of a receiver's mail servers (google.com), or one
-- receiving domain where a rule names it; '*' is the rule for all others.
create table shaping_rules (
  account_id uuid not null references accounts (account_id),
  id uuid not null,
  site text not null,
  connections integer not null default 5 check (connections between 1 and 50),
  messages_per_connection integer not null default 20 check (messages_per_connection between 1 and 1000),
  per_minute integer check (per_minute >= 1),
  per_hour integer check (per_hour >= 1),
  shipped boolean not null default false,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now(),
  version integer not null default 1,
  primary key (account_id, id)
);
create unique index shaping_rules_site on shaping_rules (account_id, site);
select protect_account_table('shaping_rules');

-- What an account begins with; cautious figures for those who receive the most.
create function provide_shaping_rules(account uuid) returns void language sql as $$
  insert into shaping_rules (account_id, id, site, connections, messages_per_connection, per_minute, per_hour, shipped)
  select account, uuid_v7(), r.site, r.connections, r.messages, r.per_minute, r.per_hour, true
  from (values
    ('*', 5, 20, null::integer, 3600),
    ('google.com', 10, 50, null, 18000),
    ('outlook.com', 5, 20, null, 9000),
    ('yahoodns.net', 5, 20, 120, 5000),
    ('icloud.com', 5, 20, 120, 5000),
    ('gmx.net', 5, 20, 120, 5000),
    ('web.de', 5, 20, 120, 5000),
    ('t-online.de', 3, 20, 60, 2000),
    ('wp.pl', 5, 20, 120, 5000),
    ('onet.pl', 5, 20, 120, 5000),
    ('interia.pl', 5, 20, 120, 5000),
    ('orange.fr', 2, 20, 60, 2000),
    ('free.fr', 2, 20, 60, 2000),
    ('laposte.net', 2, 20, 60, 2000),
    ('libero.it', 3, 20, 60, 2000),
    ('comcast.net', 5, 50, 120, 5000),
    ('mail.ru', 5, 20, 120, 5000),
    ('qq.com', 3, 10, 30, 1000),
    ('pphosted.com', 5, 20, null, 3600),
    ('mimecast.com', 5, 20, null, 3600)
  ) as r (site, connections, messages, per_minute, per_hour)
  on conflict do nothing
$$;
revoke execute on function provide_shaping_rules(uuid) from public;
grant execute on function provide_shaping_rules(uuid) to campanile_app;

-- Where each provider stands with each receiver: two evenly refilling buckets (the time from which tokens count), and
-- the last time the receiver slowed us.
create table receiver_sites (
  account_id uuid not null,
  provider_id uuid not null,
  site text not null,
  minute_from timestamptz,
  hour_from timestamptz,
  factor double precision not null default 1 check (factor > 0 and factor <= 1),
  slowed_at timestamptz,
  deferred_at timestamptz,
  code text,
  text text,
  used_at timestamptz not null default app_now(),
  primary key (account_id, provider_id, site),
  foreign key (account_id, provider_id) references providers (account_id, id) on delete cascade
);
create index receiver_sites_slowed on receiver_sites (account_id, slowed_at desc) where slowed_at is not null;
select protect_account_table('receiver_sites');

-- Which receiver takes the mail of a domain, as last seen.
create table receiver_domains (
  account_id uuid not null references accounts (account_id),
  domain text not null,
  site text not null,
  seen_at timestamptz not null default app_now(),
  primary key (account_id, domain)
);
create index receiver_domains_site on receiver_domains (account_id, site);
select protect_account_table('receiver_domains');

-- Answers in slots of ten minutes, for charts and for the health of senders; kept for 31 days.
create table receiver_figures (
  account_id uuid not null references accounts (account_id),
  provider_id uuid not null,
  site text not null,
  slot timestamptz not null,
  accepted integer not null default 0,
  deferred integer not null default 0,
  slowed integer not null default 0,
  refused integer not null default 0,
  blocked integer not null default 0,
  primary key (account_id, slot, site, provider_id)
);
select protect_account_table('receiver_figures');

-- Messages over one connection and connections to one site are counted over all nodes.
create table receiver_connections (
  account_id uuid not null,
  provider_id uuid not null,
  site text not null,
  place integer not null,
  holder uuid not null,
  expires_at timestamptz not null,
  primary key (account_id, provider_id, site, place),
  foreign key (account_id, provider_id) references providers (account_id, id) on delete cascade
);
create index receiver_connections_holder on receiver_connections (account_id, holder);
select protect_account_table('receiver_connections');

create table warmup_plans (
  account_id uuid not null references accounts (account_id),
  id uuid not null,
  subject_kind text not null check (subject_kind in ('sender_domain', 'source_ip')),
  subject text not null,
  start_per_day integer not null default 200 check (start_per_day >= 1),
  growth double precision not null default 1.5 check (growth >= 1),
  target_per_day integer not null,
  days integer not null check (days between 1 and 365),
  rest text not null default 'wait' check (rest in ('wait', 'established')),
  established_provider_id uuid,
  state text not null default 'active' check (state in ('active', 'stopped', 'finished')),
  stop_reason text,
  stopped_on date,
  started_on date not null,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now(),
  version integer not null default 1,
  primary key (account_id, id),
  check (target_per_day >= start_per_day),
  check ((rest = 'established') = (established_provider_id is not null))
);
create unique index warmup_plans_subject on warmup_plans (account_id, subject_kind, subject) where state <> 'finished';
select protect_account_table('warmup_plans');

-- Use of one day of the account's calendar. `reserved` has been let through and not answered yet.
create table warmup_days (
  account_id uuid not null,
  plan_id uuid not null,
  day date not null,
  cap integer not null,
  campaign_sent integer not null default 0,
  transactional_sent integer not null default 0,
  reserved integer not null default 0,
  reserved_at timestamptz,
  diverted integer not null default 0,
  answered integer not null default 0,
  hard integer not null default 0,
  blocked integer not null default 0,
  complained integer not null default 0,
  primary key (account_id, plan_id, day),
  foreign key (account_id, plan_id) references warmup_plans (account_id, id) on delete cascade
);
select protect_account_table('warmup_days');

-- Existing accounts get the rules too. The owner of a table passes by its policies once they are not forced.
alter table accounts no force row level security;
alter table shaping_rules no force row level security;
select provide_shaping_rules(a.account_id) from accounts a where a.kind = 'customer';
alter table accounts force row level security;
alter table shaping_rules force row level security;

-- Plans in force, for the sweep: bare ids.
create policy lookup on warmup_plans for select to campanile_lookup using (true);
grant select on warmup_plans to campanile_lookup;
create function lookup_active_warmups() returns table (account_id uuid, plan_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select p.account_id, p.id from warmup_plans p where p.state = 'active' limit 1000
$$;
alter function lookup_active_warmups() owner to campanile_lookup;
revoke execute on function lookup_active_warmups() from public;
grant execute on function lookup_active_warmups() to campanile_app;

-- When the worker role of a node last finished looking for what is due.
alter table node_heartbeats add column swept_at timestamptz;
