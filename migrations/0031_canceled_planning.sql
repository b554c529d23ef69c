-- A run canceled while it was being planned still owes every contact of its frozen audience a row.
create or replace function lookup_live_campaigns() returns table (account_id uuid, campaign_id uuid, status text)
language sql stable security definer set search_path = public, pg_temp as $$
  select c.account_id, c.id, c.status from campaigns c
  where c.status in ('preparing', 'testing', 'sending', 'finishing')
     or (c.status = 'scheduled' and coalesce(c.hold_until, c.planned_at) <= app_now())
     or (c.status = 'canceled' and c.planned_all_at is null and c.planning_cursor is not null)
$$;
create index campaigns_half_planned on campaigns (status) where status = 'canceled' and planned_all_at is null;
