-- Times are shown and paged by milliseconds; kept finer, the last row of a page and its cursor would differ.
create or replace function app_now() returns timestamptz language sql stable parallel safe as $$
  select date_trunc('milliseconds', now()) $$;
