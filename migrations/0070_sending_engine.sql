-- The ledger's rows change their state three times within seconds. No index says a word about `state` any more, so that
-- each of these changes stays on its page (heap-only update); what is waiting stands in a narrow queue instead.

drop index messages_planned;
drop index messages_open;
drop index messages_uncertain;
drop index messages_address;
drop index messages_id;
alter table messages
  -- Computed, hence always in step; an index over it moves only when its value does: at a suppression.
  add column holds_address boolean generated always as (state <> 'suppressed') stored,
  -- Since when an answer is missing and nobody has decided what that means.
  add column open_since timestamptz generated always as
    (case when state = 'uncertain' and resolution is null then coalesce(handed_at, planned_at) end) stored;
create unique index messages_address on messages (account_id, source_id, channel, address_hash, run_month) where holds_address;
create unique index messages_id on messages (account_id, message_id, run_month);
create index messages_unresolved on messages (account_id, source_id, open_since) where open_since is not null;

-- Who waits to leave, and from when on. One entry for each `planned` row of a source that may still send; the entry goes
-- in the transaction that claims the row and comes back in the one that plans it again. An entry whose row is not
-- `planned` has no effect: whoever takes it finds nothing to claim.
create table message_queue (
  account_id uuid not null references accounts (account_id),
  message_id uuid not null,
  source_id uuid not null,
  run_month date not null,
  recipient_key text not null,
  lane smallint not null,
  -- 'infinity' while withheld.
  due_at timestamptz not null default app_now(),
  -- Receiving domain of an e-mail address; null on other channels.
  domain text,
  -- What keeps the row from being due, in the words of the limiting factor; null: nothing but its time.
  withheld text,
  primary key (account_id, message_id)
);
create index message_queue_due on message_queue (account_id, source_id, lane, due_at, message_id);
create index message_queue_urgent on message_queue (due_at) where lane <= 1;
alter table message_queue set (autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_scale_factor = 0.05,
  autovacuum_vacuum_insert_threshold = -1, autovacuum_analyze_threshold = 5000);
select protect_account_table('message_queue');

-- A lease says which rows it holds, so that they are found without an index over states.
alter table leases
  add column run_month date,
  add column message_ids uuid[] not null default '{}',
  -- The node's beats when the lease was last renewed: a node that beats on while a lease is not renewed has lost the
  -- thread that held it.
  add column node_beats bigint;
alter table leases alter column message_ids set storage external;
alter table node_heartbeats add column beats bigint not null default 0;

alter table campaigns
  -- Share of a campaign among those of its account (sending.md §8).
  add column weight smallint not null default 5 check (weight between 1 and 10),
  add column lane smallint not null default 3 check (lane in (3, 4));

-- What states the rows of a run moved between, by transaction; added to the last whole count they give the present one.
create table run_tallies (
  account_id uuid not null references accounts (account_id),
  source_id uuid not null,
  id uuid not null,
  moved jsonb not null,
  primary key (account_id, source_id, id)
);
select protect_account_table('run_tallies');
create table run_counts (
  account_id uuid not null references accounts (account_id),
  source_id uuid not null,
  counts jsonb not null,
  counted_at timestamptz not null,
  cost_ms integer not null,
  primary key (account_id, source_id)
);
select protect_account_table('run_counts');

-- Rows of running sources move into the queue, rows under a lease into their lease. The owner of a table passes by its
-- policies once they are not forced.
alter table messages no force row level security;
alter table leases no force row level security;
alter table campaigns no force row level security;
alter table test_sends no force row level security;
alter table message_queue no force row level security;
insert into message_queue (account_id, message_id, source_id, run_month, recipient_key, lane, due_at, domain)
select m.account_id, m.message_id, m.source_id, m.run_month, m.recipient_key, m.lane,
  coalesce(m.next_attempt_at, m.planned_at), lower(substring(m.address from '@([^@]*)$'))
