create table contacts (
  account_id uuid not null references accounts (account_id),
  id uuid not null,
  external_id text check (length(external_id) between 1 and 150),
  email text,
  email_key text,
  phone text,
  first_name text,
  last_name text,
  company text,
  language text,
  country text,
  time_zone text,
  fields jsonb not null default '{}',
  source text not null check (source in ('manual', 'import', 'api', 'form', 'tracking', 'integration', 'event')),
  source_ref text,
  state text not null default 'active' check (state in ('active', 'archived', 'restricted')),
  archived_at timestamptz,
  archive_reason text,
  last_activity_at timestamptz,
  demo boolean not null default false,
  -- What the search box looks through, kept by the database so that no writer can forget it.
  search_text text generated always as (
    lower(coalesce(email, '') || ' ' || coalesce(phone, '') || ' ' || coalesce(first_name, '') || ' ' ||
      coalesce(last_name, '') || ' ' || coalesce(company, '') || ' ' || coalesce(external_id, ''))
  ) stored,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now(),
  version integer not null default 1,
  primary key (account_id, id),
  check ((email is null) = (email_key is null))
);
create unique index contacts_external_id on contacts (account_id, external_id);
create unique index contacts_email_key on contacts (account_id, email_key);
create unique index contacts_phone on contacts (account_id, phone);
create index contacts_created on contacts (account_id, created_at desc, id desc);
create index contacts_updated on contacts (account_id, updated_at, id);
create index contacts_fields on contacts using gin (fields jsonb_path_ops);
create index contacts_search on contacts using gin (search_text gin_trgm_ops);
select protect_account_table('contacts');

create table contact_changes (
  account_id uuid not null,
  contact_id uuid not null,
  id uuid not null,
  actor jsonb not null,
  field text not null,
  old_value jsonb,
  new_value jsonb,
  at timestamptz not null default app_now(),
  primary key (account_id, contact_id, id, at)
) partition by range (at);
create table contact_changes_default partition of contact_changes default;
select protect_account_table('contact_changes', 'select, insert, delete');
select protect_account_table('contact_changes_default', 'select, insert, delete');

create table field_definitions (
  account_id uuid not null references accounts (account_id),
  name text not null check (name ~ '^[A-Za-z][A-Za-z0-9_]{0,49}$'),
  label jsonb not null default '{}',
  description text,
  type text not null check (type in ('text', 'number', 'date', 'datetime', 'boolean', 'choice', 'multi_choice', 'url')),
  options jsonb not null default '{}',
  default_value jsonb,
  flags jsonb not null default '{}',
  position integer not null default 0,
  archived_at timestamptz,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now(),
  version integer not null default 1,
  primary key (account_id, name)
);
create unique index field_definitions_name on field_definitions (account_id, lower(name));
select protect_account_table('field_definitions');

create table contact_groups (
  account_id uuid not null references accounts (account_id),
  id uuid not null,
  name text not null,
  external_id text,
  description text,
  folder text not null default '',
  colour text,
  visibility text not null default 'private' check (visibility in ('private', 'public')),
  require_consent boolean not null default false,
  public_texts jsonb not null default '{}',
  opt_in text not null default 'single' check (opt_in in ('single', 'double')),
  member_count bigint not null default 0,
  state text not null default 'active' check (state in ('active', 'archived', 'deleted')),
  demo boolean not null default false,
  archived_at timestamptz,
  deleted_at timestamptz,
  last_import_at timestamptz,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now(),
  version integer not null default 1,
  primary key (account_id, id)
);
create unique index contact_groups_name on contact_groups (account_id, lower(name)) where state <> 'deleted';
create unique index contact_groups_external_id on contact_groups (account_id, external_id) where state <> 'deleted';
select protect_account_table('contact_groups');

create table contact_group_members (
  account_id uuid not null,
  group_id uuid not null,
  contact_id uuid not null,
  state text not null default 'member' check (state in ('pending', 'member', 'left')),
  source text not null default 'manual',
  joined_at timestamptz not null default app_now(),
  left_at timestamptz,
  primary key (account_id, group_id, contact_id),
  foreign key (account_id, group_id) references contact_groups (account_id, id) on delete cascade,
  foreign key (account_id, contact_id) references contacts (account_id, id) on delete cascade
);
create index contact_group_members_contact on contact_group_members (account_id, contact_id);
select protect_account_table('contact_group_members');

