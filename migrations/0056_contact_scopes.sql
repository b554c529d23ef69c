-- A person may be narrowed to some groups (account.md §5): the transaction says to which, and the database shows contacts of
-- these groups alone, in every list, count, export and search, whoever wrote the statement. Unset: all contacts.
create function contact_scope() returns uuid[] language sql stable parallel safe as $$
  select nullif(current_setting('app.contact_groups', true), '')::uuid[]
$$;

create policy own_scope on contact_groups as restrictive to campanile_app
  using ((select contact_scope()) is null or id = any (coalesce((select contact_scope()), '{}')));
create policy own_scope on contact_group_members as restrictive to campanile_app
  using ((select contact_scope()) is null or group_id = any (coalesce((select contact_scope()), '{}')));
create policy own_scope on contacts as restrictive to campanile_app
  using ((select contact_scope()) is null or exists (select from contact_group_members m
    where m.account_id = contacts.account_id and m.contact_id = contacts.id and m.state = 'member'
      and m.group_id = any (coalesce((select contact_scope()), '{}'))));
create policy own_scope on contact_channels as restrictive to campanile_app
  using ((select contact_scope()) is null or exists (select from contact_group_members m
    where m.account_id = contact_channels.account_id and m.contact_id = contact_channels.contact_id
      and m.state = 'member' and m.group_id = any (coalesce((select contact_scope()), '{}'))));
create policy own_scope on consents as restrictive to campanile_app
  using ((select contact_scope()) is null or exists (select from contact_group_members m
    where m.account_id = consents.account_id and m.contact_id = consents.contact_id
      and m.state = 'member' and m.group_id = any (coalesce((select contact_scope()), '{}'))));
create policy own_scope on contact_changes as restrictive to campanile_app
  using ((select contact_scope()) is null or exists (select from contact_group_members m
    where m.account_id = contact_changes.account_id and m.contact_id = contact_changes.contact_id
      and m.state = 'member' and m.group_id = any (coalesce((select contact_scope()), '{}'))));

-- The search looks as campanile_lookup, whom no policy narrows, so its condition names the scope itself.
alter function contact_condition(jsonb) rename to contact_condition_unscoped;
create function contact_condition(wanted jsonb) returns text
language plpgsql stable set search_path = public, pg_temp as $$
begin
  if contact_scope() is null then return contact_condition_unscoped(wanted); end if;
  return contact_condition_unscoped(wanted) || format(' and exists (select 1 from contact_group_members s
    where s.account_id = %L::uuid and s.contact_id = c.id and s.state = ''member'' and s.group_id = any (%L::uuid[]))',
    current_account(), contact_scope());
end $$;
