-- Who may not see e-mail and phone (account.md §5, ACC-34) must not find them either: with `masked` every word has to stand in
-- what is shown. The condition on search_text stays, because it goes by the trigram index.
alter function contact_condition(jsonb) rename to contact_condition_unmasked;
create function contact_condition(wanted jsonb) returns text
language plpgsql stable set search_path = public, pg_temp as $$
declare
  condition text := contact_condition_unmasked(wanted);
  word text;
begin
  if not wanted ? 'masked' then return condition; end if;
  for word in select jsonb_array_elements_text(coalesce(wanted -> 'words', '[]')) loop
    condition := condition || format(' and lower(concat_ws('' '', c.first_name, c.last_name, c.company, c.external_id)) like %L',
      '%' || replace(replace(replace(lower(word), '\', '\\'), '%', '\%'), '_', '\_') || '%');
  end loop;
  return condition;
end $$;
