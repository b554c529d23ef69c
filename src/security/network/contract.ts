import Type, { type Static } from 'typebox'
import {
  Count,
  Id,
  IdParams,
  Nullable,
  Obj,
  OneOf,
  PartialObj,
  pageQuery,
  route,
  Timestamp,
} from '../../http/contract.ts'

/** Judged by the strict parser alone, which answers `bad_address` for everything that is none. */
export const NetworkText = Type.String({
  'x-raw': 'unchecked',
  description: 'Address, CIDR, dotted mask, wildcard or range; at most 64 characters',
})

export const IpState = OneOf(['off', 'report', 'enforce'])
export const IpScope = OneOf(['panel', 'api', 'smtp'])
const Scopes = Type.Array(IpScope, { minItems: 1, maxItems: 3, uniqueItems: true })
const Label = Type.String({ maxLength: 120 })
const Target = Obj({ type: OneOf(['account', 'user']), user_id: Type.Optional(Id) })
const Confirm = Type.Optional(OneOf(['open']))
const Version = Type.Integer({ minimum: 1 })

/** What the parser refuses (security.md §2.3). */
export const entryProblems = [
  'bad_address',
  'host_bits_set',
  'mask_not_contiguous',
  'range_invalid',
  'mapped_prefix',
  'embedded_ipv4',
  'reserved_address',
  'private_address',
  'too_wide',
] as const
const listProblems = [
  ...entryProblems,
  'would_lock_out_caller',
  'duplicate',
  'limit',
  'expiry_invalid',
  'expiry_last_entry',
  'confirm_required',
  'version_conflict',
] as const

export const IpWarning = Obj({
  code: OneOf(['host_address_v6', 'wide_range', 'ip_expiring', 'exception_live', 'not_enforced', 'outside']),
  entry_id: Type.Optional(Id),
  name: Type.Optional(Type.String()),
  address: Type.Optional(Type.String()),
  until: Type.Optional(Timestamp),
})

export const IpPolicy = Obj({
  state: IpState,
  on_session_mismatch: OneOf(['deny', 'revoke']),
  version: Version,
  pending_until: Nullable(Timestamp),
  pending_by: Nullable(Id),
  current_address: Nullable(Type.String()),
  current_address_allowed: Type.Boolean(),
  entries: Count,
  entry_limit: Count,
  warnings: Type.Array(IpWarning),
})
export type IpPolicy = Static<typeof IpPolicy>

export const IpEntry = Obj({
  id: Id,
  address: Type.String({ description: 'The one spelling' }),
  input: Type.String({ description: 'As it was typed' }),
  kind: OneOf(['address', 'cidr', 'mask', 'range']),
  size: Type.String({ description: 'Number of addresses, decimal' }),
  label: Nullable(Type.String()),
  scopes: Type.Array(IpScope),
  target: Target,
  expires_at: Nullable(Timestamp),
  created_by: Nullable(Obj({ id: Id, name: Type.String() })),
  created_at: Timestamp,
  contains_caller: Type.Boolean(),
})
export type IpEntry = Static<typeof IpEntry>

const PolicyMark = Obj({ state: IpState, version: Version, pending_until: Nullable(Timestamp) })
const EntryWarnings = Type.Array(OneOf(['host_address_v6', 'wide_range']))
const Stored = Obj({ entry: IpEntry, warnings: EntryWarnings, policy: PolicyMark })

