import Type, { type Static } from 'typebox'
import {
  Empty,
  Id,
  IdParams,
  NoContent,
  Nullable,
  Obj,
  OneOf,
  Page,
  PartialObj,
  pageQuery,
  route,
  Timestamp,
} from '../http/contract.ts'

const tag = 'Sender domains'
const view = 'email.senders.view'
const manage = 'email.senders.manage'

export const domainStates = ['draft', 'pending', 'partial', 'authorized', 'broken', 'disabled'] as const
export const recordStates = ['pending', 'valid', 'invalid', 'warning'] as const
export const recordKinds = ['ownership', 'dkim', 'return_path', 'spf', 'tracking', 'dmarc'] as const

/** What was found wrong or worth saying; the console explains each in words. */
export const findings = [
  'missing',
  'zone_doubled',
  'quotes_in_value',
  'truncated',
  'two_records',
  'missing_final_dot',
  'other_value',
  'not_mergeable',
  'too_many_lookups',
  'propagating',
  'no_answer',
  'held_by_another_account',
  'service_record_missing',
  'other_policy',
  'inherited',
  'no_certificate',
] as const

const Address = Type.String({ minLength: 3, maxLength: 254 })
const dmarcMembers = {
  policy: OneOf(['none', 'quarantine', 'reject']),
  subdomain_policy: Nullable(OneOf(['none', 'quarantine', 'reject'])),
  pct: Type.Integer({ minimum: 0, maximum: 100 }),
  rua: Type.Array(Address, { maxItems: 5, description: 'Addresses for aggregate reports' }),
  ruf: Type.Array(Address, { maxItems: 5, description: 'Addresses for failure reports' }),
  adkim: OneOf(['relaxed', 'strict']),
  aspf: OneOf(['relaxed', 'strict']),
  fo: OneOf(['0', '1', 'd', 's']),
}
export const Dmarc = Obj(dmarcMembers)
export type Dmarc = Static<typeof Dmarc>
export const DmarcChange = PartialObj(dmarcMembers)
export type DmarcChange = Static<typeof DmarcChange>

export const DomainRecord = Obj({
  id: Id,
  kind: OneOf(recordKinds),
  type: OneOf(['TXT', 'MX', 'CNAME']),
  name: Type.String({ description: 'Full name, without a final dot' }),
  host: Type.String({ description: 'The same within the zone; `@` for the zone itself' }),
  value: Type.String({ description: 'Host names without a final dot' }),
  priority: Nullable(Type.Integer({ description: 'Of MX' })),
  needed: OneOf(['always', 'campaigns', 'advised']),
  selector: Nullable(Type.String()),
  state: OneOf(recordStates),
  found: Type.Array(Type.String(), { description: 'What stands there now' }),
  finding: Nullable(OneOf(findings)),
  finding_detail: Type.Record(Type.String(), Type.String()),
  retired_until: Nullable(Timestamp),
  checked_at: Nullable(Timestamp),
})
export type DomainRecord = Static<typeof DomainRecord>

const members = {
  id: Id,
  domain: Type.String({ description: 'A-label, lower case' }),
  mode: OneOf(['direct', 'delegated']),
  return_path_label: Type.String(),
  tracking_label: Type.String(),
  dkim_selector: Type.String(),
  dkim_key: OneOf(['rsa_2048', 'rsa_2048_ed25519']),
  dmarc: Dmarc,
  allowed_role_ids: Type.Array(Id),
  allowed_user_ids: Type.Array(Id),
  state: OneOf(domainStates),
  may_send: Obj({
    campaigns: Type.Boolean(),
    transactional: Type.Boolean(),
  }),
  /** A subdomain for bulk mail keeps its reputation apart from that of the company's letters. */
  suggested_subdomain: Nullable(Type.String()),
  zone: Nullable(Type.String()),
  name_servers: Type.Array(Type.String()),
  guide: Type.String({ description: 'Id of the hosting guide that fits the name servers' }),
  tracking_ready: Type.Boolean({ description: 'Links are written with the tracking host' }),
  generated_at: Nullable(Timestamp),
  authorized_at: Nullable(Timestamp),
  broken_at: Nullable(Timestamp),
  checked_at: Nullable(Timestamp),
  next_check_at: Nullable(Timestamp),
  created_at: Timestamp,
  updated_at: Timestamp,
  version: Type.Integer(),
}
export const SenderDomainItem = Obj(members)
export type SenderDomainItem = Static<typeof SenderDomainItem>
export const SenderDomain = Obj({
  ...members,
  records: Type.Array(DomainRecord),
  keys: Type.Array(
    Obj({
      selector: Type.String(),
      algorithm: OneOf(['rsa-sha256', 'ed25519-sha256']),
      active: Type.Boolean(),
      active_from: Nullable(Timestamp),
    }),
  ),
})
export type SenderDomain = Static<typeof SenderDomain>

