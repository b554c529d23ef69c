-- Looks at each lane by itself: a run of which a million rows wait for tomorrow must not be read to find that none is due.
create or replace function lookup_due_sources() returns table (account_id uuid, source_id uuid, kind text, lane smallint, weight smallint)
language sql stable security definer set search_path = public, pg_temp as $$
  select c.account_id, c.id, 'campaign', c.lane, c.weight from campaigns c
  where c.status in ('sending', 'testing') and c.gate = 'open'
    and exists (select from generate_series(0, 4) l(lane) where exists (
      select from message_queue q where q.account_id = c.account_id and q.source_id = c.id and q.lane = l.lane
        and q.due_at <= app_now()))
  union all
  (select t.account_id, t.id, 'test', 2::smallint, 10::smallint from test_sends t
  where t.finished_at is null and coalesce((select min(q.due_at) from message_queue q
    where q.account_id = t.account_id and q.source_id = t.id), app_now()) <= app_now()
  order by t.at limit 500)
$$;

-- Counts for screens are kept by the process that shows them; these two were never written to.
drop table run_tallies, run_counts;