export const getIpPolicy = route({
  method: 'GET',
  path: '/security/ip-policy',
  summary: 'Whether and how the list of addresses is applied',
  tag: 'IP authorization',
  access: 'account.security.view',
  reply: { 200: IpPolicy },
})
export const putIpPolicy = route({
  method: 'PUT',
  path: '/security/ip-policy',
  summary: 'Switch the list off, to report only, or on',
  tag: 'IP authorization',
  access: 'account.security.manage',
  stepUp: 'general',
  ifMatch: 'required',
  body: Obj({
    state: IpState,
    on_session_mismatch: Type.Optional(OneOf(['deny', 'revoke'])),
    confirm: Confirm,
  }),
  records: ['ip.policy_changed', 'ip.pending'],
  reply: { 200: IpPolicy },
  problems: [
    'would_lock_out_caller',
    'list_empty',
    'confirm_required',
    'expiry_last_entry',
    'version_conflict',
  ],
})
export const confirmIpPolicy = route({
  method: 'POST',
  path: '/security/ip-policy/confirm',
  summary: 'A second person confirms the narrowed list from inside it',
  tag: 'IP authorization',
  access: 'account.security.manage',
  stepUp: 'general',
  body: Obj({}),
  records: ['ip.confirmed'],
  reply: { 200: IpPolicy },
  problems: ['self_approval', 'not_pending', 'would_lock_out_caller'],
})
export const rollBackIpPolicy = route({
  method: 'POST',
  path: '/security/ip-policy/rollback',
  summary: 'Return to the last confirmed list at once',
  tag: 'IP authorization',
  access: 'account.security.manage',
  stepUp: 'general',
  body: Obj({}),
  records: ['ip.rollback'],
  reply: { 200: IpPolicy },
  problems: ['not_pending', 'would_lock_out_caller'],
})

export const listIpEntries = route({
  method: 'GET',
  path: '/security/ip-entries',
  summary: 'Entries of the account and of single users',
  tag: 'IP authorization',
  access: 'account.security.view',
  query: PartialObj({
    scope: IpScope,
    target: OneOf(['account', 'user']),
    user_id: Id,
    ...pageQuery,
  }),
  reply: {
    200: Obj({
      data: Type.Array(IpEntry),
      next_cursor: Nullable(Type.String()),
      has_more: Type.Boolean(),
      version: Version,
    }),
  },
})
export const addIpEntry = route({
  method: 'POST',
  path: '/security/ip-entries',
  summary: 'Add an entry; from state off this applies the list at once unless activate is false',
  tag: 'IP authorization',
  access: 'account.security.manage',
  stepUp: 'general',
  ifMatch: 'optional',
  body: Obj({
    address: NetworkText,
    label: Type.Optional(Label),
    scopes: Type.Optional(Scopes),
    target: Type.Optional(Target),
    expires_at: Type.Optional(Timestamp),
    activate: Type.Optional(Type.Boolean({ default: true })),
  }),
  records: { whenChanged: ['ip.entry_added', 'ip.policy_changed', 'ip.pending'] },
  reply: { 201: Stored, 200: Obj({ covered_by: Id, policy: PolicyMark }) },
  problems: listProblems,
})
export const changeIpEntry = route({
  method: 'PATCH',
  path: '/security/ip-entries/{id}',
  summary: 'Change an entry',
  tag: 'IP authorization',
  access: 'account.security.manage',
  stepUp: 'general',
  ifMatch: 'required',
  params: IdParams,
  body: PartialObj({
    address: NetworkText,
    label: Nullable(Label),
    scopes: Scopes,
    expires_at: Nullable(Timestamp),
    confirm: OneOf(['open']),
  }),
  records: ['ip.entry_changed', 'ip.policy_changed', 'ip.pending'],
  reply: { 200: Stored },
  problems: listProblems,
})
export const deleteIpEntry = route({
  method: 'DELETE',
  path: '/security/ip-entries/{id}',
  summary: 'Delete an entry; the last one only with confirm=open',
  tag: 'IP authorization',
  access: 'account.security.manage',
  stepUp: 'general',
  ifMatch: 'required',
  params: IdParams,
  query: Obj({ confirm: Confirm }),
  records: ['ip.entry_deleted', 'ip.policy_changed', 'ip.pending'],
  reply: { 200: Obj({ policy: PolicyMark }) },
  problems: ['would_lock_out_caller', 'confirm_required', 'expiry_last_entry', 'version_conflict'],
})

