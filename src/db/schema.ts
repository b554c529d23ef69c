// Generated from the migrated schema by script/schema; do not edit.
import type { ColumnType } from 'kysely'

type Generated<T> =
  T extends ColumnType<infer S, infer I, infer U> ? ColumnType<S, I | undefined, U> : ColumnType<T, T | undefined, T>

/** Read as the parsed value, written as JSON text. */
export type Json = ColumnType<unknown, string, string>
export type Timestamp = ColumnType<Date, Date | string, Date | string>

export type AccountSecurity = {
  account_id: string
  require: Generated<string>
  methods: Generated<string[]>
  trusted_device_days: Generated<number>
  device_bound_owners: Generated<boolean>
  impersonation: Generated<string>
  created_at: Generated<Timestamp>
  updated_at: Generated<Timestamp>
  version: Generated<number>
}

export type Accounts = {
  account_id: string
  parent_id: string | null
  kind: Generated<string>
  name: string
  slug: string
  status: Generated<string>
  status_reason: string | null
  valid_until: string | null
  data_key_sealed: Buffer
  default_language: Generated<string>
  time_zone: Generated<string>
  country: Generated<string>
  currency: Generated<string>
  contact_email: string | null
  description: string | null
  postal_address: string | null
  require_consent: Generated<Json>
  enforced_footer: Generated<boolean>
  demo_data_at: Timestamp | null
  closed_at: Timestamp | null
  erase_after: Timestamp | null
  created_at: Generated<Timestamp>
  updated_at: Generated<Timestamp>
  version: Generated<number>
  agent_email: string | null
  hint: string | null
  status_before: string | null
  entitlements_version: Generated<number>
}

export type ApiKeys = {
  account_id: string
  id: string
  public_id: string
  mode: Generated<string>
  name: string
  scopes: string[]
  cidrs: Generated<string[]>
  rate_limit: number | null
  require_idempotency: Generated<boolean>
  secret_hash: Buffer
  old_secret_hash: Buffer | null
  old_secret_until: Timestamp | null
  created_by: string
  expires_at: Timestamp
  last_used_at: Timestamp | null
  last_address: string | null
  suspending_since: Timestamp | null
  suspending_noticed_at: Timestamp | null
  revoked_at: Timestamp | null
  created_at: Generated<Timestamp>
  updated_at: Generated<Timestamp>
  version: Generated<number>
}

export type Approvals = {
  account_id: string
  id: string
  kind: string
  object_type: string
  object_id: string
  object_name: string
  digest: Buffer
  summary: Generated<Json>
  reason: string
  requested_by: string
  requested_by_name: string
  requested_by_staff: boolean
  requested_by_email: string
  state: Generated<string>
  decided_by: string | null
  decided_by_name: string | null
  decided_by_staff: boolean | null
  decided_at: Timestamp | null
  comment: string | null
  void_reason: string | null
  cancel_hash: Buffer | null
  executes_at: Timestamp | null
  expires_at: Timestamp
  created_at: Generated<Timestamp>
  updated_at: Generated<Timestamp>
  version: Generated<number>
}

export type AudienceMembers = {
  account_id: string
  campaign_id: string
  contact_id: string
}

export type AuditCheckpoints = {
  account_id: string
  seq: number
  kind: Generated<string>
  hash: Buffer
  count: number
  at: Timestamp
  key_id: string
  signature: Buffer
  delivered_at: Timestamp | null
}

export type AuditEntries = {
  account_id: string
  seq: number
  at: Timestamp
  section: string
  action: string
  actor_type: string
  actor_id: string | null
  on_behalf_of: string | null
  subject: Buffer | null
  details: Buffer | null
  acting_account_id: string | null
  object_type: string | null
  object_id: string | null
  result: string
  reason: string | null
  session_hash: string | null
  request_id: string | null
  amr: Generated<string[]>
  diff: Json | null
  prev_hash: Buffer
  hash: Buffer
}

