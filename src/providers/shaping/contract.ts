import Type, { type Static } from 'typebox'
import {
  Id,
  IdParams,
  NoContent,
  Nullable,
  Obj,
  Page,
  pageQuery,
  route,
  Timestamp,
} from '../../http/contract.ts'

const Connections = Type.Integer({ minimum: 1, maximum: 50 })
const PerConnection = Type.Integer({ minimum: 1, maximum: 1_000 })
const PerMinute = Type.Integer({ minimum: 1, maximum: 6_000_000 })
const PerHour = Type.Integer({ minimum: 1, maximum: 200_000_000 })

export const ShapingRule = Obj({
  id: Id,
  /** Domain of the receiver's mail servers, or one receiving domain; `*` = every other receiver. */
  site: Type.String(),
  connections: Type.Integer(),
  messages_per_connection: Type.Integer(),
  per_minute: Nullable(Type.Integer()),
  per_hour: Nullable(Type.Integer()),
  /** Came with the product; it may be changed and removed like every other. */
  shipped: Type.Boolean(),
  created_at: Timestamp,
  updated_at: Timestamp,
  version: Type.Integer(),
})
export type ShapingRule = Static<typeof ShapingRule>

const limits = {
  connections: Type.Optional(Connections),
  messages_per_connection: Type.Optional(PerConnection),
  per_minute: Type.Optional(Nullable(PerMinute)),
  per_hour: Type.Optional(Nullable(PerHour)),
}
export const NewShapingRule = Obj({ site: Type.String({ minLength: 1, maxLength: 253 }), ...limits })
export type NewShapingRule = Static<typeof NewShapingRule>
/** The site is what the rule is about and does not change. */
export const ShapingRuleChange = Obj(limits)
export type ShapingRuleChange = Static<typeof ShapingRuleChange>

export const listShapingRules = route({
  method: 'GET',
  path: '/email/shaping',
  summary: 'Limits per receiving site, newest first; site `*` holds for every other receiver',
  tag: 'Sending',
  access: 'email.settings.view',
  query: Obj(pageQuery),
  reply: { 200: Page(ShapingRule) },
})
export const createShapingRule = route({
  method: 'POST',
  path: '/email/shaping',
  summary: 'Add limits for a receiving site',
  tag: 'Sending',
  access: 'email.settings.manage',
  body: NewShapingRule,
  records: ['shaping_rule.changed'],
  reply: { 201: ShapingRule },
  problems: ['duplicate'],
})
export const getShapingRule = route({
  method: 'GET',
  path: '/email/shaping/{id}',
  summary: 'Limits of one receiving site',
  tag: 'Sending',
  access: 'email.settings.view',
  params: IdParams,
  reply: { 200: ShapingRule },
})
export const changeShapingRule = route({
  method: 'PATCH',
  path: '/email/shaping/{id}',
  summary: 'Change the limits of a receiving site',
  tag: 'Sending',
  access: 'email.settings.manage',
  ifMatch: 'optional',
  params: IdParams,
  body: ShapingRuleChange,
  records: ['shaping_rule.changed'],
  reply: { 200: ShapingRule },
})
export const deleteShapingRule = route({
  method: 'DELETE',
  path: '/email/shaping/{id}',
  summary: 'Remove the limits of a receiving site; the rule for all others stays',
  tag: 'Sending',
  access: 'email.settings.manage',
  ifMatch: 'optional',
  params: IdParams,
  records: ['shaping_rule.changed'],
  reply: { 204: NoContent },
  problems: ['built_in'],
})
