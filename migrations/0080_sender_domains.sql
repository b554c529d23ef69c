-- Domains that mail is sent from, what must be published for them and what was found (email.md §2). Which account holds a
-- verified domain stands in directory_entries ('sender_domain'): one on the whole installation.
create table sender_domains (
  account_id uuid not null references accounts (account_id),
  id uuid not null,
  -- A-label, lower case.
  domain text not null,
  mode text not null default 'direct' check (mode in ('direct', 'delegated')),
  return_path_label text not null,
  tracking_label text not null,
  dkim_selector text not null,
  -- A second signature, beside RSA.
  ed25519 boolean not null default false,
  dmarc jsonb not null,
  allowed_role_ids uuid[] not null default '{}',
  allowed_user_ids uuid[] not null default '{}',
  ownership_token text not null,
  state text not null default 'draft'
    check (state in ('draft', 'pending', 'partial', 'authorized', 'broken', 'disabled')),
  -- Found by the last check: the zone that the domain lies in, and who serves it.
  zone text,
  name_servers text[] not null default '{}',
  -- The tracking host answers over https with a certificate that holds.
  tracking_ready boolean not null default false,
  generated_at timestamptz,
  verified_at timestamptz,
  authorized_at timestamptz,
  broken_at timestamptz,
  checked_at timestamptz,
  next_check_at timestamptz,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now(),
  version integer not null default 1,
  primary key (account_id, id),
  unique (account_id, domain)
);
create index sender_domains_due on sender_domains (next_check_at) where next_check_at is not null;
create index sender_domains_tracking on sender_domains ((tracking_label || '.' || domain)) where verified_at is not null;
select protect_account_table('sender_domains');

create table sender_domain_records (
  account_id uuid not null references accounts (account_id),
  domain_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('ownership', 'dkim', 'return_path', 'spf', 'tracking', 'dmarc')),
  type text not null check (type in ('TXT', 'MX', 'CNAME')),
  name text not null,
  expected text not null,
  -- Only of DKIM.
  selector text,
  state text not null default 'pending' check (state in ('pending', 'valid', 'invalid', 'warning')),
  found text[] not null default '{}',
  finding text,
  finding_detail jsonb not null default '{}',
  valid_at timestamptz,
  -- Since then every check that got an answer has found it wrong.
  invalid_since timestamptz,
  checked_at timestamptz,
  -- Belongs to a label that was changed: it counts until then.
  retired_until timestamptz,
  primary key (account_id, domain_id, id),
  foreign key (account_id, domain_id) references sender_domains (account_id, id) on delete cascade
);
create unique index sender_domain_records_place on sender_domain_records (account_id, domain_id, name, type)
  where retired_until is null;
select protect_account_table('sender_domain_records');

create table dkim_keys (
  account_id uuid not null references accounts (account_id),
  domain_id uuid not null,
  selector text not null,
  algorithm text not null check (algorithm in ('rsa-sha256', 'ed25519-sha256')),
  -- PKCS #8, sealed with the account's data key.
  private_sealed bytea not null,
  -- Value of `p=`.
  public_key text not null,
  -- Which of the two keys of an algorithm signs.
  active boolean not null,
  active_from timestamptz,
  created_at timestamptz not null default app_now(),
  primary key (account_id, domain_id, selector),
  foreign key (account_id, domain_id) references sender_domains (account_id, id) on delete cascade
);
create unique index dkim_keys_active on dkim_keys (account_id, domain_id, algorithm) where active;
select protect_account_table('dkim_keys');

-- What an account must publish to take over a domain that another account holds.
create table sender_domain_claims (
  account_id uuid not null references accounts (account_id),
  domain text not null,
  token text not null,
  expires_at timestamptz not null,
  primary key (account_id, domain)
);
select protect_account_table('sender_domain_claims');

-- Aggregate reports of receivers about a domain (RFC 7489 §7.2).
create table dmarc_reports (
  account_id uuid not null references accounts (account_id),
  domain_id uuid not null,
  id uuid not null,
  org text not null,
  report_id text not null,
  begin_at timestamptz not null,
  end_at timestamptz not null,
  policy text,
  received_at timestamptz not null default app_now(),
  primary key (account_id, id),
  unique (account_id, domain_id, org, report_id),
  foreign key (account_id, domain_id) references sender_domains (account_id, id) on delete cascade
);
create index dmarc_reports_begin on dmarc_reports (account_id, domain_id, begin_at desc);
select protect_account_table('dmarc_reports');

create table dmarc_report_rows (
  account_id uuid not null references accounts (account_id),
  report_id uuid not null,
  n integer not null,
  source text not null,
  messages integer not null check (messages >= 0),
  disposition text not null check (disposition in ('none', 'quarantine', 'reject')),
  -- Passed and aligned with the domain of the From line.
  dkim_aligned boolean not null,
  spf_aligned boolean not null,
  header_from text not null,
  primary key (account_id, report_id, n),
  foreign key (account_id, report_id) references dmarc_reports (account_id, id) on delete cascade
);
select protect_account_table('dmarc_report_rows');

-- An address on a foreign domain counts once its mailbox has answered.
alter table sender_identities add column confirmed_at timestamptz;
alter table sender_identities add column confirmation_sent_at timestamptz;
-- The owner of a table passes by its policies once they are not forced.
alter table sender_identities no force row level security;
update sender_identities set confirmed_at = created_at where channel = 'email' and state = 'verified';
alter table sender_identities force row level security;

create policy lookup on sender_domains for select to campanile_lookup using (true);
grant select on sender_domains to campanile_lookup;

create function lookup_due_sender_domains() returns table (account_id uuid, domain_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select d.account_id, d.id from sender_domains d join accounts a on a.account_id = d.account_id
  where d.next_check_at <= app_now() and a.status in ('active', 'test')
  order by d.next_check_at limit 200
$$;
-- Whether a host name is the tracking host of a verified domain: the content origin answers under it.
create function lookup_tracking_host(host text) returns table (account_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select d.account_id from sender_domains d
  where d.tracking_label || '.' || d.domain = host and d.verified_at is not null and d.state <> 'disabled'
  limit 1
$$;
alter function lookup_due_sender_domains() owner to campanile_lookup;
alter function lookup_tracking_host(text) owner to campanile_lookup;
revoke execute on function lookup_due_sender_domains(), lookup_tracking_host(text) from public;
grant execute on function lookup_due_sender_domains(), lookup_tracking_host(text) to campanile_app;