export type AuditExportParts = {
  account_id: string
  export_id: string
  position: number
  content: Buffer
}

export type AuditExports = {
  account_id: string
  id: string
  requested_by: string
  from_at: Timestamp
  to_at: Timestamp
  format: string
  expires_at: Timestamp
  created_at: Generated<Timestamp>
}

export type AuditHeads = {
  account_id: string
  seq: number
  hash: Buffer
}

export type AuditSubjects = {
  account_id: string
  commitment: Buffer
  user_id: string | null
  address: Buffer | null
  sealed: Buffer
  created_at: Generated<Timestamp>
}

export type AuditWindows = {
  account_id: string
  key: string
  window_at: Timestamp
  seconds: number
  count: number
}

export type BreakGlassCodes = {
  account_id: string
  id: string
  user_id: string
  code_hash: Buffer
  used_at: Timestamp | null
  created_at: Generated<Timestamp>
}

export type BulkSelections = {
  account_id: string
  operation_id: string
  contact_id: string
}

export type CampaignRevisions = {
  account_id: string
  campaign_id: string
  n: number
  content: Json
  created_by: string | null
  created_at: Generated<Timestamp>
}

export type Campaigns = {
  account_id: string
  id: string
  channel: Generated<string>
  type: Generated<string>
  name: string
  description: string | null
  external_id: string | null
  labels: Generated<string[]>
  language: string | null
  topic_id: string | null
  status: Generated<string>
  status_reason: string | null
  gate: Generated<string>
  parent_campaign_id: string | null
  sender_id: string | null
  audience: Generated<Json>
  windows: Generated<Json>
  planned_at: Timestamp | null
  hold_minutes: Generated<number>
  hold_until: Timestamp | null
  max_lateness_minutes: Generated<number>
  throttle_per_hour: number | null
  uncertain_policy: Generated<string>
  preflight: Json | null
  preflight_overrides: Generated<Json>
  content_revision: Generated<number>
  run_month: string | null
  simulated: Generated<boolean>
  planning_cursor: string | null
  demo: Generated<boolean>
  created_by: string | null
  started_at: Timestamp | null
  finished_at: Timestamp | null
  archived_at: Timestamp | null
  created_at: Generated<Timestamp>
  updated_at: Generated<Timestamp>
  version: Generated<number>
  limiting_factor: string | null
  planned_all_at: Timestamp | null
}

export type ClockOffset = {
  id: Generated<boolean>
  offset_seconds: Generated<number>
}

export type Consents = {
  account_id: string
  id: string
  contact_id: string
  channel: string
  purpose: Generated<string>
  state: string
  basis: Generated<string>
  at: Timestamp
  source: string
  wording_id: string | null
  proof: Generated<Json>
  actor: Generated<Json>
  supersedes: string | null
  created_at: Generated<Timestamp>
}

export type ContactChanges = {
  account_id: string
  contact_id: string
  id: string
  actor: Json
  field: string
  old_value: Json | null
  new_value: Json | null
  at: Generated<Timestamp>
}

export type ContactChannels = {
  account_id: string
  contact_id: string
  channel: string
  consent: Generated<Json>
  basis: Generated<Json>
  unsubscribed_at: Timestamp | null
  unsubscribed_topics: Generated<string[]>
  unsubscribe_source: string | null
  unsubscribe_reason: string | null
  blocked_at: Timestamp | null
  block_reason: string | null
}

export type ContactCounts = {
  account_id: string
  slot: number
  contacts: number
}

export type ContactGroupMembers = {
  account_id: string
  group_id: string
  contact_id: string
  state: Generated<string>
  source: Generated<string>
  joined_at: Generated<Timestamp>
  left_at: Timestamp | null
}

