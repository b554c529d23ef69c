-- The application log (security.md §4.6): one chain of hashes per account, written in the transaction it tells about.

-- Microseconds of the wall clock, moved like app_now(): entries of one transaction differ, which its start alone would not show.
create function audit_now() returns timestamptz language sql volatile as $$
  select app_now() + (clock_timestamp() - date_trunc('milliseconds', now()))
$$;

-- The end of each chain; its row is locked by whoever adds to the chain, so that numbers have no gaps.
create table audit_heads (
  account_id uuid primary key references accounts (account_id),
  seq bigint not null,
  hash bytea not null
);
select protect_account_table('audit_heads', 'select, insert, update');

create table audit_entries (
  account_id uuid not null,
  seq bigint not null,
  at timestamptz not null,
  section text not null,
  action text not null,
  actor_type text not null,
  actor_id text,
  on_behalf_of text,
  -- Keyed commitments to rows of audit_subjects: who and from where, and personal values of the difference.
  subject bytea,
  details bytea,
  acting_account_id uuid,
  object_type text,
  object_id text,
  result text not null check (result in ('ok', 'denied', 'error')),
  reason text,
  session_hash text,
  request_id text,
  amr text[] not null default '{}',
  diff jsonb,
  prev_hash bytea not null,
  hash bytea not null,
  primary key (account_id, seq, at)
) partition by range (at);
create table audit_entries_default partition of audit_entries default;
create index audit_entries_action on audit_entries (account_id, action, seq);
create index audit_entries_actor on audit_entries (account_id, actor_id, seq);
create index audit_entries_object on audit_entries (account_id, object_id, seq);
create index audit_entries_subject on audit_entries (account_id, subject, seq);
create index audit_entries_request on audit_entries (account_id, request_id);
select protect_account_table('audit_entries', 'select, insert');
select protect_account_table('audit_entries_default', 'select, insert');

create function refuse_audit_change() returns trigger language plpgsql as $$
begin
  raise exception 'the application log is append-only' using errcode = 'insufficient_privilege';
end $$;
create trigger audit_append_only before update or delete on audit_entries
  for each row execute function refuse_audit_change();
create trigger audit_no_truncate before truncate on audit_entries
  for each statement execute function refuse_audit_change();
create trigger audit_no_truncate before truncate on audit_entries_default
  for each statement execute function refuse_audit_change();

-- Names, logins, addresses and personal values, apart from the chain: deleting rows erases them and breaks nothing.
create table audit_subjects (
  account_id uuid not null references accounts (account_id),
  commitment bytea not null,
  user_id uuid,
  -- Sixteen bytes, IPv4 mapped, for the search by network.
  address bytea,
  sealed bytea not null,
  created_at timestamptz not null default app_now(),
  primary key (account_id, commitment)
);
create index audit_subjects_user on audit_subjects (account_id, user_id);
create index audit_subjects_address on audit_subjects (account_id, address);
select protect_account_table('audit_subjects', 'select, insert, delete');

create table audit_checkpoints (
  account_id uuid not null references accounts (account_id),
  seq bigint not null,
  -- `retention`: everything up to here was removed by its age, the chain begins after it.
  kind text not null default 'regular' check (kind in ('regular', 'retention')),
  hash bytea not null,
  count bigint not null,
  at timestamptz not null,
  key_id text not null,
  signature bytea not null,
  delivered_at timestamptz,
  primary key (account_id, seq, kind)
);
create index audit_checkpoints_undelivered on audit_checkpoints (account_id, at) where delivered_at is null;
select protect_account_table('audit_checkpoints', 'select, insert');
grant update (delivered_at) on audit_checkpoints to campanile_app;

-- What is written once in its window, and how often it happened (account.md §10).
create table audit_windows (
  account_id uuid not null references accounts (account_id),
  key text not null,
  window_at timestamptz not null,
  seconds integer not null,
  count integer not null,
  primary key (account_id, key, window_at)
);
select protect_account_table('audit_windows');

create table audit_exports (
  account_id uuid not null references accounts (account_id),
  id uuid not null,
  requested_by uuid not null,
  from_at timestamptz not null,
  to_at timestamptz not null,
  format text not null check (format in ('csv', 'json')),
  expires_at timestamptz not null,
  created_at timestamptz not null default app_now(),
  primary key (account_id, id)
);
select protect_account_table('audit_exports');
create table audit_export_parts (
  account_id uuid not null,
  export_id uuid not null,
  position integer not null,
  content bytea not null,
  primary key (account_id, export_id, position),
  foreign key (account_id, export_id) references audit_exports (account_id, id) on delete cascade
);
select protect_account_table('audit_export_parts');

