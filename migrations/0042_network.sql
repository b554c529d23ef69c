-- Who may enter from where (security.md §2). One row per account is locked by every change of its lists.
create table ip_policies (
  account_id uuid primary key references accounts (account_id),
  state text not null default 'off' check (state in ('off', 'report', 'enforce')),
  on_session_mismatch text not null default 'deny' check (on_session_mismatch in ('deny', 'revoke')),
  version bigint not null default 1,
  -- Until then a narrowing waits to be confirmed; afterwards `previous` is in force, whoever reads first.
  pending_until timestamptz,
  pending_by uuid,
  -- Everybody who narrowed since the last confirmation: none of them confirms by a click.
  pending_editors uuid[] not null default '{}',
  previous jsonb,
  expiry_judged_at timestamptz,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now(),
  check ((pending_until is null) = (previous is null))
);
select protect_account_table('ip_policies');

-- Addresses are 16 bytes, IPv4 as ::ffff:a.b.c.d, and are compared as byte ranges only.
create table ip_entries (
  account_id uuid not null,
  id uuid not null,
  lo bytea not null check (octet_length(lo) = 16),
  hi bytea not null check (octet_length(hi) = 16),
  family smallint not null check (family in (4, 6)),
  kind text not null check (kind in ('address', 'cidr', 'mask', 'range')),
  input text not null,
  canonical text not null,
  label text check (char_length(label) <= 120),
  scopes text[] not null check (scopes <@ '{panel,api,smtp}' and cardinality(scopes) > 0),
  target_user_id uuid,
  expires_at timestamptz,
  expiry_noticed_at timestamptz,
  created_by uuid,
  created_at timestamptz not null default app_now(),
  primary key (account_id, id),
  check (lo <= hi),
  foreign key (account_id) references ip_policies (account_id),
  foreign key (account_id, target_user_id) references users (account_id, id) on delete cascade
);
create index ip_entries_target on ip_entries (account_id, target_user_id);
select protect_account_table('ip_entries');

create table role_ip_entries (
  account_id uuid not null,
  id uuid not null,
  role_id uuid not null,
  lo bytea not null check (octet_length(lo) = 16),
  hi bytea not null check (octet_length(hi) = 16),
  family smallint not null check (family in (4, 6)),
  kind text not null check (kind in ('address', 'cidr', 'mask', 'range')),
  input text not null,
  canonical text not null,
  label text check (char_length(label) <= 120),
  expires_at timestamptz,
  created_by uuid,
  created_at timestamptz not null default app_now(),
  primary key (account_id, id),
  check (lo <= hi),
  foreign key (account_id) references ip_policies (account_id),
  foreign key (account_id, role_id) references roles (account_id, id) on delete cascade
);
create index role_ip_entries_role on role_ip_entries (account_id, role_id);
select protect_account_table('role_ip_entries');

-- One user, one address, for a time: break-glass code, operator, shell of the host.
create table ip_exceptions (
  account_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  address text not null,
  origin text not null check (origin in ('break_glass', 'operator', 'cli')),
  ticket text,
  reason text,
  approved_by uuid[] not null default '{}',
  expires_at timestamptz not null,
  created_at timestamptz not null default app_now(),
  primary key (account_id, id),
  foreign key (account_id, user_id) references users (account_id, id) on delete cascade
);
create index ip_exceptions_user on ip_exceptions (account_id, user_id, expires_at);
select protect_account_table('ip_exceptions');

-- Would-be denials while the policy only reports. The nil id stands for "no user": a key.
create table ip_reports (
  account_id uuid not null references accounts (account_id),
  address text not null,
  scope text not null check (scope in ('panel', 'api', 'smtp')),
  user_id uuid not null default '00000000-0000-0000-0000-000000000000',
  hits bigint not null default 1,
  first_at timestamptz not null default app_now(),
  last_at timestamptz not null default app_now(),
  primary key (account_id, address, scope, user_id)
);
select protect_account_table('ip_reports');

-- Complete sign-ins by day: what entries may be proposed from.
create table ip_sign_ins (
  account_id uuid not null,
  address text not null,
  user_id uuid not null,
  day date not null,
  hits integer not null default 1,
  primary key (account_id, address, user_id, day),
  foreign key (account_id, user_id) references users (account_id, id) on delete cascade
);
create index ip_sign_ins_day on ip_sign_ins (account_id, day);
select protect_account_table('ip_sign_ins');

create table break_glass_codes (
  account_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  code_hash bytea not null,
  used_at timestamptz,
  created_at timestamptz not null default app_now(),
  primary key (account_id, id),
  foreign key (account_id, user_id) references users (account_id, id) on delete cascade
);
create index break_glass_codes_user on break_glass_codes (account_id, user_id);
select protect_account_table('break_glass_codes');

create policy lookup on ip_policies for select to campanile_lookup using (true);
create policy lookup on ip_entries for select to campanile_lookup using (true);
grant select on ip_policies, ip_entries to campanile_lookup;
-- Accounts whose unconfirmed change is overdue, or whose entries end within a week and were not looked at this hour.
create function lookup_due_ip_policies() returns table (account_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select p.account_id from ip_policies p
  where p.pending_until <= app_now()
    or (p.state = 'enforce'
      and (p.expiry_judged_at is null or p.expiry_judged_at < app_now() - interval '1 hour')
      and exists (select from ip_entries e where e.account_id = p.account_id and e.target_user_id is null
        and e.expires_at > app_now() and e.expires_at <= app_now() + interval '7 days'))
  limit 100
$$;
alter function lookup_due_ip_policies() owner to campanile_lookup;
revoke execute on function lookup_due_ip_policies() from public;
grant execute on function lookup_due_ip_policies() to campanile_app;

insert into ip_policies (account_id) select account_id from accounts;