export type ContactGroups = {
  account_id: string
  id: string
  name: string
  external_id: string | null
  description: string | null
  folder: Generated<string>
  colour: string | null
  visibility: Generated<string>
  require_consent: Generated<boolean>
  public_texts: Generated<Json>
  opt_in: Generated<string>
  member_count: Generated<number>
  state: Generated<string>
  demo: Generated<boolean>
  archived_at: Timestamp | null
  deleted_at: Timestamp | null
  last_import_at: Timestamp | null
  created_at: Generated<Timestamp>
  updated_at: Generated<Timestamp>
  version: Generated<number>
}

export type Contacts = {
  account_id: string
  id: string
  external_id: string | null
  email: string | null
  email_key: string | null
  phone: string | null
  first_name: string | null
  last_name: string | null
  company: string | null
  language: string | null
  country: string | null
  time_zone: string | null
  fields: Generated<Json>
  source: string
  source_ref: string | null
  state: Generated<string>
  archived_at: Timestamp | null
  archive_reason: string | null
  last_activity_at: Timestamp | null
  demo: Generated<boolean>
  search_text: ColumnType<string | null, never, never>
  created_at: Generated<Timestamp>
  updated_at: Generated<Timestamp>
  version: Generated<number>
}

export type DirectoryEntries = {
  account_id: string
  key_kind: string
  key: string
  target_account_id: string
  target_id: string
  created_at: Generated<Timestamp>
}

export type Enrolments = {
  account_id: string
  id: string
  user_id: string
  binding: Buffer
  methods: string[]
  via: string
  ways: string[]
  proof_challenge_id: string | null
  proof_sends: Generated<number>
  resend_after: Timestamp | null
  proven_at: Timestamp | null
  attempts_left: Generated<number>
  security_epoch: number
  next: string | null
  state: Generated<string>
  expires_at: Timestamp
  created_at: Generated<Timestamp>
}

export type EntitlementOverrides = {
  account_id: string
  key: string
  value: Json
  valid_from: Timestamp | null
  valid_until: Timestamp | null
  note: string | null
  created_at: Generated<Timestamp>
  updated_at: Generated<Timestamp>
  version: Generated<number>
}

export type FactorCounters = {
  account_id: string
  user_id: string
  factor: string
  hour_started_at: Timestamp
  failures_in_hour: number
  failures_in_a_row: number
  backoff_until: Timestamp | null
}

export type FieldDefinitions = {
  account_id: string
  name: string
  label: Generated<Json>
  description: string | null
  type: string
  options: Generated<Json>
  default_value: Json | null
  flags: Generated<Json>
  position: Generated<number>
  archived_at: Timestamp | null
  created_at: Generated<Timestamp>
  updated_at: Generated<Timestamp>
  version: Generated<number>
}

export type ImpersonationWrites = {
  account_id: string
  approval_id: string
  staff_user_id: string
  user_id: string
  expires_at: Timestamp
  used_at: Timestamp | null
  created_at: Generated<Timestamp>
}

export type ImportChanges = {
  account_id: string
  import_id: string
  contact_id: string
  kind: string
  before: Json | null
  after_hash: Buffer | null
}

export type ImportChunks = {
  account_id: string
  import_id: string
  no: number
  state: string
  counts: Generated<Json>
}

export type ImportRows = {
  account_id: string
  import_id: string
  line_no: number
  result: string
  code: string | null
  field: string | null
  contact_id: string | null
}

export type ImportStaging = {
  account_id: string
  import_id: string
  line_no: number
  chunk_no: number
  external_id: string | null
  email: string | null
  email_key: string | null
  phone: string | null
  first_name: string | null
  last_name: string | null
  company: string | null
  language: string | null
  country: string | null
  time_zone: string | null
  fields: Generated<Json>
  cleared_fields: Generated<string[]>
  consent: Json | null
  result: string | null
  code: string | null
  field: string | null
  contact_id: string | null
}