create policy lookup on audit_heads for select to campanile_lookup using (true);
create policy lookup on audit_checkpoints for select to campanile_lookup using (true);
create policy lookup on audit_windows for select to campanile_lookup using (true);
create policy lookup on audit_entries for select to campanile_lookup using (true);
create policy lookup on audit_exports for select to campanile_lookup using (true);
create policy lookup on audit_export_parts for select to campanile_lookup using (true);
grant select on audit_heads, audit_checkpoints, audit_windows, audit_entries, audit_exports, audit_export_parts
  to campanile_lookup;

create function lookup_audit_accounts() returns table (account_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select h.account_id from audit_heads h order by 1
$$;
-- Chains that grew since their last checkpoint of an hour ago, and checkpoints that have not left the host.
create function lookup_due_checkpoints() returns table (account_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select h.account_id from audit_heads h
  left join lateral (select c.seq, c.at from audit_checkpoints c where c.account_id = h.account_id
    order by c.seq desc limit 1) last on true
  where (h.seq > coalesce(last.seq, 0) and coalesce(last.at, '-infinity') <= app_now() - interval '1 hour')
    or exists (select from audit_checkpoints u where u.account_id = h.account_id and u.delivered_at is null)
  limit 1000
$$;
create function lookup_due_audit_windows() returns table (account_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select distinct w.account_id from audit_windows w
  where w.window_at + make_interval(secs => w.seconds) < app_now() limit 1000
$$;
create function lookup_expired_audit_exports() returns table (account_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select distinct e.account_id from audit_exports e join audit_export_parts p on p.account_id = e.account_id
    and p.export_id = e.id where e.expires_at <= app_now() limit 1000
$$;
-- The last entry of every account in one month.
create function lookup_audit_month_ends(from_at timestamptz, to_at timestamptz)
returns table (account_id uuid, seq bigint, hash bytea)
language sql stable security definer set search_path = public, pg_temp as $$
  select distinct on (e.account_id) e.account_id, e.seq, e.hash from audit_entries e
  where e.at >= from_at and e.at < to_at order by e.account_id, e.seq desc
$$;
alter function lookup_audit_accounts() owner to campanile_lookup;
alter function lookup_due_checkpoints() owner to campanile_lookup;
alter function lookup_due_audit_windows() owner to campanile_lookup;
alter function lookup_expired_audit_exports() owner to campanile_lookup;
alter function lookup_audit_month_ends(timestamptz, timestamptz) owner to campanile_lookup;
revoke execute on function lookup_audit_accounts(), lookup_due_checkpoints(), lookup_due_audit_windows(),
  lookup_expired_audit_exports(), lookup_audit_month_ends(timestamptz, timestamptz) from public;
grant execute on function lookup_audit_accounts(), lookup_due_checkpoints(), lookup_due_audit_windows(),
  lookup_expired_audit_exports(), lookup_audit_month_ends(timestamptz, timestamptz) to campanile_app;

-- Months old enough to be removed, as first days. Twelve months are the least the law of this log allows.
create function list_audit_months(older_than timestamptz) returns table (month date)
language sql stable security definer set search_path = public, pg_temp as $$
  select to_date(substring(c.relname from '\d{4}_\d\d$'), 'YYYY_MM') from pg_class c
  join pg_inherits i on i.inhrelid = c.oid where i.inhparent = 'audit_entries'::regclass
    and c.relname ~ '^audit_entries_\d{4}_\d\d$'
    and to_date(substring(c.relname from '\d{4}_\d\d$'), 'YYYY_MM') + interval '1 month'
      <= least(older_than, app_now() - interval '12 months')
  order by 1
$$;
create function drop_audit_month(wanted date) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if wanted + interval '1 month' > app_now() - interval '12 months' then
    raise exception 'the application log keeps twelve months';
  end if;
  execute format('drop table if exists %I', 'audit_entries_' || to_char(wanted, 'YYYY_MM'));
end $$;
revoke execute on function list_audit_months(timestamptz), drop_audit_month(date) from public;
grant execute on function list_audit_months(timestamptz), drop_audit_month(date) to campanile_app;

-- As before; a month of the application log also refuses to be emptied.
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
        if parent.relname = 'audit_entries' then
          execute format('create trigger audit_no_truncate before truncate on %I for each statement execute function refuse_audit_change()', child);
        end if;
      end if;
    end loop;
  end loop;
end $$;
