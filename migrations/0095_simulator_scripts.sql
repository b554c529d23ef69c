-- How recipients of the built-in mailbox behave; asked in the order of their making (sending.md §14).
create table simulator_scripts (
  account_id uuid not null references accounts (account_id),
  id uuid not null,
  name text,
  enabled boolean not null default true,
  -- Lower case, `*` stands for any characters.
  match_address text,
  match_domain text,
  match_campaign_id uuid,
  class text not null,
  rate double precision not null check (rate between 0 and 1),
  latency_ms integer not null check (latency_ms >= 0),
  seed jsonb not null,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now(),
  version integer not null default 1,
  primary key (account_id, id)
);
select protect_account_table('simulator_scripts');

-- What a simulated recipient is still going to do. A row lives until it is done; whoever takes it moves `due_at` ahead,
-- so that it becomes due again when the process dies.
create table simulator_acts (
  account_id uuid not null,
  id uuid not null,
  simulator_message_id uuid not null,
  kind text not null,
  due_at timestamptz not null,
  attempts integer not null default 0,
  primary key (account_id, id),
  foreign key (account_id, simulator_message_id) references simulator_messages (account_id, id) on delete cascade
);
create index simulator_acts_due on simulator_acts (due_at);
create index simulator_acts_message on simulator_acts (account_id, simulator_message_id);
select protect_account_table('simulator_acts');

-- Mail of our own composer is kept as it came and read when somebody looks: reading costs more than keeping.
alter table simulator_messages
  add column parsed boolean not null default true,
  add column raw_encoding text not null default 'identity' check (raw_encoding in ('identity', 'zstd'));
alter table simulator_messages alter column raw set storage external;
-- Its upkeep cost more than all else of a mail; within one mailbox, which has a greatest size, a scan is quick enough.
drop index simulator_messages_search;

create policy lookup on simulator_acts for select to campanile_lookup using (true);
create policy lookup on simulator_messages for select to campanile_lookup using (true);
grant select on simulator_acts, simulator_messages to campanile_lookup;

-- Accounts whose simulated recipients have something to do now; the longest due first.
create function lookup_due_simulator_acts() returns table (account_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select distinct due.account_id from (
    select a.account_id from simulator_acts a where a.due_at <= app_now() order by a.due_at limit 1000
  ) due
$$;
create function lookup_full_mailboxes(kept bigint) returns table (account_id uuid, mailbox text)
language sql stable security definer set search_path = public, pg_temp as $$
  select m.account_id, m.mailbox from simulator_messages m group by 1, 2 having count(*) > kept
$$;
alter function lookup_due_simulator_acts() owner to campanile_lookup;
alter function lookup_full_mailboxes(bigint) owner to campanile_lookup;
revoke execute on function lookup_due_simulator_acts(), lookup_full_mailboxes(bigint) from public;
grant execute on function lookup_due_simulator_acts(), lookup_full_mailboxes(bigint) to campanile_app;
