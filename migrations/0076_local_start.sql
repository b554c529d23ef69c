-- When a run begins whose messages leave at a local time: as early as that time comes anywhere. Null: at `planned_at`.
alter table campaigns add column start_at timestamptz;

create or replace function lookup_live_campaigns() returns table (account_id uuid, campaign_id uuid, status text)
language sql stable security definer set search_path = public, pg_temp as $$
  select c.account_id, c.id, c.status from campaigns c
  where c.status in ('preparing', 'testing', 'sending', 'finishing')
     or (c.status = 'scheduled' and coalesce(c.hold_until, c.start_at, c.planned_at) <= app_now())
     or (c.status = 'canceled' and c.planned_all_at is null and c.planning_cursor is not null)
$$;
