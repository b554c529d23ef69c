-- The same for the tables an import fills: the steps after the insert join what has just been written.
create function analyze_import_targets() returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  analyze contacts;
  analyze contact_group_members;
  analyze contact_channels;
end $$;
revoke execute on function analyze_import_targets() from public;
grant execute on function analyze_import_targets() to campanile_app;
