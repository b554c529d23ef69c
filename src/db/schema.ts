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

export type AllowRequests = {
  account_id: string
  id: string
  address: string
  address_hash: Buffer
  substantiation: string
  state: Generated<string>
  comment: string | null
  requested_by: string | null
  decided_by: string | null
  decided_at: Timestamp | null
  allowed_until: Timestamp | null
  created_at: Generated<Timestamp>
  version: Generated<number>
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
  holdout: Generated<boolean>
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

export type BounceReports = {
  account_id: string
  id: string
  received_at: Generated<Timestamp>
  source: string
  kind: string
  state: string
  raw_ref: string | null
  provider_id: string | null
  provider_ref: string | null
  message_id: string | null
  source_id: string | null
  contact_id: string | null
  address: string | null
  receiver: string | null
  class: string | null
  code: string | null
  text: string | null
  rule_id: string | null
  subject: string | null
  next_try_at: Timestamp | null
  assigned_by: string | null
}

export type BounceRules = {
  account_id: string
  id: string
  position: number
  code: string | null
  pattern: string | null
  receiver: string | null
  class: string
  comment: string | null
  enabled: Generated<boolean>
  created_by: string | null
  created_at: Generated<Timestamp>
  updated_at: Generated<Timestamp>
  version: Generated<number>
}

export type BounceSettings = {
  account_id: string
  hard_limit: Generated<number>
  hard_months: number | null
  soft_months: number | null
  updated_at: Generated<Timestamp>
  version: Generated<number>
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
  weight: Generated<number>
  lane: Generated<number>
  canary: Json | null
  fallback: Json | null
  time_mode: Generated<string>
  status_detail: Json | null
  follow_up: Json | null
  canary_until: Timestamp | null
  canary_passed_at: Timestamp | null
  answers_since: Timestamp | null
  provider_down_since: Timestamp | null
  start_at: Timestamp | null
}

export type CanaryMembers = {
  account_id: string
  campaign_id: string
  recipient_key: string
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

export type DkimKeys = {
  account_id: string
  domain_id: string
  selector: string
  algorithm: string
  private_sealed: Buffer
  public_key: string
  active: boolean
  active_from: Timestamp | null
  created_at: Generated<Timestamp>
}

export type DmarcReportRows = {
  account_id: string
  report_id: string
  n: number
  source: string
  messages: number
  disposition: string
  dkim_aligned: boolean
  spf_aligned: boolean
  header_from: string
}

export type DmarcReports = {
  account_id: string
  domain_id: string
  id: string
  org: string
  report_id: string
  begin_at: Timestamp
  end_at: Timestamp
  policy: string | null
  received_at: Generated<Timestamp>
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

export type InboundMails = {
  account_id: string
  id: string
  purpose: string
  envelope_from: Generated<string>
  envelope_to: string
  message_id: string | null
  run_month: string | null
  is_test: Generated<boolean>
  raw: Buffer
  state: Generated<string>
  received_at: Generated<Timestamp>
  read_at: Timestamp | null
}

export type InstanceGuards = {
  account_id: string
  instance_id: string
  secret_sealed: Buffer
  public_host: string
  mark: Generated<number>
  held_reason: string | null
  held_detail: Generated<Json>
  held_at: Timestamp | null
  updated_at: Generated<Timestamp>
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
  run_month: string | null
  message_ids: Generated<string[]>
  node_beats: number | null
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

export type MessageBounces = {
  account_id: string
  message_id: string
  source_id: string
  run_month: string
  contact_id: string | null
  address_hash: Buffer
  receiver: string | null
  class: string
  code: string | null
  text: string | null
  origin: string
  counts: Generated<boolean>
  sent_at: Timestamp
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

export type MessageQueue = {
  account_id: string
  message_id: string
  source_id: string
  run_month: string
  recipient_key: string
  lane: number
  due_at: Generated<Timestamp>
  domain: string | null
  withheld: string | null
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
  holds_address: ColumnType<boolean | null, never, never>
  open_since: ColumnType<Timestamp | null, never, never>
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
  beats: Generated<number>
  swept_at: Timestamp | null
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

export type ReceiptCalls = {
  account_id: string
  id: string
  provider_id: string
  dialect: string
  body: Buffer
  state: Generated<string>
  received_at: Generated<Timestamp>
  read_at: Timestamp | null
}

export type ReceiptEndpoints = {
  account_id: string
  provider_id: string
  refused: Generated<number>
  refused_at: Timestamp | null
  received: Generated<number>
  received_at: Timestamp | null
  created_at: Generated<Timestamp>
}

export type ReceiptKeys = {
  account_id: string
  provider_id: string
  provider_event_id: string
  at: Generated<Timestamp>
}

export type ReceiverConnections = {
  account_id: string
  provider_id: string
  site: string
  place: number
  holder: string
  expires_at: Timestamp
}

export type ReceiverDomains = {
  account_id: string
  domain: string
  site: string
  seen_at: Generated<Timestamp>
}

export type ReceiverFigures = {
  account_id: string
  provider_id: string
  site: string
  slot: Timestamp
  accepted: Generated<number>
  deferred: Generated<number>
  slowed: Generated<number>
  refused: Generated<number>
  blocked: Generated<number>
}

export type ReceiverSites = {
  account_id: string
  provider_id: string
  site: string
  minute_from: Timestamp | null
  hour_from: Timestamp | null
  factor: Generated<number>
  slowed_at: Timestamp | null
  deferred_at: Timestamp | null
  code: string | null
  text: string | null
  used_at: Generated<Timestamp>
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

export type RunAnswers = {
  account_id: string
  source_id: string
  at: Generated<Timestamp>
  id: string
  accepted: Generated<number>
  refused: Generated<number>
  deferred: Generated<number>
  lost: Generated<number>
  example: Json | null
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

export type SenderDomainClaims = {
  account_id: string
  domain: string
  token: string
  expires_at: Timestamp
}

export type SenderDomainRecords = {
  account_id: string
  domain_id: string
  id: string
  kind: string
  type: string
  name: string
  expected: string
  selector: string | null
  state: Generated<string>
  found: Generated<string[]>
  finding: string | null
  finding_detail: Generated<Json>
  valid_at: Timestamp | null
  invalid_since: Timestamp | null
  checked_at: Timestamp | null
  retired_until: Timestamp | null
}

export type SenderDomains = {
  account_id: string
  id: string
  domain: string
  mode: Generated<string>
  return_path_label: string
  tracking_label: string
  dkim_selector: string
  ed25519: Generated<boolean>
  dmarc: Json
  allowed_role_ids: Generated<string[]>
  allowed_user_ids: Generated<string[]>
  ownership_token: string
  state: Generated<string>
  zone: string | null
  name_servers: Generated<string[]>
  tracking_ready: Generated<boolean>
  generated_at: Timestamp | null
  verified_at: Timestamp | null
  authorized_at: Timestamp | null
  broken_at: Timestamp | null
  checked_at: Timestamp | null
  next_check_at: Timestamp | null
  created_at: Generated<Timestamp>
  updated_at: Generated<Timestamp>
  version: Generated<number>
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
  confirmed_at: Timestamp | null
  confirmation_sent_at: Timestamp | null
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

export type ShapingRules = {
  account_id: string
  id: string
  site: string
  connections: Generated<number>
  messages_per_connection: Generated<number>
  per_minute: number | null
  per_hour: number | null
  shipped: Generated<boolean>
  created_at: Generated<Timestamp>
  updated_at: Generated<Timestamp>
  version: Generated<number>
}

export type SimulatorActs = {
  account_id: string
  id: string
  simulator_message_id: string
  kind: string
  due_at: Timestamp
  attempts: Generated<number>
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
  parsed: Generated<boolean>
  raw_encoding: Generated<string>
}

export type SimulatorScripts = {
  account_id: string
  id: string
  name: string | null
  enabled: Generated<boolean>
  match_address: string | null
  match_domain: string | null
  match_campaign_id: string | null
  class: string
  rate: number
  latency_ms: number
  seed: Json
  created_at: Generated<Timestamp>
  updated_at: Generated<Timestamp>
  version: Generated<number>
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
  answer: string | null
  lifted_until: Timestamp | null
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

export type UncertainAsks = {
  account_id: string
  message_id: string
  source_id: string
  provider_id: string
  asked: Generated<number>
  first_asked_at: Timestamp | null
  next_ask_at: Timestamp | null
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

export type WarmupDays = {
  account_id: string
  plan_id: string
  day: string
  cap: number
  campaign_sent: Generated<number>
  transactional_sent: Generated<number>
  reserved: Generated<number>
  reserved_at: Timestamp | null
  diverted: Generated<number>
  answered: Generated<number>
  hard: Generated<number>
  blocked: Generated<number>
  complained: Generated<number>
}

export type WarmupPlans = {
  account_id: string
  id: string
  subject_kind: string
  subject: string
  start_per_day: Generated<number>
  growth: Generated<number>
  target_per_day: number
  days: number
  rest: Generated<string>
  established_provider_id: string | null
  state: Generated<string>
  stop_reason: string | null
  stopped_on: string | null
  started_on: string
  created_at: Generated<Timestamp>
  updated_at: Generated<Timestamp>
  version: Generated<number>
}

export type WebhookCursors = {
  account_id: string
  audit_seq: number
}

export type WebhookDeliveries = {
  account_id: string
  id: string
  at: Generated<Timestamp>
  endpoint_id: string
  event_id: string
  event_type: string
  event_at: Timestamp
  attempt: Generated<number>
  target: Generated<string>
  state: Generated<string>
  replay: Generated<boolean>
  next_at: Timestamp | null
  lease: string | null
  attempted_at: Timestamp | null
  status_code: number | null
  duration_ms: number | null
  failure: string | null
  excerpt: Generated<string>
}

export type WebhookEndpoints = {
  account_id: string
  id: string
  name: string
  url: string
  secondary_url: string | null
  events: string[]
  auth_type: Generated<string>
  auth_sealed: Buffer | null
  secret_sealed: Buffer
  old_secret_sealed: Buffer | null
  old_secret_until: Timestamp | null
  retry_rule: Generated<string>
  personal_data: Generated<string>
  enabled: Generated<boolean>
  disabled_reason: string | null
  proven_at: Timestamp | null
  failing_since: Timestamp | null
  last_status: number | null
  last_at: Timestamp | null
  created_at: Generated<Timestamp>
  updated_at: Generated<Timestamp>
  version: Generated<number>
}

export type WebhookEvents = {
  account_id: string
  id: string
  at: Generated<Timestamp>
  type: string
  payload: Json
  sequence: number | null
}

export type Schema = {
  account_security: AccountSecurity
  accounts: Accounts
  allow_requests: AllowRequests
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
  bounce_reports: BounceReports
  bounce_rules: BounceRules
  bounce_settings: BounceSettings
  break_glass_codes: BreakGlassCodes
  bulk_selections: BulkSelections
  campaign_revisions: CampaignRevisions
  campaigns: Campaigns
  canary_members: CanaryMembers
  clock_offset: ClockOffset
  consents: Consents
  contact_changes: ContactChanges
  contact_channels: ContactChannels
  contact_counts: ContactCounts
  contact_group_members: ContactGroupMembers
  contact_groups: ContactGroups
  contacts: Contacts
  directory_entries: DirectoryEntries
  dkim_keys: DkimKeys
  dmarc_report_rows: DmarcReportRows
  dmarc_reports: DmarcReports
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
  inbound_mails: InboundMails
  instance_guards: InstanceGuards
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
  message_bounces: MessageBounces
  message_events: MessageEvents
  message_queue: MessageQueue
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
  receipt_calls: ReceiptCalls
  receipt_endpoints: ReceiptEndpoints
  receipt_keys: ReceiptKeys
  receiver_connections: ReceiverConnections
  receiver_domains: ReceiverDomains
  receiver_figures: ReceiverFigures
  receiver_sites: ReceiverSites
  recovery_codes: RecoveryCodes
  refused_passwords: RefusedPasswords
  role_ip_entries: RoleIpEntries
  role_permissions: RolePermissions
  roles: Roles
  run_answers: RunAnswers
  run_journal: RunJournal
  sender_domain_claims: SenderDomainClaims
  sender_domain_records: SenderDomainRecords
  sender_domains: SenderDomains
  sender_identities: SenderIdentities
  sessions: Sessions
  shaping_rules: ShapingRules
  simulator_acts: SimulatorActs
  simulator_attachments: SimulatorAttachments
  simulator_events: SimulatorEvents
  simulator_messages: SimulatorMessages
  simulator_scripts: SimulatorScripts
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
  uncertain_asks: UncertainAsks
  unsubscribe_pages: UnsubscribePages
  user_permissions: UserPermissions
  user_roles: UserRoles
  users: Users
  warmup_days: WarmupDays
  warmup_plans: WarmupPlans
  webhook_cursors: WebhookCursors
  webhook_deliveries: WebhookDeliveries
  webhook_endpoints: WebhookEndpoints
  webhook_events: WebhookEvents
}
