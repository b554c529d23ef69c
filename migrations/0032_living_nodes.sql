-- A lease is given up when it has run out and its node has stopped beating: a jump of the test clock takes nothing from a
-- living process, a frozen or dead one loses its chunk.
grant select on node_heartbeats to campanile_lookup;
create or replace function lookup_expired_leases() returns table (account_id uuid, lease_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select l.account_id, l.id from leases l
  where l.expires_at < app_now() and not exists (
    select from node_heartbeats n where n.node_id = l.node_id and n.seen_at > app_now() - interval '20 seconds')
$$;
