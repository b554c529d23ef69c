alter table campaigns
  add column canary jsonb,
  add column fallback jsonb,
  add column time_mode text not null default 'at' check (time_mode in ('at', 'contact_time_zone')),
  -- What the reason of a pause or hold was seen in: share, limit, first example answer, next try (sending.md §4.3).
  add column status_detail jsonb,
  -- Of a campaign to those not reached: which rows of its parent are meant (sending.md §4.4).
  add column follow_up jsonb,
  -- The end of the wait after the first messages; set when the last of them has left.
  add column canary_until timestamptz,
  add column canary_passed_at timestamptz,
  -- Answers before it were looked at by whoever resumed the run.
  add column answers_since timestamptz,
  add column provider_down_since timestamptz;

-- Drawn in the statement that freezes the audience; such a contact gets a row that says so, and no message.
alter table audience_members add column holdout boolean not null default false;

-- The first messages of a run with a canary (email.md §17): at most 5,000.
create table canary_members (
  account_id uuid not null,
  campaign_id uuid not null,
  recipient_key text not null,
  primary key (account_id, campaign_id, recipient_key),
  foreign key (account_id, campaign_id) references campaigns (account_id, id) on delete cascade
);
select protect_account_table('canary_members', 'select, insert, delete');

-- What came back, batch by batch: for the share of errors in the last 1,000 answers and for the pace on screen. Rows are
-- only added, so that senders do not wait for each other; older ones are put together by the minute.
create table run_answers (
  account_id uuid not null references accounts (account_id),
  source_id uuid not null,
  at timestamptz not null default app_now(),
  id uuid not null,
  accepted integer not null default 0,
  refused integer not null default 0,
  deferred integer not null default 0,
  lost integer not null default 0,
  example jsonb,
  primary key (account_id, source_id, at, id)
);
select protect_account_table('run_answers');

-- A message whose answer was lost and whose provider can be asked about it (sending.md §5 step 1).
create table uncertain_asks (
  account_id uuid not null references accounts (account_id),
  message_id uuid not null,
  source_id uuid not null,
  provider_id uuid not null,
  asked smallint not null default 0,
  first_asked_at timestamptz,
  -- Null when there is nothing more to ask: the policy decides.
  next_ask_at timestamptz,
  primary key (account_id, message_id)
);
create index uncertain_asks_due on uncertain_asks (next_ask_at) where next_ask_at is not null;
select protect_account_table('uncertain_asks');
create policy lookup on uncertain_asks for select to campanile_lookup using (true);
grant select on uncertain_asks to campanile_lookup;
create function lookup_uncertain_asks() returns table (account_id uuid, provider_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select distinct q.account_id, q.provider_id from uncertain_asks q where q.next_ask_at <= app_now() limit 100
$$;

-- Whether this is the installation it was, or a copy of it (sending.md §4.6). One row, of the instance account.
create table instance_guards (
  account_id uuid primary key references accounts (account_id),
  instance_id uuid not null,
  -- Opens with SECRET_KEYS alone, which live outside the database.
  secret_sealed bytea not null,
  public_host text not null,
  -- Grows with each look; every node keeps the last one it saw in DATA_DIR, so that an older backup is recognised.
  mark bigint not null default 0,
  held_reason text check (held_reason in ('secret', 'host', 'instance', 'backup')),
  held_detail jsonb not null default '{}',
  held_at timestamptz,
  updated_at timestamptz not null default app_now()
);
select protect_account_table('instance_guards');
create policy lookup on instance_guards for select to campanile_lookup using (true);
grant select on instance_guards to campanile_lookup;
-- Asked by senders of every account before they hand anything over.
create function instance_held() returns text
language sql stable security definer set search_path = public, pg_temp as $$
  select g.held_reason from instance_guards g where g.held_reason is not null limit 1
$$;

alter function lookup_uncertain_asks() owner to campanile_lookup;
alter function instance_held() owner to campanile_lookup;
revoke execute on function lookup_uncertain_asks(), instance_held() from public;
grant execute on function lookup_uncertain_asks(), instance_held() to campanile_app;
