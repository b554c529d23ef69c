-- Figures of the whole installation for the operator's tools: numbers alone, no row and no name of any account.
create policy lookup on providers for select to campanile_lookup using (true);
create policy lookup on receiver_sites for select to campanile_lookup using (true);
grant select on message_queue, providers, receiver_sites, node_heartbeats to campanile_lookup;

create function lookup_sending_metrics() returns table (name text, labels text, value double precision)
language sql stable security definer set search_path = public, pg_temp as $$
  with waiting as (
    select count(*) filter (where due_at <= app_now()) as due,
      count(*) filter (where due_at > app_now() and withheld is null) as retrying,
      count(*) filter (where due_at > app_now() and withheld is not null) as withheld
    from message_queue
  ), oldest as (
    select greatest(0, extract(epoch from app_now() - min(q.due_at))) as seconds
    from (select c.account_id, c.id from campaigns c
      where c.gate = 'open' and c.status in ('sending', 'testing', 'finishing')) c
    cross join lateral (select min(due_at) as due_at from message_queue
      where account_id = c.account_id and source_id = c.id and due_at <= app_now()) q
  )
  select 'campanile_queue_messages', 'state="due"', due::float8 from waiting
  union all select 'campanile_queue_messages', 'state="retrying"', retrying::float8 from waiting
  union all select 'campanile_queue_messages', 'state="withheld"', withheld::float8 from waiting
  union all select 'campanile_queue_oldest_due_seconds', '', coalesce(seconds, 0)::float8 from oldest
  union all select 'campanile_messages_uncertain', '',
    (select count(*) from messages where open_since is not null)::float8
  union all select 'campanile_circuits_open', '',
    (select count(*) from providers where enabled and circuit <> 'closed')::float8
  union all select 'campanile_receivers_slowed', '',
    (select count(*) from receiver_sites where slowed_at > app_now() - interval '15 minutes')::float8
  union all select 'campanile_nodes_alive', format('role="%s"', role), count(*)::float8
    from node_heartbeats n cross join lateral unnest(n.roles) as role
    where n.seen_at > app_now() - interval '20 seconds' group by role
  union all select 'campanile_last_sweep_seconds', '',
    extract(epoch from app_now() - max(swept_at))::float8 from node_heartbeats having max(swept_at) is not null
$$;
alter function lookup_sending_metrics() owner to campanile_lookup;
revoke execute on function lookup_sending_metrics() from public;
grant execute on function lookup_sending_metrics() to campanile_app;