export type Imports = {
  account_id: string
  id: string
  file_name: string
  size: number
  sha256: string
  storage_key: string | null
  format: Json
  analysis: Json | null
  mapping: Json | null
  settings: Json | null
  state: string
  counts: Generated<Json>
  operation_id: string | null
  error_code: string | null
  created_by: string | null
  started_at: Timestamp | null
  finished_at: Timestamp | null
  undo_until: Timestamp | null
  created_at: Generated<Timestamp>
  updated_at: Generated<Timestamp>
  version: Generated<number>
}

export type Invitations = {
  account_id: string
  id: string
  user_id: string
  email: string
  status: Generated<string>
  invited_by: string
  expires_at: Timestamp
  used_at: Timestamp | null
  created_at: Generated<Timestamp>
  updated_at: Generated<Timestamp>
  version: Generated<number>
  origin: Generated<string>
}

export type IpEntries = {
  account_id: string
  id: string
  lo: Buffer
  hi: Buffer
  family: number
  kind: string
  input: string
  canonical: string
  label: string | null
  scopes: string[]
  target_user_id: string | null
  expires_at: Timestamp | null
  expiry_noticed_at: Timestamp | null
  created_by: string | null
  created_at: Generated<Timestamp>
}

export type IpExceptions = {
  account_id: string
  id: string
  user_id: string
  address: string
  origin: string
  ticket: string | null
  reason: string | null
  approved_by: Generated<string[]>
  expires_at: Timestamp
  created_at: Generated<Timestamp>
}

export type IpPolicies = {
  account_id: string
  state: Generated<string>
  on_session_mismatch: Generated<string>
  version: Generated<number>
  pending_until: Timestamp | null
  pending_by: string | null
  pending_editors: Generated<string[]>
  previous: Json | null
  expiry_judged_at: Timestamp | null
  created_at: Generated<Timestamp>
  updated_at: Generated<Timestamp>
}

export type IpReports = {
  account_id: string
  address: string
  scope: string
  user_id: Generated<string>
  hits: Generated<number>
  first_at: Generated<Timestamp>
  last_at: Generated<Timestamp>
}

export type IpSignIns = {
  account_id: string
  address: string
  user_id: string
  day: string
  hits: Generated<number>
}

export type KnownDevices = {
  account_id: string
  user_id: string
  token_hash: Buffer
  agent_family: string
  last_used_at: Generated<Timestamp>
  expires_at: Timestamp
  created_at: Generated<Timestamp>
}

export type Leases = {
  account_id: string
  id: string
  source_id: string
  node_id: string
  epoch: number
  expires_at: Timestamp
  created_at: Generated<Timestamp>
}

export type LinkTokens = {
  account_id: string
  token_hash: Buffer
  purpose: string
  user_id: string | null
  detail: Generated<Json>
  expires_at: Timestamp
  used_at: Timestamp | null
  created_at: Generated<Timestamp>
}

export type LoginDelays = {
  account_id: string
  login_mac: Buffer
  tries: number
  began_at: Timestamp
  next_at: Timestamp
  admitted: boolean
}

export type MessageAttempts = {
  account_id: string
  message_id: string
  n: number
  source_id: string
  provider_id: string | null
  handed_at: Timestamp | null
  answered_at: Timestamp | null
  answer_class: string | null
  code: string | null
  text: string | null
  at: Generated<Timestamp>
}

export type MessageEvents = {
  account_id: string
  id: string
  message_id: string
  source_id: string
  contact_id: string | null
  kind: string
  received_at: Generated<Timestamp>
  raw_ref: string | null
  detail: Generated<Json>
  at: Generated<Timestamp>
}

