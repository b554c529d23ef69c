-- One clock for all SQL (security.md §7). Production: plain now(); test support replaces the body with one that adds the offset.
create table clock_offset (
  id boolean primary key default true check (id),
  offset_seconds bigint not null default 0
);
insert into clock_offset default values;
grant select, update on clock_offset to campanile_app;
grant select on clock_offset to campanile_lookup, campanile_jobs;

create function app_now() returns timestamptz language sql stable parallel safe as $$ select now() $$;

-- UUIDv7 (RFC 9562 §5.7) for rows made by insert … select; PostgreSQL 18 has its own, 15 to 17 have not.
create function uuid_v7() returns uuid language sql volatile parallel safe as $$
  select encode(
    set_bit(set_bit(
      overlay(uuid_send(gen_random_uuid())
        placing substring(int8send((extract(epoch from app_now()) * 1000)::bigint) from 3) from 1 for 6),
      52, 1), 53, 1), 'hex')::uuid
$$;

-- HMAC-SHA-256 with the two padded key blocks of RFC 2104 given, so that insert … select can hash addresses with the account's key.
create function keyed_hash(inner_block bytea, outer_block bytea, message text) returns bytea
language sql immutable strict parallel safe as $$
  select sha256(outer_block || sha256(inner_block || convert_to(message, 'UTF8')))
$$;

create function current_account() returns uuid language sql stable parallel safe as $$
  select nullif(current_setting('app.account_id', true), '')::uuid
$$;

-- Every table of an account passes through here: forced row level security and the runtime role's rights.
create function protect_account_table(target regclass, privileges text default 'select, insert, update, delete')
returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy own_account on %s using (account_id = current_account()) with check (account_id = current_account())', target);
  execute format('grant %s on %s to campanile_app', privileges, target);
end $$;
revoke execute on function protect_account_table(regclass, text) from public;