const Label = Type.String({ minLength: 1, maxLength: 63 })
const settings = {
  mode: OneOf(['direct', 'delegated']),
  return_path_label: Label,
  tracking_label: Label,
  dkim_key: OneOf(['rsa_2048', 'rsa_2048_ed25519']),
  dmarc: DmarcChange,
  allowed_role_ids: Type.Array(Id, { maxItems: 100 }),
  allowed_user_ids: Type.Array(Id, { maxItems: 100 }),
}
const optional = {
  mode: Type.Optional(settings.mode),
  return_path_label: Type.Optional(settings.return_path_label),
  tracking_label: Type.Optional(settings.tracking_label),
  dkim_key: Type.Optional(settings.dkim_key),
  dmarc: Type.Optional(settings.dmarc),
  allowed_role_ids: Type.Optional(settings.allowed_role_ids),
  allowed_user_ids: Type.Optional(settings.allowed_user_ids),
}
export const NewSenderDomain = Obj({
  domain: Type.String({ minLength: 1, maxLength: 253 }),
  dkim_selector: Type.Optional(
    Type.String({ minLength: 1, maxLength: 63, description: '3..7 characters of a-z 0-9' }),
  ),
  generate: Type.Optional(
    Type.Boolean({ default: true, description: 'False keeps a draft without records' }),
  ),
  ...optional,
})
export type NewSenderDomain = Static<typeof NewSenderDomain>
export const SenderDomainChange = PartialObj({
  ...settings,
  generate: Type.Boolean({ description: 'True makes the records of a draft' }),
  disabled: Type.Boolean({
    description: 'True stops sending from the domain, false lets it be checked again',
  }),
})
export type SenderDomainChange = Static<typeof SenderDomainChange>

const changeProblems = ['invalid_domain', 'email_invalid', 'unknown_role', 'validation_failed'] as const

