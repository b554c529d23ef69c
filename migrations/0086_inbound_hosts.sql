-- Whose mail it is, by where it was sent: the host of a return path, also under a label that was changed lately, and the
-- addresses named for aggregate reports (email.md §2.2, §11).
create policy lookup on sender_domain_records for select to campanile_lookup using (true);
grant select on sender_domain_records to campanile_lookup;
create index sender_domains_return_path on sender_domains ((return_path_label || '.' || domain));
create index sender_domain_records_return_path on sender_domain_records (name) where kind = 'return_path';

create function lookup_return_path_host(host text) returns table (account_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  (select d.account_id from sender_domains d
  where d.return_path_label || '.' || d.domain = host and d.verified_at is not null and d.state <> 'disabled')
  union all
  (select r.account_id from sender_domain_records r
  join sender_domains d on d.account_id = r.account_id and d.id = r.domain_id and d.verified_at is not null
  where r.name = host and r.kind = 'return_path' and r.retired_until > app_now() and d.state <> 'disabled')
  limit 1
$$;
create function lookup_report_address(address text) returns table (account_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select d.account_id from sender_domains d
  where d.verified_at is not null and d.state <> 'disabled' and d.dmarc -> 'rua' ? address
  limit 1
$$;
alter function lookup_return_path_host(text) owner to campanile_lookup;
alter function lookup_report_address(text) owner to campanile_lookup;
revoke execute on function lookup_return_path_host(text), lookup_report_address(text) from public;
grant execute on function lookup_return_path_host(text), lookup_report_address(text) to campanile_app;
