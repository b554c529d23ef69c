-- Sessions learn where they may act and for whom; users learn their own second-factor setting (security.md §3.1, §4.1, §4.5).
alter table users
  add column mfa_setting text not null default 'off'
    check (mfa_setting in ('off', 'email', 'sms', 'totp', 'passkey', 'own_choice')),
  add column preferred_factor text,
  -- Until then the mailed code is not offered: one mailbox never counts as two factors.
  add column email_code_barred_until timestamptz,
  -- The next session may change the own password and nothing else.
  add column password_change_required boolean not null default false;

alter table sessions
  add column policy_version bigint,
  add column impersonator_user_id uuid,
  add column impersonator_session_id uuid,
  add column impersonator_name text,
  add column impersonation_expires_at timestamptz,
  add column impersonation_write boolean not null default false,
  add column impersonation_reason text,
  add column limited_until timestamptz,
  -- The first request from outside the list tells the person once.
  add column mismatch_noticed_at timestamptz;

-- What an account asks of its people beyond the list of addresses.
create table account_security (
  account_id uuid primary key references accounts (account_id),
  require text not null default 'optional' check (require in ('optional', 'admins', 'all')),
  methods text[] not null default '{email,sms,totp,passkey}',
  trusted_device_days integer not null default 0 check (trusted_device_days in (0, 1, 7, 30)),
  device_bound_owners boolean not null default false,
  impersonation text not null default 'allowed' check (impersonation in ('allowed', 'forbidden')),
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now(),
  version integer not null default 1
);
select protect_account_table('account_security');
