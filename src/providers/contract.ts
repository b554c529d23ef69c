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
  pageQuery,
  RawString,
  route,
  Timestamp,
} from '../http/contract.ts'
import { ReceiptCounts, Receipts, ReceiptsGiven } from './receipts/contract.ts'

const Channel = OneOf(['email'])
const Kind = OneOf(['smtp', 'mx', 'simulator'])
const Pool = OneOf(['any', 'campaign', 'transactional'])
const Tls = OneOf(['starttls', 'tls', 'none'])
const Name = Type.String({ minLength: 1, maxLength: 100 })

const Host = Type.String({ minLength: 1, maxLength: 253 })
const Port = Type.Integer({ minimum: 1, maximum: 65_535 })
const Username = Type.String({ minLength: 1, maxLength: 255 })
const Password = RawString({ minLength: 1, maxLength: 1024, description: 'Write-only' })
const SourceAddress = Type.String({ minLength: 2, maxLength: 45, description: 'Own IPv4 or IPv6 address' })
const EhloName = Type.String({ minLength: 1, maxLength: 253 })

/** Members by kind; those of another kind are refused. `smtp` needs host and port; `mx` has name and addresses. */
export const ProviderConfigGiven = Obj({
  host: Type.Optional(Host),
  port: Type.Optional(Port),
  tls: Type.Optional(Tls),
  username: Type.Optional(Nullable(Username)),
  password: Type.Optional(Nullable(Password)),
  ehlo_name: Type.Optional(Nullable(EhloName)),
  source_addresses: Type.Optional(Nullable(Type.Array(SourceAddress, { maxItems: 32 }))),
  receipts: Type.Optional(ReceiptsGiven),
})
export const ProviderConfig = Obj({
  host: Type.Optional(Type.String()),
  port: Type.Optional(Type.Integer()),
  tls: Type.Optional(Tls),
  username: Type.Optional(Nullable(Type.String())),
  has_password: Type.Optional(Type.Boolean()),
  ehlo_name: Type.Optional(Nullable(Type.String())),
  source_addresses: Type.Optional(Type.Array(Type.String())),
  receipts: Type.Optional(Receipts),
})

const ownLimit = (maximum: number) => Type.Optional(Nullable(Type.Integer({ minimum: 1, maximum })))
/** null = no own limit; null `concurrent` and `max_batch` = the adapter's value. */
export const ProviderLimitsGiven = Obj({
  per_second: ownLimit(100_000),
  per_minute: ownLimit(6_000_000),
  per_hour: ownLimit(200_000_000),
  per_day: ownLimit(2_000_000_000),
  concurrent: ownLimit(50),
  max_batch: ownLimit(1_000),
})
const Limit = Nullable(Type.Integer())
export const ProviderLimits = Obj({
  per_second: Limit,
  per_minute: Limit,
  per_hour: Limit,
  per_day: Limit,
  concurrent: Limit,
  max_batch: Limit,
})

export const Provider = Obj({
  id: Id,
  channel: Channel,
  kind: Kind,
  name: Type.String(),
  enabled: Type.Boolean(),
  config: ProviderConfig,
  limits: ProviderLimits,
  shape_by_receiver: Type.Boolean(),
  pool: Pool,
  capabilities: Obj({
    channel: Channel,
    max_batch: Type.Integer(),
    concurrent: Type.Integer(),
    idempotent_submit: Type.Boolean(),
    lookup_by_id: Type.Boolean(),
    delivery_receipts: Type.Boolean(),
  }),
  state: Obj({
    circuit: OneOf(['closed', 'open', 'half_open']),
    last_check: Nullable(Obj({ at: Timestamp, ok: Type.Boolean(), detail: Type.String() })),
    limiting: Nullable(Type.String()),
  }),
  receipts_url: Nullable(Type.String()),
  receipts: ReceiptCounts,
  created_at: Timestamp,
  updated_at: Timestamp,
  version: Type.Integer(),
})
export type Provider = Static<typeof Provider>

export const NewProvider = Obj({
  channel: Channel,
  kind: Kind,
  name: Name,
  enabled: Type.Optional(Type.Boolean({ default: true })),
  config: ProviderConfigGiven,
  limits: Type.Optional(ProviderLimitsGiven),
  shape_by_receiver: Type.Optional(Type.Boolean({ default: false })),
  pool: Type.Optional(Pool),
})
export type NewProvider = Static<typeof NewProvider>

/** Merge patch (RFC 7396): a member of `config` or `limits` left out stays, `null` clears it. */
export const ProviderChange = Obj({
  name: Type.Optional(Name),
  enabled: Type.Optional(Type.Boolean()),
  config: Type.Optional(ProviderConfigGiven),
  limits: Type.Optional(ProviderLimitsGiven),
  shape_by_receiver: Type.Optional(Type.Boolean()),
  pool: Type.Optional(Pool),
})
export type ProviderChange = Static<typeof ProviderChange>

/**
 * A fresh confirmation is asked only when a secret is set, or when a stored secret would be shown to another server:
 * then `step_up_required` with purpose `general`.
 */
const writeProblems = ['name_taken', 'url_refused', 'step_up_required'] as const

