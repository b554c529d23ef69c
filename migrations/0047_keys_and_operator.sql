-- API keys (security.md §4.7): the secret is kept as SHA-256 alone; after a rotation the former one works for a while.
create table api_keys (
  account_id uuid not null references accounts (account_id),
  id uuid not null,
  -- The 12 characters inside the key; unique on the whole installation, because the key is looked up by them.
  public_id text not null,
  mode text not null default 'live' check (mode in ('live', 'test')),
  name text not null,
  scopes text[] not null,
  cidrs text[] not null default '{}',
  rate_limit integer check (rate_limit > 0),
  require_idempotency boolean not null default false,
  secret_hash bytea not null,
  old_secret_hash bytea,
  old_secret_until timestamptz,
  created_by uuid not null,
  expires_at timestamptz not null,
  last_used_at timestamptz,
  last_address text,
  -- Since then its maker may not sign in; seven days later the key is refused.
  suspending_since timestamptz,
  suspending_noticed_at timestamptz,
  revoked_at timestamptz,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now(),
  version integer not null default 1,
  primary key (account_id, id)
);
create unique index api_keys_public_id on api_keys (public_id);
create index api_keys_made_by on api_keys (account_id, created_by);
select protect_account_table('api_keys');

-- A named sending account of the API channel for e-mail (api.md A4); here only what credentials hang on.
create table streams (
  account_id uuid not null references accounts (account_id),
  id uuid not null,
  channel text not null default 'email' check (channel = 'email'),
  name text not null,
  slug text not null,
  settings jsonb not null default '{}',
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now(),
  version integer not null default 1,
  primary key (account_id, id)
);
create unique index streams_slug on streams (account_id, slug);
select protect_account_table('streams');

create table smtp_credentials (
  account_id uuid not null references accounts (account_id),
  id uuid not null,
  public_id text not null,
  name text not null,
  stream_id uuid not null,
  secret_hash bytea not null,
  cidrs text[] not null default '{}',
  created_by uuid not null,
  last_used_at timestamptz,
  last_address text,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now(),
  version integer not null default 1,
  primary key (account_id, id),
  foreign key (account_id, stream_id) references streams (account_id, id)
);
create unique index smtp_credentials_public_id on smtp_credentials (public_id);
select protect_account_table('smtp_credentials');

-- Times for which an account opens its contacts, messages and files to the operator's support (account.md §2).
create table support_grants (
  account_id uuid not null references accounts (account_id),
  id uuid not null,
  granted_by uuid not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  created_at timestamptz not null default app_now(),
  primary key (account_id, id)
);
select protect_account_table('support_grants');

alter table accounts
  add column agent_email text,
  add column hint text,
  -- What a suspension or closing goes back to.
  add column status_before text,
  -- Counts changes of what the account may use, for If-Match.
  add column entitlements_version integer not null default 1;

-- Who answers for an invitation: a person of the account, or staff, who stand outside it.
alter table invitations add column origin text not null default 'account' check (origin in ('account', 'operator'));

-- The first look of a support session behind a grant is recorded once.
alter table sessions add column support_access_used_at timestamptz;

-- Whoever may not sign in any more leaves keys that end with him, seven days later; coming back in time saves them.
create function mark_keys_of_user() returns trigger language plpgsql as $$
declare
  gone boolean := new.deleted_at is not null or new.status = 'disabled' or not new.sign_in_allowed;
begin
  update api_keys set
    suspending_since = case when gone then coalesce(suspending_since, app_now()) end,
    suspending_noticed_at = case when gone then suspending_noticed_at end
  where account_id = new.account_id and created_by = new.id and revoked_at is null
    and (suspending_since is not null) is distinct from gone;
  return null;
end $$;
create trigger users_mark_keys after update of status, sign_in_allowed, deleted_at on users
  for each row execute function mark_keys_of_user();

create policy lookup on api_keys for select to campanile_lookup using (true);
create policy lookup on smtp_credentials for select to campanile_lookup using (true);
create policy lookup on accounts for select to campanile_lookup using (true);
grant select on api_keys, smtp_credentials, accounts to campanile_lookup;

create function lookup_api_key(wanted_public_id text) returns table (account_id uuid, key_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select k.account_id, k.id from api_keys k where k.public_id = wanted_public_id
$$;
create function lookup_smtp_credential(wanted_public_id text) returns table (account_id uuid, credential_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select c.account_id, c.id from smtp_credentials c where c.public_id = wanted_public_id
$$;
-- Accounts in which a key waits for the notice that it will end.
create function lookup_suspending_keys() returns setof uuid
language sql stable security definer set search_path = public, pg_temp as $$
  select distinct k.account_id from api_keys k
  where k.suspending_since is not null and k.suspending_noticed_at is null and k.revoked_at is null
$$;
-- One page of customers' accounts, newest first; bare ids, each is then read in its own account.
create function lookup_accounts(words text, wanted_status text, before_id uuid, most integer) returns setof uuid
language sql stable security definer set search_path = public, pg_temp as $$
  select a.account_id from accounts a
  where a.kind = 'customer'
    and (words is null or strpos(lower(a.name), lower(words)) > 0 or strpos(a.slug, lower(words)) > 0)
    and (wanted_status is null or a.status = wanted_status)
    and (before_id is null or a.account_id < before_id)
  order by a.account_id desc limit most
$$;
create function lookup_account_name(wanted_name text, wanted_parent uuid) returns setof uuid
language sql stable security definer set search_path = public, pg_temp as $$
  select a.account_id from accounts a
  where a.kind = 'customer' and a.status <> 'closed' and lower(a.name) = lower(wanted_name)
    and a.parent_id is not distinct from wanted_parent
$$;
alter function lookup_api_key(text) owner to campanile_lookup;
alter function lookup_smtp_credential(text) owner to campanile_lookup;
alter function lookup_suspending_keys() owner to campanile_lookup;
alter function lookup_accounts(text, text, uuid, integer) owner to campanile_lookup;
alter function lookup_account_name(text, uuid) owner to campanile_lookup;
revoke execute on function lookup_api_key(text), lookup_smtp_credential(text), lookup_suspending_keys(),
  lookup_accounts(text, text, uuid, integer), lookup_account_name(text, uuid) from public;
grant execute on function lookup_api_key(text), lookup_smtp_credential(text), lookup_suspending_keys(),
  lookup_accounts(text, text, uuid, integer), lookup_account_name(text, uuid) to campanile_app;

-- Every account that is there already gets the stream a new one is provided with.
do $$
declare account uuid;
begin
  for account in select id from lookup_accounts(null, null, null, 2147483647) as l (id) loop
    perform set_config('app.account_id', account::text, true);
    insert into streams (account_id, id, name, slug) values (account, uuid_v7(), 'Main', 'main');
  end loop;
  perform set_config('app.account_id', '', true);
end $$;
