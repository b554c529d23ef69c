-- What holds a run back at the moment, in words of the screen (sending.md §7).
alter table campaigns add column limiting_factor text;
-- The answer of the last planned chunk: all rows of the audience are in the ledger.
alter table campaigns add column planned_all_at timestamptz;

create index messages_uncertain on messages (account_id, source_id, handed_at) where state = 'uncertain' and resolution is null;

-- Sources with a message whose answer was lost and is not resolved yet, beyond their wait: bare ids for the sweep.
create function lookup_unresolved_sources(waited_seconds integer) returns table (account_id uuid, source_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select distinct m.account_id, m.source_id from messages m
  where m.state = 'uncertain' and m.resolution is null and m.handed_at < app_now() - make_interval(secs => waited_seconds)
  limit 100
$$;
create policy lookup on messages for select to campanile_lookup using (true);
grant select on messages to campanile_lookup;
alter function lookup_unresolved_sources(integer) owner to campanile_lookup;
revoke execute on function lookup_unresolved_sources(integer) from public;
grant execute on function lookup_unresolved_sources(integer) to campanile_app;