export const listProviders = route({
  method: 'GET',
  path: '/sending/providers',
  summary: 'Providers, newest first',
  tag: 'Sending',
  access: 'sending.providers.view',
  query: Obj({ ...pageQuery, channel: Type.Optional(Channel) }),
  reply: { 200: Page(Provider) },
})
export const createProvider = route({
  method: 'POST',
  path: '/sending/providers',
  summary: 'Add a provider',
  tag: 'Sending',
  access: 'sending.providers.manage',
  body: NewProvider,
  records: ['provider.created'],
  reply: { 201: Provider },
  problems: writeProblems,
})
export const getProvider = route({
  method: 'GET',
  path: '/sending/providers/{id}',
  summary: 'One provider; secrets are never in a reply',
  tag: 'Sending',
  access: 'sending.providers.view',
  params: IdParams,
  reply: { 200: Provider },
})
export const changeProvider = route({
  method: 'PATCH',
  path: '/sending/providers/{id}',
  summary: 'Change a provider',
  tag: 'Sending',
  access: 'sending.providers.manage',
  ifMatch: 'optional',
  params: IdParams,
  body: ProviderChange,
  records: ['provider.changed'],
  reply: { 200: Provider },
  problems: writeProblems,
})
export const deleteProvider = route({
  method: 'DELETE',
  path: '/sending/providers/{id}',
  summary: 'Remove a provider that stands in no route',
  tag: 'Sending',
  access: 'sending.providers.manage',
  ifMatch: 'optional',
  params: IdParams,
  records: ['provider.deleted'],
  reply: { 204: NoContent },
  problems: ['provider_in_use'],
})
export const checkProvider = route({
  method: 'POST',
  path: '/sending/providers/{id}/check',
  sends: true,
  summary: 'Try the provider without sending; tells exactly what failed',
  tag: 'Sending',
  access: 'sending.providers.manage',
  params: IdParams,
  body: Empty,
  records: { nothing: 'tries the connection and changes no setting' },
  reply: {
    200: Obj({ ok: Type.Boolean(), at: Timestamp, detail: Type.String(), duration_ms: Type.Integer() }),
  },
})

const RouteProviders = Type.Array(
  Obj({ provider_id: Id, percent: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })) }),
  { minItems: 1, maxItems: 10 },
)
const Traffic = OneOf(['any', 'campaign', 'transactional'])
const Mode = OneOf(['failover', 'split'])
const Country = Type.String({ pattern: '^[A-Z]{2}$' })

export const SendingRoute = Obj({
  id: Id,
  channel: Channel,
  traffic: Traffic,
  country: Nullable(Type.String()),
  receiving_domain: Nullable(Type.String()),
  sender_id: Nullable(Id),
  mode: Mode,
  providers: Type.Array(Obj({ provider_id: Id, percent: Type.Optional(Type.Integer()) })),
  enabled: Type.Boolean(),
  created_at: Timestamp,
  updated_at: Timestamp,
  version: Type.Integer(),
})
export type SendingRoute = Static<typeof SendingRoute>

const routeMembers = {
  traffic: Type.Optional(Traffic),
  country: Type.Optional(Nullable(Country)),
  receiving_domain: Type.Optional(Nullable(Type.String({ minLength: 1, maxLength: 253 }))),
  sender_id: Type.Optional(Nullable(Id)),
  mode: Type.Optional(Mode),
  enabled: Type.Optional(Type.Boolean()),
}
export const NewSendingRoute = Obj({ channel: Channel, ...routeMembers, providers: RouteProviders })
export type NewSendingRoute = Static<typeof NewSendingRoute>
export const SendingRouteChange = Obj({ ...routeMembers, providers: Type.Optional(RouteProviders) })
export type SendingRouteChange = Static<typeof SendingRouteChange>

export const listRoutes = route({
  method: 'GET',
  path: '/sending/routes',
  summary: 'Routes, newest first',
  tag: 'Sending',
  access: 'sending.providers.view',
  query: Obj({ ...pageQuery, channel: Type.Optional(Channel) }),
  reply: { 200: Page(SendingRoute) },
})
export const createRoute = route({
  method: 'POST',
  path: '/sending/routes',
  summary: 'Add a route',
  tag: 'Sending',
  access: 'sending.providers.manage',
  body: NewSendingRoute,
  records: ['route.changed'],
  reply: { 201: SendingRoute },
  problems: ['duplicate', 'provider_disabled'],
})
export const getRoute = route({
  method: 'GET',
  path: '/sending/routes/{id}',
  summary: 'One route',
  tag: 'Sending',
  access: 'sending.providers.view',
  params: IdParams,
  reply: { 200: SendingRoute },
})
export const changeRoute = route({
  method: 'PATCH',
  path: '/sending/routes/{id}',
  summary: 'Change a route; the first provider is tried first',
  tag: 'Sending',
  access: 'sending.providers.manage',
  ifMatch: 'optional',
  params: IdParams,
  body: SendingRouteChange,
  records: ['route.changed'],
  reply: { 200: SendingRoute },
  problems: ['duplicate', 'provider_disabled'],
})
export const deleteRoute = route({
  method: 'DELETE',
  path: '/sending/routes/{id}',
  summary: 'Remove a route',
  tag: 'Sending',
  access: 'sending.providers.manage',
  ifMatch: 'optional',
  params: IdParams,
  records: ['route.changed'],
  reply: { 204: NoContent },
})
