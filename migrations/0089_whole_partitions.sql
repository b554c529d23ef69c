-- All that a new month needs in one place: room in the pages of the ledger, months of the application log that refuse to be
-- emptied, and a month whose rows came before it, which stays in the default partition instead of stopping all others.
create or replace function ensure_partitions(at timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  parent record;
  month_start date;
  child text;
begin
  perform pg_advisory_xact_lock(hashtext('campanile.ensure_partitions'));
  for parent in
    select c.oid::regclass as name, c.relname
    from pg_partitioned_table p join pg_class c on c.oid = p.partrelid
    where c.relnamespace = 'public'::regnamespace
  loop
    for i in 0..2 loop
      month_start := (date_trunc('month', at at time zone 'UTC') + make_interval(months => i))::date;
      child := parent.relname || to_char(month_start, '_YYYY_MM');
      if to_regclass('public.' || child) is null then
        begin
          execute format('create table %I partition of %s for values from (%L) to (%L)', child, parent.name,
            month_start, (month_start + interval '1 month')::date);
          execute format('alter table %I enable row level security', child);
          execute format('alter table %I force row level security', child);
          execute format('create policy own_account on %I using (account_id = current_account()) with check (account_id = current_account())', child);
          if parent.relname = 'audit_entries' then
            execute format('create trigger audit_no_truncate before truncate on %I for each statement execute function refuse_audit_change()', child);
          end if;
          if parent.relname = 'messages' then
            execute format('alter table %I set (fillfactor = 50)', child);
          end if;
        exception when check_violation then null;
        end;
      end if;
    end loop;
  end loop;
end $$;
