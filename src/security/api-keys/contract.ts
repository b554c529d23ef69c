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
} from '../../http/contract.ts'
import { entryProblems, NetworkText } from '../network/contract.ts'

const Name = Type.String({ minLength: 1, maxLength: 60 })
const Cidrs = Type.Array(NetworkText, { maxItems: 50 })
const Scope = Type.String({ minLength: 1, maxLength: 80, description: 'Permission key' })
const Person = Obj({ id: Id, name: Type.String() })

const keyMembers = {
  id: Id,
  name: Type.String(),
  prefix: Type.String({ description: 'The part that may be shown: cmp_live_ and 12 characters' }),
  mode: OneOf(['live', 'test']),
  scopes: Type.Array(Scope),
  cidrs: Type.Array(Type.String()),
  rate_limit: Nullable(Type.Integer({ description: 'Requests per second; null: the usual limits' })),
  require_idempotency: Type.Boolean(),
  created_by: Person,
  created_at: Timestamp,
  expires_at: Timestamp,
  last_used_at: Nullable(Timestamp),
  last_address: Nullable(Type.String()),
  status: OneOf(['active', 'rotating', 'suspending', 'revoked', 'expired']),
  old_secret_until: Nullable(Timestamp),
  suspended_from: Nullable(Timestamp),
}
export const ApiKey = Obj(keyMembers)
export type ApiKey = Static<typeof ApiKey>
/** The only answers that hold the secret; no other ever does. */
const ApiKeyWithSecret = Obj({
  ...keyMembers,
  secret: Type.String({ description: 'The whole key, shown once' }),
})

export const listApiKeys = route({
  method: 'GET',
  path: '/api-keys',
  summary: 'API keys of the account; secrets are never shown again',
  tag: 'API keys',
  access: 'account.api_keys.view',
  query: Obj(pageQuery),
  reply: { 200: Page(ApiKey) },
})

export const listApiKeyPresets = route({
  method: 'GET',
  path: '/api-keys/presets',
  summary: 'Bundles of scopes for common purposes, narrowed to what the caller holds',
  tag: 'API keys',
  access: 'account.api_keys.view',
  reply: {
    200: Obj({
      data: Type.Array(
        Obj({
          key: OneOf(['email', 'sms', 'push', 'rcs', 'contacts', 'read_only']),
          scopes: Type.Array(Scope),
        }),
      ),
      grantable: Type.Array(Scope, { description: 'Every scope the caller may give to a key' }),
    }),
  },
})

export const createApiKey = route({
  method: 'POST',
  path: '/api-keys',
  summary: 'Make an API key; the reply alone holds its secret',
  tag: 'API keys',
  access: 'account.api_keys.manage',
  entitlement: 'api.keys',
  stepUp: 'general',
  body: Obj({
    name: Name,
    scopes: Type.Array(Scope, { minItems: 1, maxItems: 300, uniqueItems: true }),
    expires_at: Type.Optional(Timestamp),
    cidrs: Type.Optional(Cidrs),
    mode: Type.Optional(OneOf(['live', 'test'])),
    rate_limit: Type.Optional(Nullable(Type.Integer({ minimum: 1, maximum: 10_000 }))),
    require_idempotency: Type.Optional(Type.Boolean()),
  }),
  records: ['api_key.created'],
  reply: { 201: ApiKeyWithSecret },
  problems: [
    'account_pending',
    'limit_reached',
    'scope_exceeds',
    'unknown_permission',
    'expiry_invalid',
    ...entryProblems,
  ],
})

export const changeApiKey = route({
  method: 'PATCH',
  path: '/api-keys/{id}',
  summary: 'Rename an API key or change from where it may call',
  tag: 'API keys',
  access: 'account.api_keys.manage',
  stepUp: 'general',
  params: IdParams,
  body: PartialObj({ name: Name, cidrs: Cidrs }),
  records: ['api_key.changed'],
  reply: { 200: ApiKey },
  problems: [...entryProblems, 'escalation_refused'],
})

export const rotateApiKey = route({
  method: 'POST',
  path: '/api-keys/{id}/rotate',
  summary: 'Give an API key a new secret; the old one works for 24 hours more',
  tag: 'API keys',
  access: 'account.api_keys.manage',
  stepUp: 'general',
  params: IdParams,
  body: Empty,
  records: ['api_key.rotated'],
  reply: { 200: ApiKeyWithSecret },
  problems: ['not_active', 'escalation_refused'],
})

export const revokeApiKey = route({
  method: 'DELETE',
  path: '/api-keys/{id}',
  summary: 'Revoke an API key at once',
  tag: 'API keys',
  access: 'account.api_keys.manage',
  stepUp: 'general',
  params: IdParams,
  records: ['api_key.revoked'],
  reply: { 204: NoContent },
})
