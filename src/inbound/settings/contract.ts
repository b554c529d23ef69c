import Type, { type Static } from 'typebox'
import { Nullable, Obj, PartialObj, route } from '../../http/contract.ts'

const months = (description: string) =>
  Nullable(Type.Integer({ minimum: 1, maximum: 24, description: `${description}; null: never` }))

const members = {
  hard_limit: Type.Integer({
    minimum: 1,
    maximum: 3,
    description: 'Hard bounces of one address until it is suppressed',
  }),
  hard_months: months('Months until a suppression for hard bounces ends'),
  soft_months: months('Months until a suppression for repeated soft bounces ends'),
}
export const BounceSettings = Obj({ ...members, version: Type.Integer() })
export type BounceSettings = Static<typeof BounceSettings>
export const BounceSettingsChange = PartialObj(members)
export type BounceSettingsChange = Static<typeof BounceSettingsChange>

export const getBounceSettings = route({
  method: 'GET',
  path: '/email/bounce-settings',
  summary: 'When an address that bounces is suppressed, and for how long',
  tag: 'Bounces',
  access: 'email.settings.view',
  reply: { 200: BounceSettings },
})
export const changeBounceSettings = route({
  method: 'PATCH',
  path: '/email/bounce-settings',
  summary: 'Change when an address that bounces is suppressed; entries that stand stay as they are',
  tag: 'Bounces',
  access: 'email.settings.manage',
  ifMatch: 'optional',
  body: BounceSettingsChange,
  records: ['bounce_rule.changed'],
  reply: { 200: BounceSettings },
})
