-- What a second member of staff allowed: one session that may write, in place of one user, begun within the hour.
create table impersonation_writes (
  account_id uuid not null references accounts (account_id),
  approval_id uuid not null,
  staff_user_id uuid not null,
  user_id uuid not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  created_at timestamptz not null default app_now(),
  primary key (account_id, approval_id),
  foreign key (account_id, user_id) references users (account_id, id) on delete cascade
);
select protect_account_table('impersonation_writes');
