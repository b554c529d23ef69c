-- The first due row of each lane, and no further: as a mere `exists` the planner read the whole queue of a run into a hash.
create or replace function lookup_due_sources() returns table (account_id uuid, source_id uuid, kind text, lane smallint, weight smallint)
language sql stable security definer set search_path = public, pg_temp as $$
  select c.account_id, c.id, 'campaign', c.lane, c.weight from campaigns c
  where c.status in ('sending', 'testing') and c.gate = 'open'
    and exists (select from generate_series(0, 4) l(lane) cross join lateral (
      select q.due_at from message_queue q where q.account_id = c.account_id and q.source_id = c.id and q.lane = l.lane
      order by q.due_at limit 1) first where first.due_at <= app_now())
  union all
  (select t.account_id, t.id, 'test', 2::smallint, 10::smallint from test_sends t
  where t.finished_at is null and coalesce((select min(q.due_at) from message_queue q
    where q.account_id = t.account_id and q.source_id = t.id), app_now()) <= app_now()
  order by t.at limit 500)
$$;
