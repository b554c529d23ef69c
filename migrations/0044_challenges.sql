-- The challenge engine (security.md §3.2): one row per code or question; the chain of one dialogue shares transaction_id
-- and hands its attempts on. Ids are 128 random bits as 22 characters base64url.
create table mfa_challenges (
  account_id uuid not null,
  id text not null,
  transaction_id text not null,
  purpose text not null
    check (purpose in ('sign_in', 'step_up', 'enrol', 'email_change', 'phone_change', 'break_glass')),
  user_id uuid not null,
  method text not null check (method in ('email', 'sms', 'totp', 'passkey')),
  -- Hash of the pre-session cookie, or of the session: the id alone is useless elsewhere.
  binding bytea not null,
  destination_sealed bytea,
  destination_hash bytea,
  destination_masked text,
  code_mac bytea,
  passkey_challenge text,
  offered text[] not null,
  attempts_left integer not null default 5 check (attempts_left >= 0),
  sends integer not null default 0,
  resend_after timestamptz,
  security_epoch integer not null,
  payload jsonb not null default '{}',
  state text not null default 'pending' check (state in ('pending', 'consumed', 'locked', 'superseded', 'cancelled')),
  transaction_until timestamptz not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default app_now(),
  primary key (account_id, id),
  foreign key (account_id, user_id) references users (account_id, id) on delete cascade
);
-- Of one dialogue one question is open: its attempts cannot be spent twice.
create unique index mfa_challenges_open on mfa_challenges (account_id, transaction_id) where state = 'pending';
create index mfa_challenges_user on mfa_challenges (account_id, user_id, created_at);
create index mfa_challenges_lookup on mfa_challenges (id);
create index mfa_challenges_old on mfa_challenges (created_at);
select protect_account_table('mfa_challenges');

-- The right password of somebody who must bind a factor first opens this and nothing else (security.md §3.1).
create table enrolments (
  account_id uuid not null,
  id text not null,
  user_id uuid not null,
  binding bytea not null,
  methods text[] not null,
  via text not null check (via in ('email_link', 'sms_code', 'none')),
  ways text[] not null,
  proof_challenge_id text,
  proof_sends integer not null default 0,
  resend_after timestamptz,
  proven_at timestamptz,
  attempts_left integer not null default 10 check (attempts_left >= 0),
  security_epoch integer not null,
  next text,
  state text not null default 'pending' check (state in ('pending', 'consumed', 'locked', 'superseded', 'cancelled')),
  expires_at timestamptz not null,
  created_at timestamptz not null default app_now(),
  primary key (account_id, id),
  foreign key (account_id, user_id) references users (account_id, id) on delete cascade
);
create index enrolments_user on enrolments (account_id, user_id, created_at);
create index enrolments_lookup on enrolments (id);
create index enrolments_old on enrolments (created_at);
select protect_account_table('enrolments');

-- Signing in with a passkey alone: nobody is known yet, so the rows belong to the instance account.
create table passkey_requests (
  account_id uuid not null references accounts (account_id),
  id text not null,
  binding bytea not null,
  challenge text not null,
  used_at timestamptz,
  expires_at timestamptz not null,
  created_at timestamptz not null default app_now(),
  primary key (account_id, id)
);
create index passkey_requests_old on passkey_requests (account_id, created_at);
select protect_account_table('passkey_requests');

create table trusted_devices (
  account_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  token_hash bytea not null,
  security_epoch integer not null,
  agent_family text not null,
  network text not null,
  address text,
  last_used_at timestamptz not null default app_now(),
  expires_at timestamptz not null,
  created_at timestamptz not null default app_now(),
  primary key (account_id, id),
  foreign key (account_id, user_id) references users (account_id, id) on delete cascade
);
create unique index trusted_devices_token on trusted_devices (account_id, user_id, token_hash);
select protect_account_table('trusted_devices');

create table known_devices (
  account_id uuid not null,
  user_id uuid not null,
  token_hash bytea not null,
  agent_family text not null,
  last_used_at timestamptz not null default app_now(),
  expires_at timestamptz not null,
  created_at timestamptz not null default app_now(),
  primary key (account_id, user_id, token_hash),
  foreign key (account_id, user_id) references users (account_id, id) on delete cascade
);
select protect_account_table('known_devices');

-- An activation or invitation finished in this browser counts as proof for a quarter of an hour (security.md §3.1).
create table proven_browsers (
  account_id uuid not null,
  user_id uuid not null,
  binding bytea not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default app_now(),
  primary key (account_id, user_id, binding),
  foreign key (account_id, user_id) references users (account_id, id) on delete cascade
);
select protect_account_table('proven_browsers');

-- Beyond its hundred tries a day a login answers ever more slowly, but never stops answering (security.md §4.2).
create table login_delays (
  account_id uuid not null references accounts (account_id),
  login_mac bytea not null,
  tries integer not null,
  began_at timestamptz not null,
  next_at timestamptz not null,
  admitted boolean not null,
  primary key (account_id, login_mac)
);
select protect_account_table('login_delays');

-- One password tried over many logins; both only as keyed hashes, kept for minutes.
create table password_failures (
  account_id uuid not null references accounts (account_id),
  password_mac bytea not null,
  login_mac bytea not null,
  failed_at timestamptz not null,
  primary key (account_id, password_mac, login_mac)
);
create index password_failures_old on password_failures (account_id, failed_at);
select protect_account_table('password_failures');

create table refused_passwords (
  account_id uuid not null references accounts (account_id),
  password_mac bytea not null,
  until timestamptz not null,
  primary key (account_id, password_mac)
);
select protect_account_table('refused_passwords');

create policy lookup on mfa_challenges for select to campanile_lookup using (true);
create policy lookup on enrolments for select to campanile_lookup using (true);
grant select on mfa_challenges, enrolments to campanile_lookup;

create function lookup_challenge(wanted_id text) returns table (account_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select c.account_id from mfa_challenges c where c.id = wanted_id
$$;
create function lookup_enrolment(wanted_id text) returns table (account_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select e.account_id from enrolments e where e.id = wanted_id
$$;
-- Accounts with dialogues nobody can go on with any more; the sweep clears them away.
create function lookup_old_dialogues(before timestamptz) returns table (account_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select c.account_id from mfa_challenges c where c.created_at < before
  union select e.account_id from enrolments e where e.created_at < before limit 100
$$;
alter function lookup_challenge(text) owner to campanile_lookup;
alter function lookup_enrolment(text) owner to campanile_lookup;
alter function lookup_old_dialogues(timestamptz) owner to campanile_lookup;
revoke execute on function lookup_challenge(text), lookup_enrolment(text), lookup_old_dialogues(timestamptz) from public;
grant execute on function lookup_challenge(text), lookup_enrolment(text), lookup_old_dialogues(timestamptz) to campanile_app;