const CutOff = Obj({ user_id: Id, name: Type.String(), last_address: Nullable(Type.String()) })
export const testIpAddress = route({
  method: 'POST',
  path: '/security/ip-test',
  summary: 'Judge an address by the list, or by a proposed one, and tell who would be cut off',
  tag: 'IP authorization',
  access: 'account.security.view',
  body: Obj({
    address: NetworkText,
    user_id: Type.Optional(Id),
    scope: Type.Optional(IpScope),
    proposed: Type.Optional(Type.Array(NetworkText, { maxItems: 1000 })),
  }),
  records: { nothing: 'a list is judged, nothing changes' },
  reply: {
    200: Obj({
      address: Type.String(),
      allowed: Type.Boolean(),
      reason: OneOf(['open', 'entry', 'personal', 'exception', 'no_match', 'role_list']),
      entry_id: Nullable(Id),
      would_cut_off: Type.Array(CutOff),
      keys_cut_off: Type.Array(Obj({ id: Id, name: Type.String() })),
    }),
  },
  problems: entryProblems,
})
export const getIpReport = route({
  method: 'GET',
  path: '/security/ip-report',
  summary: 'Would-be denials, and entries proposed from the sign-ins of 30 days',
  tag: 'IP authorization',
  access: 'account.security.view',
  reply: {
    200: Obj({
      denials: Type.Array(
        Obj({
          address: Type.String(),
          scope: IpScope,
          user_id: Nullable(Id),
          hits: Count,
          first_at: Timestamp,
          last_at: Timestamp,
        }),
      ),
      proposals: Type.Array(Obj({ address: Type.String(), sign_ins: Count, users: Count })),
    }),
  },
})

const RoleListEntry = Obj({
  id: Id,
  address: Type.String(),
  input: Type.String(),
  kind: OneOf(['address', 'cidr', 'mask', 'range']),
  size: Type.String(),
  label: Nullable(Type.String()),
  expires_at: Nullable(Timestamp),
  contains_caller: Type.Boolean(),
})
const RoleList = Obj({ data: Type.Array(RoleListEntry), version: Version })
export const getRoleIpList = route({
  method: 'GET',
  path: '/roles/{id}/ip-list',
  summary: 'Networks that holders of the role may use the panel from',
  tag: 'IP authorization',
  access: 'account.security.view',
  params: IdParams,
  reply: { 200: RoleList },
})
export const putRoleIpList = route({
  method: 'PUT',
  path: '/roles/{id}/ip-list',
  summary: 'Replace the networks of the role; an empty list removes the rule',
  tag: 'IP authorization',
  access: 'account.security.manage',
  stepUp: 'general',
  ifMatch: 'required',
  params: IdParams,
  body: Obj({
    addresses: Type.Array(
      Obj({
        address: NetworkText,
        label: Type.Optional(Nullable(Label)),
        expires_at: Type.Optional(Nullable(Timestamp)),
      }),
      { maxItems: 1000 },
    ),
    confirm: Confirm,
  }),
  records: ['ip.role_list_changed', 'ip.policy_changed', 'ip.pending'],
  reply: { 200: RoleList },
  problems: listProblems,
})

export const makeBreakGlassCodes = route({
  method: 'POST',
  path: '/me/break-glass-codes',
  summary: 'Make two new break-glass codes; older ones die',
  tag: 'IP authorization',
  access: 'session',
  stepUp: 'factors',
  body: Obj({}),
  records: ['break_glass.created'],
  reply: { 201: Obj({ codes: Type.Array(Type.String(), { minItems: 2, maxItems: 2 }) }) },
  problems: ['strong_factor_required'],
})
export const getBreakGlassCodes = route({
  method: 'GET',
  path: '/me/break-glass-codes',
  summary: 'How many break-glass codes are left',
  tag: 'IP authorization',
  access: 'session',
  reply: { 200: Obj({ left: Count, created_at: Nullable(Timestamp) }) },
})