export type Messages = {
  account_id: string
  source_id: string
  recipient_key: string
  channel: string
  run_month: string
  source_kind: string
  message_id: string
  contact_id: string | null
  address: string | null
  address_hash: Buffer | null
  state: Generated<string>
  reason: string | null
  resolution: string | null
  attempts: Generated<number>
  next_attempt_at: Timestamp | null
  lane: Generated<number>
  provider_id: string | null
  provider_ref: string | null
  answer: Json | null
  lease_id: string | null
  lease_epoch: number | null
  content_revision: Generated<number>
  variant: string | null
  delivery_status: Generated<string>
  basis: string | null
  flags: Generated<string[]>
  price_id: string | null
  billable_units: Generated<number>
  provider_price_id: string | null
  provider_cost_minor: number | null
  currency: string | null
  logical_id: string | null
  rung: number | null
  planned_at: Generated<Timestamp>
  handed_at: Timestamp | null
  final_at: Timestamp | null
}

export type MfaChallenges = {
  account_id: string
  id: string
  transaction_id: string
  purpose: string
  user_id: string
  method: string
  binding: Buffer
  destination_sealed: Buffer | null
  destination_hash: Buffer | null
  destination_masked: string | null
  code_mac: Buffer | null
  passkey_challenge: string | null
  offered: string[]
  attempts_left: Generated<number>
  sends: Generated<number>
  resend_after: Timestamp | null
  security_epoch: number
  payload: Generated<Json>
  state: Generated<string>
  transaction_until: Timestamp
  expires_at: Timestamp
  created_at: Generated<Timestamp>
}

export type MfaFactors = {
  account_id: string
  id: string
  user_id: string
  type: string
  state: string
  origin: Generated<string>
  name: string | null
  secret_sealed: Buffer | null
  last_step: number | null
  credential_id: Buffer | null
  public_key: Buffer | null
  counter: Generated<number>
  transports: string[] | null
  backup_eligible: boolean | null
  backed_up: boolean | null
  challenge: string | null
  binding: Buffer | null
  expires_at: Timestamp | null
  confirmed_at: Timestamp | null
  last_used_at: Timestamp | null
  created_at: Generated<Timestamp>
  updated_at: Generated<Timestamp>
  version: Generated<number>
}

export type NodeHeartbeats = {
  node_id: string
  roles: string[]
  host: string
  process_id: number
  started_at: Timestamp
  seen_at: Timestamp
}

export type Operations = {
  account_id: string
  id: string
  type: string
  object_type: string | null
  object_id: string | null
  object_name: string | null
  state: Generated<string>
  params: Generated<Json>
  checkpoint: Generated<Json>
  total: number | null
  done: Generated<number>
  result: Generated<Json>
  error_code: string | null
  error_detail: string | null
  started_by: string | null
  lease_owner: string | null
  lease_until: Timestamp | null
  started_at: Timestamp | null
  finished_at: Timestamp | null
  created_at: Generated<Timestamp>
  updated_at: Generated<Timestamp>
  version: Generated<number>
}

export type PasskeyRequests = {
  account_id: string
  id: string
  binding: Buffer
  challenge: string
  used_at: Timestamp | null
  expires_at: Timestamp
  created_at: Generated<Timestamp>
}

export type PasswordFailures = {
  account_id: string
  password_mac: Buffer
  login_mac: Buffer
  failed_at: Timestamp
}

export type ProvenBrowsers = {
  account_id: string
  user_id: string
  binding: Buffer
  expires_at: Timestamp
  created_at: Generated<Timestamp>
}

export type ProviderRoutes = {
  account_id: string
  id: string
  channel: string
  traffic: Generated<string>
  country: string | null
  receiving_domain: string | null
  sender_id: string | null
  mode: Generated<string>
  providers: Json
  enabled: Generated<boolean>
  created_at: Generated<Timestamp>
  updated_at: Generated<Timestamp>
  version: Generated<number>
}

export type Providers = {
  account_id: string
  id: string
  channel: string
  kind: string
  name: string
  enabled: Generated<boolean>
  config: Generated<Json>
  secrets_sealed: Buffer | null
  limits: Generated<Json>
  shape_by_receiver: Generated<boolean>
  pool: Generated<string>
  last_check: Json | null
  circuit: Generated<string>
  circuit_until: Timestamp | null
  circuit_failures: Generated<number>
  created_at: Generated<Timestamp>
  updated_at: Generated<Timestamp>
  version: Generated<number>
  window_started_at: Timestamp | null
  window_answers: Generated<number>
  window_errors: Generated<number>
}