export const listSenderDomains = route({
  method: 'GET',
  path: '/email/domains',
  summary: 'Sender domains, newest first',
  tag,
  access: view,
  query: Obj(pageQuery),
  reply: { 200: Page(SenderDomainItem) },
})
export const createSenderDomain = route({
  method: 'POST',
  path: '/email/domains',
  summary: 'Add a sender domain; the reply holds the records to publish',
  tag,
  access: manage,
  stepUp: 'general',
  body: NewSenderDomain,
  records: ['sender_domain.created'],
  reply: { 201: SenderDomain },
  problems: [
    ...changeProblems,
    'invalid_selector',
    'public_domain_refused',
    'domain_taken',
    'duplicate',
    'limit_reached',
  ],
})
export const getSenderDomain = route({
  method: 'GET',
  path: '/email/domains/{id}',
  summary: 'One sender domain with its records',
  tag,
  access: view,
  params: IdParams,
  reply: { 200: SenderDomain },
})
export const changeSenderDomain = route({
  method: 'PATCH',
  path: '/email/domains/{id}',
  summary: 'Change a sender domain; the records of a label that is changed count for 14 more days',
  tag,
  access: manage,
  stepUp: 'general',
  ifMatch: 'optional',
  params: IdParams,
  body: SenderDomainChange,
  records: ['sender_domain.changed'],
  reply: { 200: SenderDomain },
  problems: changeProblems,
})
export const deleteSenderDomain = route({
  method: 'DELETE',
  path: '/email/domains/{id}',
  summary: 'Remove a sender domain with its keys',
  tag,
  access: manage,
  stepUp: 'general',
  ifMatch: 'optional',
  params: IdParams,
  records: ['sender_domain.deleted'],
  reply: { 204: NoContent },
  problems: ['domain_in_use'],
})
export const checkSenderDomain = route({
  method: 'POST',
  path: '/email/domains/{id}/check',
  summary: 'Ask the name servers now, at most every 10 seconds',
  tag,
  access: manage,
  params: IdParams,
  body: Empty,
  records: { whenChanged: ['sender_domain.authorized', 'sender_domain.broken'] },
  reply: { 200: SenderDomain },
  problems: ['rate_limited', 'invalid_domain'],
})
export const rotateDkim = route({
  method: 'POST',
  path: '/email/domains/{id}/rotate-dkim',
  summary: 'Sign with the second selector from now on and make a new key for the first',
  tag,
  access: manage,
  stepUp: 'general',
  params: IdParams,
  body: Empty,
  records: ['dkim_key.rotated'],
  reply: { 200: SenderDomain },
  problems: ['cause_still_present', 'invalid_domain'],
})
export const getZonefile = route({
  method: 'GET',
  path: '/email/domains/{id}/zonefile',
  summary: 'The records to publish as a zone file (RFC 1035)',
  tag,
  access: view,
  params: IdParams,
  query: Obj({
    part: Type.Optional(
      Type.Unsafe<'domain' | 'service'>({
        type: 'string',
        enum: ['domain', 'service'],
        default: 'domain',
        description: 'What the account publishes, or in delegated mode what the operator does',
      }),
    ),
  }),
  replyType: 'text/plain',
  reply: { 200: Type.String() },
})
export const sendDomainRecords = route({
  method: 'POST',
  path: '/email/domains/{id}/send-records',
  summary: 'Mail the records to whoever manages the zone',
  tag,
  access: manage,
  params: IdParams,
  body: Obj({ to: Address, language: Type.Optional(OneOf(['en', 'pl', 'de'])) }),
  records: { nothing: 'a mail with values that are public; no setting changes' },
  reply: { 202: Obj({ to: Type.String() }) },
  problems: ['rate_limited', 'email_invalid', 'invalid_domain'],
})

const DmarcSource = Obj({
  source: Type.String({ description: 'Network address' }),
  messages: Type.Integer(),
  dkim_aligned: Type.Integer(),
  spf_aligned: Type.Integer(),
  passed: Type.Integer({ description: 'Aligned by DKIM or by SPF' }),
  known: Type.Boolean({ description: 'At least one message of it passed within the period' }),
})
export const DmarcReports = Obj({
  from: Timestamp,
  to: Timestamp,
  reports: Type.Integer(),
  days: Type.Array(
    Obj({
      day: Type.String(),
      messages: Type.Integer(),
      passed: Type.Integer(),
      dkim_aligned: Type.Integer(),
      spf_aligned: Type.Integer(),
      quarantined: Type.Integer(),
      rejected: Type.Integer(),
    }),
  ),
  sources: Type.Array(DmarcSource),
  unknown_sources: Type.Array(DmarcSource),
  pass_rate: Nullable(Type.Number()),
})
export type DmarcReports = Static<typeof DmarcReports>
export const getDmarcReports = route({
  method: 'GET',
  path: '/email/domains/{id}/dmarc-reports',
  summary: 'What receivers reported: days, sources, unknown sources; the last 30 days unless stated',
  tag,
  access: view,
  params: IdParams,
  query: Obj({ from: Type.Optional(Timestamp), to: Type.Optional(Timestamp) }),
  reply: { 200: DmarcReports },
})

export const HostingGuide = Obj({
  id: Type.String(),
  name: Type.String(),
  name_form: OneOf(['label', 'label_or_dotted', 'both']),
  apex: Type.String({ description: 'What stands in the name field for the domain itself' }),
  value_form: OneOf(['plain', 'dotted', 'both']),
  steps: Type.Array(Obj({ title: Type.String(), text: Type.String() })),
})
export type HostingGuide = Static<typeof HostingGuide>
export const listHostingGuides = route({
  method: 'GET',
  path: '/email/domain-guides',
  summary: 'How records are entered at known hosts, in the language of the caller',
  tag,
  access: view,
  reply: { 200: Obj({ data: Type.Array(HostingGuide), service_domain: Nullable(Type.String()) }) },
})
