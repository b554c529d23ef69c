-- Rows of the shared mailbox belong to the instance account (mailbox = 'shared').
create table simulator_messages (
  account_id uuid not null references accounts (account_id),
  id uuid not null,
  mailbox text not null default 'account' check (mailbox in ('account', 'shared', 'system')),
  channel text not null default 'email',
  origin text not null check (origin in ('campaign', 'transactional', 'test', 'smtp', 'system')),
  message_id uuid,
  campaign_id uuid,
  from_address text not null,
  from_name text,
  to_address text not null,
  to_name text,
  envelope_from text,
  subject text,
  text_body text,
  html_body text,
  headers jsonb not null default '[]',
  links jsonb not null default '[]',
  list_unsubscribe jsonb,
  raw bytea,
  size integer not null,
  search_text text not null default '',
  received_at timestamptz not null default app_now(),
  primary key (account_id, id)
);
create index simulator_messages_recent on simulator_messages (account_id, mailbox, received_at desc, id desc);
-- Not unique: a message that arrived twice must be seen twice.
create index simulator_messages_message on simulator_messages (account_id, message_id) where message_id is not null;
create index simulator_messages_search on simulator_messages using gin (search_text gin_trgm_ops);
select protect_account_table('simulator_messages');

create table simulator_attachments (
  account_id uuid not null,
  simulator_message_id uuid not null,
  position integer not null,
  file_name text not null,
  content_type text not null,
  size integer not null,
  content bytea not null,
  primary key (account_id, simulator_message_id, position),
  foreign key (account_id, simulator_message_id) references simulator_messages (account_id, id) on delete cascade
);
select protect_account_table('simulator_attachments');

create table simulator_events (
  account_id uuid not null,
  id uuid not null,
  simulator_message_id uuid not null,
  kind text not null,
  detail text,
  at timestamptz not null default app_now(),
  primary key (account_id, id),
  foreign key (account_id, simulator_message_id) references simulator_messages (account_id, id) on delete cascade
);
create index simulator_events_message on simulator_events (account_id, simulator_message_id, at);
select protect_account_table('simulator_events');

-- What the system itself sent (security.md §7); read by test support alone, never by a tenant's page.
create table system_messages (
  account_id uuid not null references accounts (account_id),
  id uuid not null,
  channel text not null,
  kind text not null,
  to_address text not null,
  from_address text not null,
  subject text,
  text_body text not null,
  html_body text,
  raw text,
  secrets_sealed bytea,
  created_at timestamptz not null default app_now(),
  primary key (account_id, id)
);
select protect_account_table('system_messages');