export type RateBuckets = {
  account_id: string
  key: string
  started_at: Timestamp
  spent: number
}

export type RecoveryCodes = {
  account_id: string
  user_id: string
  position: number
  code_hash: string
  used_at: Timestamp | null
  created_at: Generated<Timestamp>
}

export type RefusedPasswords = {
  account_id: string
  password_mac: Buffer
  until: Timestamp
}

export type RoleIpEntries = {
  account_id: string
  id: string
  role_id: string
  lo: Buffer
  hi: Buffer
  family: number
  kind: string
  input: string
  canonical: string
  label: string | null
  expires_at: Timestamp | null
  created_by: string | null
  created_at: Generated<Timestamp>
}

export type RolePermissions = {
  account_id: string
  role_id: string
  key: string
  scope: Json | null
}

export type Roles = {
  account_id: string
  id: string
  name: string
  built_in: string | null
  limits: Generated<Json>
  created_at: Generated<Timestamp>
  updated_at: Generated<Timestamp>
  version: Generated<number>
}

export type RunJournal = {
  account_id: string
  campaign_id: string
  id: string
  at: Generated<Timestamp>
  kind: string
  actor: Generated<Json>
  detail: Generated<Json>
}

export type SenderIdentities = {
  account_id: string
  id: string
  channel: string
  name: string
  value: string
  reply_to: string | null
  domain_id: string | null
  state: Generated<string>
  is_default: Generated<boolean>
  allowed_role_ids: Generated<string[]>
  created_at: Generated<Timestamp>
  updated_at: Generated<Timestamp>
  version: Generated<number>
}

export type Sessions = {
  account_id: string
  id: string
  token_hash: Buffer
  user_id: string
  last_active_at: Timestamp
  last_address: string | null
  amr: string[]
  limited: string | null
  fresh_general_until: Timestamp | null
  fresh_factors_until: Timestamp | null
  security_epoch: number
  agent_family: string
  created_at: Generated<Timestamp>
  policy_version: number | null
  impersonator_user_id: string | null
  impersonator_session_id: string | null
  impersonator_name: string | null
  impersonation_expires_at: Timestamp | null
  impersonation_write: Generated<boolean>
  impersonation_reason: string | null
  limited_until: Timestamp | null
  mismatch_noticed_at: Timestamp | null
  support_access_used_at: Timestamp | null
}

export type SimulatorAttachments = {
  account_id: string
  simulator_message_id: string
  position: number
  file_name: string
  content_type: string
  size: number
  content: Buffer
  content_id: string | null
}

export type SimulatorEvents = {
  account_id: string
  id: string
  simulator_message_id: string
  kind: string
  detail: string | null
  at: Generated<Timestamp>
}

export type SimulatorMessages = {
  account_id: string
  id: string
  mailbox: Generated<string>
  channel: Generated<string>
  origin: string
  message_id: string | null
  campaign_id: string | null
  from_address: string
  from_name: string | null
  to_address: string
  to_name: string | null
  envelope_from: string | null
  subject: string | null
  text_body: string | null
  html_body: string | null
  headers: Generated<Json>
  links: Generated<Json>
  list_unsubscribe: Json | null
  raw: Buffer | null
  size: number
  search_text: Generated<string>
  received_at: Generated<Timestamp>
}

export type SmsSends = {
  account_id: string
  id: string
  for_account_id: string
  for_user_id: string
  number_mac: Buffer
  prefix_mac: Buffer
  country: string
  weight: number
  notice: Generated<boolean>
  sent_at: Generated<Timestamp>
  verified_at: Timestamp | null
}

