create table operations (
  account_id uuid not null references accounts (account_id),
  id uuid not null,
  type text not null,
  object_type text,
  object_id uuid,
  object_name text,
  state text not null default 'pending' check (state in ('pending', 'in_progress', 'paused', 'completed', 'failed', 'canceled')),
  params jsonb not null default '{}',
  checkpoint jsonb not null default '{}',
  total bigint,
  done bigint not null default 0,
  result jsonb not null default '{}',
  error_code text,
  error_detail text,
  started_by uuid,
  lease_owner uuid,
  lease_until timestamptz,
  started_at timestamptz,
  finished_at timestamptz,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now(),
  version integer not null default 1,
  primary key (account_id, id)
);
create index operations_recent on operations (account_id, created_at desc, id desc);
create index operations_open on operations (account_id, state) where state in ('pending', 'in_progress');
select protect_account_table('operations');

create policy lookup on operations for select to campanile_lookup using (true);
grant select on operations to campanile_lookup;
-- Operations that wait, or whose worker died: the sweep gives them to a living one.
create function lookup_due_operations() returns table (account_id uuid, operation_id uuid, type text)
language sql stable security definer set search_path = public, pg_temp as $$
  select o.account_id, o.id, o.type from operations o
  where o.state = 'pending' or (o.state = 'in_progress' and o.lease_until < app_now())
  order by o.created_at limit 100
$$;
alter function lookup_due_operations() owner to campanile_lookup;
revoke execute on function lookup_due_operations() from public;
grant execute on function lookup_due_operations() to campanile_app;
