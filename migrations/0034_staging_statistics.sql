-- The staging table goes from empty to a million rows at once; without fresh statistics the set-based steps that follow
-- are planned as if it were empty. The runtime role owns no table, so the owner analyses for it.
create function analyze_import_staging() returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  analyze import_staging;
end $$;
revoke execute on function analyze_import_staging() from public;
grant execute on function analyze_import_staging() to campanile_app;