export type SmtpCredentials = {
  account_id: string
  id: string
  public_id: string
  name: string
  stream_id: string
  secret_hash: Buffer
  cidrs: Generated<string[]>
  created_by: string
  last_used_at: Timestamp | null
  last_address: string | null
  created_at: Generated<Timestamp>
  updated_at: Generated<Timestamp>
  version: Generated<number>
}

export type StrangerRequests = {
  account_id: string
  id: string
  kind: string
  given_sealed: Buffer
  created_at: Generated<Timestamp>
}

export type Streams = {
  account_id: string
  id: string
  channel: Generated<string>
  name: string
  slug: string
  settings: Generated<Json>
  created_at: Generated<Timestamp>
  updated_at: Generated<Timestamp>
  version: Generated<number>
}

export type SupportGrants = {
  account_id: string
  id: string
  granted_by: string
  expires_at: Timestamp
  revoked_at: Timestamp | null
  created_at: Generated<Timestamp>
}

export type SuppressionDomains = {
  account_id: string
  id: string
  domain: string
  with_subdomains: Generated<boolean>
  reason: Generated<string>
  comment: string | null
  created_by: string | null
  created_at: Generated<Timestamp>
}

export type Suppressions = {
  account_id: string
  id: string
  channel: string
  address: string | null
  address_hash: Buffer
  kind: Generated<string>
  scope: Generated<string>
  reason: string
  source: string
  source_ref: string | null
  comment: string | null
  expires_at: Timestamp | null
  created_by: string | null
  created_at: Generated<Timestamp>
}

export type SystemMessages = {
  account_id: string
  id: string
  channel: string
  kind: string
  created_at: Generated<Timestamp>
  seq: number
  for_account_id: string
  for_user_id: string | null
  to_mac: Buffer
  content_sealed: Buffer | null
  state: string
  attempts: Generated<number>
  expires_at: Timestamp
  next_at: Generated<Timestamp>
  handed_at: Timestamp | null
  finished_at: Timestamp | null
  failure: string | null
  provider_ref: string | null
}

export type SystemSenderKeys = {
  account_id: string
  domain: string
  selector: string
  public_key: string
  private_key_sealed: Buffer
  created_at: Generated<Timestamp>
}

export type TestSends = {
  account_id: string
  id: string
  campaign_id: string
  address: string
  contact_id: string | null
  content_revision: number
  mark_as_test: Generated<boolean>
  run_month: string
  created_by: string | null
  at: Generated<Timestamp>
  finished_at: Timestamp | null
}

export type TrackingHits = {
  account_id: string
  id: string
  campaign_id: string
  message_id: string
  contact_id: string | null
  kind: string
  position: number | null
  url: string | null
  method: string
  ip_trunc: string | null
  user_agent: string | null
  headers: Generated<Json>
  at: Generated<Timestamp>
}

export type TrackingLinks = {
  account_id: string
  campaign_id: string
  content_revision: number
  position: number
  target: string
}

export type TrustedDevices = {
  account_id: string
  id: string
  user_id: string
  token_hash: Buffer
  security_epoch: number
  agent_family: string
  network: string
  address: string | null
  last_used_at: Generated<Timestamp>
  expires_at: Timestamp
  created_at: Generated<Timestamp>
}

export type UnsubscribePages = {
  account_id: string
  id: string
  name: string
  is_default: Generated<boolean>
  type: Generated<string>
  scope: Generated<string>
  texts: Generated<Json>
  created_at: Generated<Timestamp>
  updated_at: Generated<Timestamp>
  version: Generated<number>
}

export type UserPermissions = {
  account_id: string
  user_id: string
  key: string
  allow: boolean
  scope: Json | null
}

export type UserRoles = {
  account_id: string
  user_id: string
  role_id: string
  created_at: Generated<Timestamp>
}

