-- When an administrator or staff last took all second factors from the person (security.md §3.5).
alter table users add column mfa_reset_at timestamptz;

-- Second factors (security.md §3.3). A pending row never counts and dies by its time; a disabled one waits to be bound anew.
create table mfa_factors (
  account_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  type text not null check (type in ('email', 'sms', 'totp', 'passkey')),
  state text not null check (state in ('pending', 'active', 'disabled')),
  -- `setting`: made by the administrator's choice, gone with it; `own`: bound by the person.
  origin text not null default 'own' check (origin in ('own', 'setting')),
  name text,
  -- Authenticator app: the secret sealed to this row, and the newest time step that was used.
  secret_sealed bytea,
  last_step bigint,
  -- Passkey: what the authenticator told at registration.
  credential_id bytea,
  public_key bytea,
  counter bigint not null default 0,
  transports text[],
  backup_eligible boolean,
  backed_up boolean,
  -- Registration under way: its challenge and who may finish it.
  challenge text,
  binding bytea,
  expires_at timestamptz,
  confirmed_at timestamptz,
  last_used_at timestamptz,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now(),
  version integer not null default 1,
  primary key (account_id, id),
  foreign key (account_id, user_id) references users (account_id, id) on delete cascade
);
create index mfa_factors_user on mfa_factors (account_id, user_id);
create unique index mfa_factors_one_each on mfa_factors (account_id, user_id, type)
  where state <> 'pending' and type <> 'passkey';
-- A credential belongs to one person of the installation: nobody can claim another's under an account of his own.
create unique index mfa_factors_credential on mfa_factors (credential_id) where credential_id is not null;
select protect_account_table('mfa_factors');

-- Failures at (user, factor), over all dialogues: guessing spread over sign-ins and addresses adds up here.
create table factor_counters (
  account_id uuid not null,
  user_id uuid not null,
  factor text not null check (factor in ('email', 'sms', 'totp', 'passkey', 'recovery')),
  hour_started_at timestamptz not null,
  failures_in_hour integer not null,
  failures_in_a_row integer not null,
  backoff_until timestamptz,
  primary key (account_id, user_id, factor),
  foreign key (account_id, user_id) references users (account_id, id) on delete cascade
);
select protect_account_table('factor_counters');

create table recovery_codes (
  account_id uuid not null,
  user_id uuid not null,
  -- The index in front of the code: one look-up, one argon2id run.
  position smallint not null check (position between 0 and 9),
  code_hash text not null,
  used_at timestamptz,
  created_at timestamptz not null default app_now(),
  primary key (account_id, user_id, position),
  foreign key (account_id, user_id) references users (account_id, id) on delete cascade
);
select protect_account_table('recovery_codes');

-- Four eyes (account.md §6). The row lives in the account it concerns, also when staff asked.
create table approvals (
  account_id uuid not null references accounts (account_id),
  id uuid not null,
  kind text not null,
  object_type text not null,
  object_id uuid not null,
  object_name text not null,
  -- What was looked at when it was asked for; a later change voids the request.
  digest bytea not null,
  summary jsonb not null default '{}',
  reason text not null,
  requested_by uuid not null,
  requested_by_name text not null,
  requested_by_staff boolean not null,
  -- One person may hold a place in the account and one among staff: the same mailbox never decides its own request.
  requested_by_email text not null,
  state text not null default 'pending'
    check (state in ('pending', 'approved', 'rejected', 'expired', 'withdrawn', 'voided', 'executed')),
  decided_by uuid,
  decided_by_name text,
  decided_by_staff boolean,
  decided_at timestamptz,
  comment text,
  void_reason text,
  cancel_hash bytea,
  executes_at timestamptz,
  expires_at timestamptz not null,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now(),
  version integer not null default 1,
  primary key (account_id, id)
);
create unique index approvals_one_open on approvals (account_id, kind, object_id) where state in ('pending', 'approved');
create index approvals_due on approvals (state, executes_at, expires_at) where state in ('pending', 'approved');
create index approvals_lookup on approvals (id);
create index approvals_cancel on approvals (cancel_hash) where cancel_hash is not null;
select protect_account_table('approvals');

-- Look-ups before the account is known: bare ids, through the role that may only read.
create policy lookup on mfa_factors for select to campanile_lookup using (true);
create policy lookup on approvals for select to campanile_lookup using (true);
grant select on mfa_factors, approvals to campanile_lookup;

create function lookup_passkey(wanted_credential bytea) returns table (account_id uuid, user_id uuid, factor_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select f.account_id, f.user_id, f.id from mfa_factors f
  where f.credential_id = wanted_credential and f.state = 'active'
$$;
create function lookup_approval(wanted_id uuid) returns table (account_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select a.account_id from approvals a where a.id = wanted_id
$$;
create function lookup_approval_cancel(wanted_hash bytea) returns table (account_id uuid, approval_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select a.account_id, a.id from approvals a where a.cancel_hash = wanted_hash
$$;
create function lookup_due_approvals() returns table (account_id uuid, approval_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select a.account_id, a.id from approvals a
  where (a.state = 'pending' and a.expires_at <= app_now()) or (a.state = 'approved' and a.executes_at <= app_now())
  order by a.created_at limit 500
$$;
-- What staff may see of all accounts: ids, newest first, each then read inside its own account.
create function lookup_operator_approvals(kinds text[], wanted_state text, before_id uuid, rows_max integer)
returns table (account_id uuid, approval_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select a.account_id, a.id from approvals a
  where a.kind = any (kinds) and (wanted_state is null or a.state = wanted_state) and (before_id is null or a.id < before_id)
  order by a.id desc limit rows_max
$$;
do $$
declare fn text;
begin
  foreach fn in array array['lookup_passkey(bytea)', 'lookup_approval(uuid)', 'lookup_approval_cancel(bytea)',
    'lookup_due_approvals()', 'lookup_operator_approvals(text[], text, uuid, integer)'] loop
    execute format('alter function %s owner to campanile_lookup', fn);
    execute format('revoke execute on function %s from public', fn);
    execute format('grant execute on function %s to campanile_app', fn);
  end loop;
end $$;