from messages m
where m.state = 'planned' and (
  exists (select from campaigns c where c.account_id = m.account_id and c.id = m.source_id
    and c.status not in ('finished', 'canceled'))
  or exists (select from test_sends t where t.account_id = m.account_id and t.id = m.source_id and t.finished_at is null));
update leases l set run_month = held.run_month, message_ids = held.ids
from (select m.account_id, m.lease_id, max(m.run_month) as run_month, array_agg(m.message_id) as ids
  from messages m where m.state in ('claimed', 'handed') and m.lease_id is not null group by 1, 2) held
where held.account_id = l.account_id and held.lease_id = l.id;
alter table messages force row level security;
alter table leases force row level security;
alter table campaigns force row level security;
alter table test_sends force row level security;
alter table message_queue force row level security;

-- Half of each page stays free for the versions of its rows.
do $$
declare
  child regclass;
begin
  for child in select inhrelid::regclass from pg_inherits where inhparent = 'messages'::regclass loop
    execute format('alter table %s set (fillfactor = 50)', child);
  end loop;
end $$;

create or replace function ensure_partitions(at timestamptz) returns void
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
        if parent.relname = 'messages' then
          execute format('alter table %I set (fillfactor = 50)', child);
        end if;
      end if;
    end loop;
  end loop;
end $$;

create or replace function analyze_run(month date) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  child text := 'messages_' || to_char(month, 'YYYY_MM');
begin
  analyze audience_members;
  analyze message_queue;
  if to_regclass('public.' || quote_ident(child)) is not null then
    execute format('analyze %I', child);
  end if;
end $$;

-- Sources with rows that are due, with what the order among them needs; bare ids. A test without rows in the queue is
-- looked at once more, to be ended.
create policy lookup on message_queue for select to campanile_lookup using (true);
grant select on message_queue to campanile_lookup;
create function lookup_due_sources() returns table (account_id uuid, source_id uuid, kind text, lane smallint, weight smallint)
language sql stable security definer set search_path = public, pg_temp as $$
  select c.account_id, c.id, 'campaign', c.lane, c.weight from campaigns c
  where c.status in ('sending', 'testing') and c.gate = 'open'
    and exists (select from message_queue q where q.account_id = c.account_id and q.source_id = c.id and q.due_at <= app_now())
  union all
  (select t.account_id, t.id, 'test', 2::smallint, 10::smallint from test_sends t
  where t.finished_at is null and coalesce((select min(q.due_at) from message_queue q
    where q.account_id = t.account_id and q.source_id = t.id), app_now()) <= app_now()
  order by t.at limit 500)
$$;
create function lookup_urgent_sources() returns table (account_id uuid, source_id uuid, lane smallint)
language sql stable security definer set search_path = public, pg_temp as $$
  select q.account_id, q.source_id, min(q.lane) from (
    select * from message_queue u where u.lane <= 1 and u.due_at <= app_now() order by u.due_at limit 2000) q
  group by 1, 2
$$;

create or replace function lookup_expired_leases() returns table (account_id uuid, lease_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select l.account_id, l.id from leases l
  where l.expires_at < app_now() and not exists (
    select from node_heartbeats n where n.node_id = l.node_id and n.seen_at > app_now() - interval '20 seconds'
      and n.beats < coalesce(l.node_beats, n.beats) + 10)
$$;
create or replace function lookup_unresolved_sources(waited_seconds integer) returns table (account_id uuid, source_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select distinct m.account_id, m.source_id from messages m
  where m.open_since is not null and m.open_since < app_now() - make_interval(secs => waited_seconds)
  limit 100
$$;
alter function lookup_due_sources() owner to campanile_lookup;
alter function lookup_urgent_sources() owner to campanile_lookup;
revoke execute on function lookup_due_sources(), lookup_urgent_sources() from public;
grant execute on function lookup_due_sources(), lookup_urgent_sources() to campanile_app;