export type Users = {
  account_id: string
  id: string
  login: string
  email: string
  email_verified_at: Timestamp | null
  phone: string | null
  phone_verified_at: Timestamp | null
  first_name: string
  last_name: string
  language: Generated<string>
  time_zone: Generated<string>
  theme: Generated<string>
  status: Generated<string>
  sign_in_allowed: Generated<boolean>
  valid_until: string | null
  password_sealed: Buffer | null
  password_ge15: Generated<boolean>
  security_epoch: Generated<number>
  activated_at: Timestamp | null
  last_sign_in_at: Timestamp | null
  last_address: string | null
  deleted_at: Timestamp | null
  created_at: Generated<Timestamp>
  updated_at: Generated<Timestamp>
  version: Generated<number>
  mfa_setting: Generated<string>
  preferred_factor: string | null
  email_code_barred_until: Timestamp | null
  password_change_required: Generated<boolean>
  mfa_reset_at: Timestamp | null
  scopes: Generated<Json>
  disabled_at: Timestamp | null
}

export type Schema = {
  account_security: AccountSecurity
  accounts: Accounts
  api_keys: ApiKeys
  approvals: Approvals
  audience_members: AudienceMembers
  audit_checkpoints: AuditCheckpoints
  audit_entries: AuditEntries
  audit_export_parts: AuditExportParts
  audit_exports: AuditExports
  audit_heads: AuditHeads
  audit_subjects: AuditSubjects
  audit_windows: AuditWindows
  break_glass_codes: BreakGlassCodes
  bulk_selections: BulkSelections
  campaign_revisions: CampaignRevisions
  campaigns: Campaigns
  clock_offset: ClockOffset
  consents: Consents
  contact_changes: ContactChanges
  contact_channels: ContactChannels
  contact_counts: ContactCounts
  contact_group_members: ContactGroupMembers
  contact_groups: ContactGroups
  contacts: Contacts
  directory_entries: DirectoryEntries
  enrolments: Enrolments
  entitlement_overrides: EntitlementOverrides
  factor_counters: FactorCounters
  field_definitions: FieldDefinitions
  impersonation_writes: ImpersonationWrites
  import_changes: ImportChanges
  import_chunks: ImportChunks
  import_rows: ImportRows
  import_staging: ImportStaging
  imports: Imports
  invitations: Invitations
  ip_entries: IpEntries
  ip_exceptions: IpExceptions
  ip_policies: IpPolicies
  ip_reports: IpReports
  ip_sign_ins: IpSignIns
  known_devices: KnownDevices
  leases: Leases
  link_tokens: LinkTokens
  login_delays: LoginDelays
  message_attempts: MessageAttempts
  message_events: MessageEvents
  messages: Messages
  mfa_challenges: MfaChallenges
  mfa_factors: MfaFactors
  node_heartbeats: NodeHeartbeats
  operations: Operations
  passkey_requests: PasskeyRequests
  password_failures: PasswordFailures
  proven_browsers: ProvenBrowsers
  provider_routes: ProviderRoutes
  providers: Providers
  rate_buckets: RateBuckets
  recovery_codes: RecoveryCodes
  refused_passwords: RefusedPasswords
  role_ip_entries: RoleIpEntries
  role_permissions: RolePermissions
  roles: Roles
  run_journal: RunJournal
  sender_identities: SenderIdentities
  sessions: Sessions
  simulator_attachments: SimulatorAttachments
  simulator_events: SimulatorEvents
  simulator_messages: SimulatorMessages
  sms_sends: SmsSends
  smtp_credentials: SmtpCredentials
  stranger_requests: StrangerRequests
  streams: Streams
  support_grants: SupportGrants
  suppression_domains: SuppressionDomains
  suppressions: Suppressions
  system_messages: SystemMessages
  system_sender_keys: SystemSenderKeys
  test_sends: TestSends
  tracking_hits: TrackingHits
  tracking_links: TrackingLinks
  trusted_devices: TrustedDevices
  unsubscribe_pages: UnsubscribePages
  user_permissions: UserPermissions
  user_roles: UserRoles
  users: Users
}