-- Makes the partitions of this and the next two months of every table partitioned by month (UTC).
create function ensure_partitions(at timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  parent record;
  month_start date;
  child text;
begin
  perform pg_advisory_xact_lock(hashtext('campanile.ensure_partitions'));
  for parent in
    select c.oid::regclass as name, c.relname
    from pg_partitioned_table p join pg_class c on c.oid = p.partrelid
    where c.relnamespace = 'public'::regnamespace
  loop
    for i in 0..2 loop
      month_start := (date_trunc('month', at at time zone 'UTC') + make_interval(months => i))::date;
      child := parent.relname || to_char(month_start, '_YYYY_MM');
      if to_regclass('public.' || child) is null then
        execute format('create table %I partition of %s for values from (%L) to (%L)', child, parent.name,
          month_start, (month_start + interval '1 month')::date);
        execute format('alter table %I enable row level security', child);
        execute format('alter table %I force row level security', child);
        execute format('create policy own_account on %I using (account_id = current_account()) with check (account_id = current_account())', child);
      end if;
    end loop;
  end loop;
end $$;
revoke execute on function ensure_partitions(timestamptz) from public;
grant execute on function ensure_partitions(timestamptz) to campanile_app;

create table accounts (
  account_id uuid primary key,
  parent_id uuid references accounts (account_id),
  kind text not null default 'customer' check (kind in ('instance', 'customer')),
  name text not null,
  slug text not null,
  status text not null default 'test' check (status in ('pending', 'test', 'active', 'suspended', 'closed')),
  status_reason text,
  valid_until date,
  -- Data key of the account, sealed with a key-encryption key from outside the database.
  data_key_sealed bytea not null,
  default_language text not null default 'en' check (default_language in ('en', 'pl', 'de')),
  time_zone text not null default 'Europe/Warsaw',
  country text not null default 'PL',
  currency text not null default 'PLN',
  contact_email text,
  description text,
  postal_address text,
  require_consent jsonb not null default '{"email":false,"sms":false,"push":false,"rcs":false}',
  enforced_footer boolean not null default true,
  demo_data_at timestamptz,
  closed_at timestamptz,
  erase_after timestamptz,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now(),
  version integer not null default 1
);
select protect_account_table('accounts');

-- Keys that are unique on the whole installation (logins, slugs); rows belong to the instance account.
create table directory_entries (
  account_id uuid not null references accounts (account_id),
  key_kind text not null check (key_kind in ('login', 'slug', 'host', 'sender_domain')),
  key text not null,
  target_account_id uuid not null,
  target_id uuid not null,
  created_at timestamptz not null default app_now(),
  primary key (account_id, key_kind, key)
);
select protect_account_table('directory_entries');

create table entitlement_overrides (
  account_id uuid not null references accounts (account_id),
  key text not null,
  value jsonb not null,
  valid_from timestamptz,
  valid_until timestamptz,
  note text,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now(),
  version integer not null default 1,
  primary key (account_id, key)
);
select protect_account_table('entitlement_overrides');

create table users (
  account_id uuid not null references accounts (account_id),
  id uuid not null,
  login text not null,
  email text not null,
  email_verified_at timestamptz,
  phone text,
  phone_verified_at timestamptz,
  first_name text not null,
  last_name text not null,
  language text not null default 'en' check (language in ('en', 'pl', 'de')),
  time_zone text not null default 'Europe/Warsaw',
  theme text not null default 'auto' check (theme in ('light', 'dark', 'auto')),
  status text not null default 'active' check (status in ('invited', 'active', 'disabled')),
  sign_in_allowed boolean not null default true,
  valid_until date,
  -- argon2id PHC string, sealed; null until the person has chosen a password.
  password_sealed bytea,
  password_ge15 boolean not null default false,
  security_epoch integer not null default 1,
  activated_at timestamptz,
  last_sign_in_at timestamptz,
  last_address text,
  deleted_at timestamptz,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now(),
  version integer not null default 1,
  primary key (account_id, id)
);
create unique index users_email on users (account_id, lower(email)) where deleted_at is null;
select protect_account_table('users');

create table roles (
  account_id uuid not null references accounts (account_id),
  id uuid not null,
  name text not null,
  built_in text,
  limits jsonb not null default '{}',
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now(),
  version integer not null default 1,
  primary key (account_id, id)
);
create unique index roles_name on roles (account_id, lower(name));
create unique index roles_built_in on roles (account_id, built_in);
select protect_account_table('roles');

create table role_permissions (
  account_id uuid not null,
  role_id uuid not null,
  key text not null,
  scope jsonb,
  primary key (account_id, role_id, key),
  foreign key (account_id, role_id) references roles (account_id, id) on delete cascade
);
select protect_account_table('role_permissions');

create table user_roles (
  account_id uuid not null,
  user_id uuid not null,
  role_id uuid not null,
  created_at timestamptz not null default app_now(),
  primary key (account_id, user_id, role_id),
  foreign key (account_id, user_id) references users (account_id, id) on delete cascade,
  foreign key (account_id, role_id) references roles (account_id, id)
);
select protect_account_table('user_roles');

create table user_permissions (
  account_id uuid not null,
  user_id uuid not null,
  key text not null,
  allow boolean not null,
  scope jsonb,
  primary key (account_id, user_id, key),
  foreign key (account_id, user_id) references users (account_id, id) on delete cascade
);
select protect_account_table('user_permissions');

create table sessions (
  account_id uuid not null,
  id uuid not null,
  token_hash bytea not null,
  user_id uuid not null,
  last_active_at timestamptz not null,
  last_address text,
  amr text[] not null,
  limited text,
  fresh_general_until timestamptz,
  fresh_factors_until timestamptz,
  security_epoch integer not null,
  agent_family text not null,
  created_at timestamptz not null default app_now(),
  primary key (account_id, id),
  foreign key (account_id, user_id) references users (account_id, id) on delete cascade
);
create unique index sessions_token on sessions (account_id, token_hash);
-- The look-up before the account is known reads by token alone.
create index sessions_lookup on sessions (token_hash);
create index sessions_user on sessions (account_id, user_id, created_at);
select protect_account_table('sessions');

create table link_tokens (
  account_id uuid not null references accounts (account_id),
  token_hash bytea not null,
  purpose text not null,
  user_id uuid,
  detail jsonb not null default '{}',
  expires_at timestamptz not null,
  used_at timestamptz,
  created_at timestamptz not null default app_now(),
  primary key (account_id, token_hash)
);
select protect_account_table('link_tokens');

-- Spent by one insert … on conflict do update; a bucket is a window that began at started_at (security.md §6.4).
create table rate_buckets (
  account_id uuid not null references accounts (account_id),
  key text not null,
  started_at timestamptz not null,
  spent integer not null,
  primary key (account_id, key)
);
select protect_account_table('rate_buckets');

create table node_heartbeats (
  node_id uuid primary key,
  roles text[] not null,
  host text not null,
  process_id integer not null,
  started_at timestamptz not null,
  seen_at timestamptz not null
);
grant select, insert, update, delete on node_heartbeats to campanile_app;

-- Look-ups before the account is known: one row each, through a role that may only read these tables.
create policy lookup on directory_entries for select to campanile_lookup using (true);
create policy lookup on sessions for select to campanile_lookup using (true);
create policy lookup on users for select to campanile_lookup using (true);
grant select on directory_entries, sessions, users to campanile_lookup;

create function lookup_directory(wanted_kind text, wanted_key text)
returns table (target_account_id uuid, target_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select target_account_id, target_id from directory_entries
  where account_id = '00000000-0000-7000-8000-000000000000' and key_kind = wanted_kind and key = wanted_key
$$;
create function lookup_session(wanted_hash bytea) returns table (account_id uuid, session_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.account_id, s.id from sessions s where s.token_hash = wanted_hash
$$;
create function lookup_staff_exists() returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from users where account_id = '00000000-0000-7000-8000-000000000000' and deleted_at is null)
$$;
alter function lookup_directory(text, text) owner to campanile_lookup;
alter function lookup_session(bytea) owner to campanile_lookup;
alter function lookup_staff_exists() owner to campanile_lookup;
revoke execute on function lookup_directory(text, text), lookup_session(bytea), lookup_staff_exists() from public;
grant execute on function lookup_directory(text, text), lookup_session(bytea), lookup_staff_exists() to campanile_app;
