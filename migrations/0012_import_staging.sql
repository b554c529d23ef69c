-- Rows of a file as they will be stored: typed columns, so that a chunk merges by joins alone.
drop table import_staging;
create unlogged table import_staging (
  account_id uuid not null,
  import_id uuid not null,
  line_no bigint not null,
  chunk_no integer not null,
  external_id text,
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
  cleared_fields text[] not null default '{}',
  consent jsonb,
  result text,
  code text,
  field text,
  contact_id uuid,
  primary key (account_id, import_id, line_no)
);
create index import_staging_chunk on import_staging (account_id, import_id, chunk_no);
select protect_account_table('import_staging');
