-- People: scopes of their rights, when they lost their access, invitations, links, requests of strangers (security.md §4.3, §4.4).
alter table users
  -- Area → ids; an area without an entry is not narrowed.
  add column scopes jsonb not null default '{}',
  -- Since when the person may not act: keys made by them live seven days longer.
  add column disabled_at timestamptz;

-- Kept apart from user_roles, so that an invitation's state and proof have a row of their own.
create table invitations (
  account_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  email text not null,
  status text not null default 'pending' check (status in ('pending', 'accepted', 'revoked')),
  invited_by uuid not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now(),
  version integer not null default 1,
  primary key (account_id, id),
  foreign key (account_id, user_id) references users (account_id, id) on delete cascade
);
create index invitations_user on invitations (account_id, user_id);
select protect_account_table('invitations');

-- Sign-ups and resets asked for by strangers: the answer is given at once, the work is done by a job, so that the time it
-- takes tells nothing. Rows belong to the instance account; what was typed is sealed and gone with the work.
create table stranger_requests (
  account_id uuid not null references accounts (account_id),
  id uuid not null,
  kind text not null check (kind in ('sign_up', 'password_reset')),
  given_sealed bytea not null,
  created_at timestamptz not null default app_now(),
  primary key (account_id, id)
);
select protect_account_table('stranger_requests');

create index link_tokens_user on link_tokens (account_id, user_id, purpose);
create policy lookup on link_tokens for select to campanile_lookup using (true);
grant select on link_tokens to campanile_lookup;
create function lookup_link(wanted_hash bytea, wanted_purpose text) returns table (account_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select l.account_id from link_tokens l where l.token_hash = wanted_hash and l.purpose = wanted_purpose
$$;
alter function lookup_link(bytea, text) owner to campanile_lookup;
revoke execute on function lookup_link(bytea, text) from public;
grant execute on function lookup_link(bytea, text) to campanile_app;

-- The nine built-in roles for accounts that exist. Their keys stand in code, so that new keys reach them.
-- The owner of a table passes by its policies once they are not forced.
alter table accounts no force row level security;
alter table roles no force row level security;
insert into roles (account_id, id, name, built_in)
select a.account_id, uuid_v7(), b.name, b.built_in
from accounts a cross join (values
  ('Owner', 'owner'), ('Administrator', 'administrator'), ('Campaign manager', 'campaign_manager'), ('Sender', 'sender'),
  ('Analyst', 'analyst'), ('Developer', 'developer'), ('Billing', 'billing'), ('Support agent', 'support_agent'),
  ('Data protection officer', 'data_protection_officer')) as b (name, built_in)
where a.kind = 'customer'
on conflict do nothing;
alter table accounts force row level security;
alter table roles force row level security;
