-- Times are told in milliseconds (account.md §1); kept finer, a list could not go on from the time it has told.
create or replace function app_now() returns timestamptz language sql stable parallel safe as $$
  select date_trunc('milliseconds', now())
$$;

-- `like` is not leakproof, so under row level security it may not use the trigram index. These functions look as
-- campanile_lookup, which sees every row, and name the session's account themselves.
create policy lookup on contacts for select to campanile_lookup using (true);
create policy lookup on contact_group_members for select to campanile_lookup using (true);
create policy lookup on contact_channels for select to campanile_lookup using (true);
grant select on contacts, contact_group_members, contact_channels to campanile_lookup;

-- The condition of the filter of GET /contacts for a contact `c`; every value is quoted here.
create function contact_condition(wanted jsonb) returns text
language plpgsql stable set search_path = public, pg_temp as $$
declare
  condition text := format('c.account_id = %L::uuid', current_account());
  word text;
begin
  -- An unset account compares as null and finds nothing.
  for word in select jsonb_array_elements_text(coalesce(wanted -> 'words', '[]')) loop
    condition := condition || format(' and c.search_text like %L',
      '%' || replace(replace(replace(lower(word), '\', '\\'), '%', '\%'), '_', '\_') || '%');
  end loop;
  if wanted ? 'email_key' then condition := condition || format(' and c.email_key = %L', wanted ->> 'email_key'); end if;
  if wanted ? 'phone' then condition := condition || format(' and c.phone = %L', wanted ->> 'phone'); end if;
  if wanted ? 'external_id' then
    condition := condition || format(' and c.external_id = %L', wanted ->> 'external_id');
  end if;
  if wanted ? 'state' then condition := condition || format(' and c.state = %L', wanted ->> 'state'); end if;
  if wanted ? 'created_from' then
    condition := condition || format(' and c.created_at >= %L', wanted ->> 'created_from');
  end if;
  if wanted ? 'created_to' then
    condition := condition || format(' and c.created_at < %L', wanted ->> 'created_to');
  end if;
  if wanted ? 'updated_since' then
    condition := condition || format(' and c.updated_at >= %L', wanted ->> 'updated_since');
  end if;
  if wanted ? 'group_id' then
    condition := condition || format(' and exists (select 1 from contact_group_members m where m.account_id = %L::uuid
      and m.group_id = %L and m.contact_id = c.id and m.state = ''member'')', current_account(), wanted ->> 'group_id');
  end if;
  if wanted ? 'unsubscribed' then
    condition := condition || format(' and exists (select 1 from contact_channels h where h.account_id = %L::uuid
      and h.contact_id = c.id and h.channel = %L and h.unsubscribed_at is not null)', current_account(), wanted ->> 'unsubscribed');
  end if;
  return condition;
end $$;

-- Ids in the order asked for, from the row after (after_at, after_id) on.
create function search_contacts(wanted jsonb, sort text, after_at timestamptz, after_id uuid, at_most bigint)
returns table (id uuid)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  statement text := 'select c.id from contacts c where ' || contact_condition(wanted);
  sort_column text := case when sort like '%updated_at' then 'updated_at' else 'created_at' end;
  direction text := case when sort like '-%' then 'desc' else 'asc' end;
begin
  if after_id is not null then
    statement := statement || format(' and (c.%I, c.id) %s (%L, %L)', sort_column,
      case direction when 'desc' then '<' else '>' end, after_at, after_id);
  end if;
  statement := statement || format(' order by c.%I %s, c.id %s', sort_column, direction, direction);
  if at_most is not null then
    statement := statement || format(' limit %s', at_most);
  end if;
  return query execute statement;
end $$;

create function count_contacts_found(wanted jsonb) returns bigint
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  n bigint;
begin
  execute 'select count(*) from contacts c where ' || contact_condition(wanted) into n;
  return n;
end $$;

alter function search_contacts(jsonb, text, timestamptz, uuid, bigint) owner to campanile_lookup;
alter function count_contacts_found(jsonb) owner to campanile_lookup;
revoke execute on function search_contacts(jsonb, text, timestamptz, uuid, bigint), count_contacts_found(jsonb) from public;
grant execute on function search_contacts(jsonb, text, timestamptz, uuid, bigint), count_contacts_found(jsonb) to campanile_app;