-- Append-only: a wrong entry is superseded, never changed.
create table consents (
  account_id uuid not null references accounts (account_id),
  id uuid not null,
  contact_id uuid not null,
  channel text not null check (channel in ('email', 'sms', 'push', 'rcs')),
  purpose text not null default 'marketing',
  state text not null check (state in ('granted', 'withdrawn', 'unknown', 'expired')),
  basis text not null default 'unknown' check (basis in ('consent', 'legitimate_interest', 'unknown')),
  at timestamptz not null,
  source text not null,
  wording_id uuid,
  proof jsonb not null default '{}',
  actor jsonb not null default '{}',
  supersedes uuid,
  created_at timestamptz not null default app_now(),
  primary key (account_id, id)
);
create index consents_contact on consents (account_id, contact_id, channel, purpose, at desc);
select protect_account_table('consents', 'select, insert, delete');

-- The current state per contact and channel, derived from the ledger and the person's own acts.
create table contact_channels (
  account_id uuid not null,
  contact_id uuid not null,
  channel text not null check (channel in ('email', 'sms', 'push', 'rcs')),
  consent jsonb not null default '{}',
  basis jsonb not null default '{}',
  unsubscribed_at timestamptz,
  unsubscribed_topics uuid[] not null default '{}',
  unsubscribe_source text,
  unsubscribe_reason text,
  blocked_at timestamptz,
  block_reason text,
  primary key (account_id, contact_id, channel),
  foreign key (account_id, contact_id) references contacts (account_id, id) on delete cascade
);
select protect_account_table('contact_channels');

create table suppressions (
  account_id uuid not null references accounts (account_id),
  id uuid not null,
  channel text not null check (channel in ('email', 'sms', 'push', 'rcs')),
  address text,
  address_hash bytea not null,
  kind text not null default 'all' check (kind in ('all', 'campaigns', 'topic', 'group')),
  scope text not null default 'account',
  reason text not null,
  source text not null,
  source_ref text,
  comment text,
  expires_at timestamptz,
  created_by uuid,
  created_at timestamptz not null default app_now(),
  primary key (account_id, id)
);
create unique index suppressions_address on suppressions (account_id, channel, address_hash, scope);
select protect_account_table('suppressions');

create table suppression_domains (
  account_id uuid not null references accounts (account_id),
  id uuid not null,
  domain text not null,
  with_subdomains boolean not null default false,
  reason text not null default 'blacklisted_domain',
  comment text,
  created_by uuid,
  created_at timestamptz not null default app_now(),
  primary key (account_id, id)
);
create unique index suppression_domains_domain on suppression_domains (account_id, domain);
select protect_account_table('suppression_domains');

create table imports (
  account_id uuid not null references accounts (account_id),
  id uuid not null,
  file_name text not null,
  size bigint not null,
  sha256 text not null,
  storage_key text,
  format jsonb not null,
  analysis jsonb,
  mapping jsonb,
  settings jsonb,
  state text not null check (state in ('uploading', 'analysed', 'previewed', 'scheduled', 'pending', 'in_progress', 'paused',
    'completed', 'failed', 'canceled', 'undoing', 'undone')),
  counts jsonb not null default '{}',
  operation_id uuid,
  error_code text,
  created_by uuid,
  started_at timestamptz,
  finished_at timestamptz,
  undo_until timestamptz,
  created_at timestamptz not null default app_now(),
  updated_at timestamptz not null default app_now(),
  version integer not null default 1,
  primary key (account_id, id)
);
create index imports_recent on imports (account_id, created_at desc, id desc);
select protect_account_table('imports');

create table import_rows (
  account_id uuid not null,
  import_id uuid not null,
  line_no bigint not null,
  result text not null,
  code text,
  field text,
  contact_id uuid,
  primary key (account_id, import_id, line_no),
  foreign key (account_id, import_id) references imports (account_id, id) on delete cascade
);
create index import_rows_result on import_rows (account_id, import_id, result, line_no);
select protect_account_table('import_rows');

create table import_changes (
  account_id uuid not null,
  import_id uuid not null,
  contact_id uuid not null,
  kind text not null,
  before jsonb,
  after_hash bytea,
  primary key (account_id, import_id, contact_id, kind),
  foreign key (account_id, import_id) references imports (account_id, id) on delete cascade
);
select protect_account_table('import_changes');

create table import_chunks (
  account_id uuid not null,
  import_id uuid not null,
  no integer not null,
  state text not null,
  counts jsonb not null default '{}',
  primary key (account_id, import_id, no),
  foreign key (account_id, import_id) references imports (account_id, id) on delete cascade
);
select protect_account_table('import_chunks');

-- Unlogged: after a crash of the database the file is read again (contacts.md §4, Resume).
create unlogged table import_staging (
  account_id uuid not null,
  import_id uuid not null,
  line_no bigint not null,
  row_values jsonb not null,
  raw text[],
  result text,
  code text,
  field text,
  contact_id uuid,
  primary key (account_id, import_id, line_no)
);
select protect_account_table('import_staging');
