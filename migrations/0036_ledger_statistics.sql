-- A run's rows appear within seconds; what follows must not be planned as if the month were empty.
create function analyze_run(month date) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  child text := 'messages_' || to_char(month, 'YYYY_MM');
begin
  analyze audience_members;
  if to_regclass('public.' || quote_ident(child)) is not null then
    execute format('analyze %I', child);
  end if;
end $$;
revoke execute on function analyze_run(date) from public;
grant execute on function analyze_run(date) to campanile_app;
