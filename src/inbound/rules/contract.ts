import Type, { type Static } from 'typebox'
import {
  Count,
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

const tag = 'Bounces'
const view = 'email.settings.view'
const manage = 'email.settings.manage'

/** What an answer can mean (email.md §11.1); the last three are no bounce at all. */
export const ruleClasses = [
  'unknown_user',
  'unknown_domain',
  'disabled',
  'mailbox_full',
  'server',
  'timeout',
  'greylist',
  'too_large',
  'spam',
  'policy',
  'reputation',
  'authentication',
  'out_of_office',
  'auto_reply',
  'challenge',
] as const

const Wild = (maxLength: number, description: string) =>
  Type.String({ minLength: 1, maxLength, description: `${description}; \`*\` stands for any characters` })

const members = {
  code: Nullable(Wild(32, 'Enhanced code, else the three digits')),
  pattern: Nullable(Wild(200, 'Looked for anywhere in the answer, upper and lower case are one')),
  receiver: Nullable(Wild(253, 'Domain of the recipient')),
  class: OneOf(ruleClasses),
  comment: Nullable(Type.String({ maxLength: 250 })),
  enabled: Type.Boolean(),
  position: Type.Integer({ minimum: 1, maximum: 10_000, description: 'The first rule that fits decides' }),
}
export const BounceRule = Obj({
  id: Id,
  ...members,
  created_at: Timestamp,
  updated_at: Timestamp,
  version: Type.Integer(),
})
export type BounceRule = Static<typeof BounceRule>

export const NewBounceRule = Obj({
  class: members.class,
  code: Type.Optional(members.code),
  pattern: Type.Optional(members.pattern),
  receiver: Type.Optional(members.receiver),
  comment: Type.Optional(members.comment),
  enabled: Type.Optional(members.enabled),
  position: Type.Optional(members.position),
})
export type NewBounceRule = Static<typeof NewBounceRule>
export const BounceRuleChange = PartialObj(members)
export type BounceRuleChange = Static<typeof BounceRuleChange>

export const listBounceRules = route({
  method: 'GET',
  path: '/email/bounce-rules',
  summary: 'Own rules in the order in which they are asked, before the shipped ones',
  tag,
  access: view,
  query: Obj(pageQuery),
  reply: { 200: Page(BounceRule) },
})
export const ShippedBounceRule = Obj({
  id: Type.String(),
  code: Nullable(Type.String()),
  pattern: Nullable(Type.String({ description: 'A regular expression' })),
  class: Type.String(),
})
export const listShippedBounceRules = route({
  method: 'GET',
  path: '/email/shipped-bounce-rules',
  summary: 'The rules of this release, in their order; they cannot be changed, own ones come before them',
  tag,
  access: view,
  reply: { 200: Obj({ data: Type.Array(ShippedBounceRule) }) },
})
export const createBounceRule = route({
  method: 'POST',
  path: '/email/bounce-rules',
  summary: 'Add a rule of your own',
  tag,
  access: manage,
  body: NewBounceRule,
  records: ['bounce_rule.changed'],
  reply: { 201: BounceRule },
  problems: ['limit'],
})
export const getBounceRule = route({
  method: 'GET',
  path: '/email/bounce-rules/{id}',
  summary: 'One rule',
  tag,
  access: view,
  params: IdParams,
  reply: { 200: BounceRule },
})
export const changeBounceRule = route({
  method: 'PATCH',
  path: '/email/bounce-rules/{id}',
  summary: 'Change a rule; what was judged before keeps its class until it is judged anew',
  tag,
  access: manage,
  ifMatch: 'optional',
  params: IdParams,
  body: BounceRuleChange,
  records: ['bounce_rule.changed'],
  reply: { 200: BounceRule },
})
export const deleteBounceRule = route({
  method: 'DELETE',
  path: '/email/bounce-rules/{id}',
  summary: 'Remove a rule',
  tag,
  access: manage,
  ifMatch: 'optional',
  params: IdParams,
  records: ['bounce_rule.changed'],
  reply: { 204: NoContent },
})

const Verdict = Obj({
  class: Type.String(),
  group: OneOf(['hard', 'soft', 'block', 'none']),
  rule_id: Nullable(Id),
  shipped_rule: Nullable(Type.String()),
})
export const testBounceRules = route({
  method: 'POST',
  path: '/email/bounce-rules/test',
  summary:
    'Try the rules, or one that is not saved yet, on an answer and on the answers stored in the last days',
  tag,
  access: view,
  body: Obj({
    rule: Type.Optional(
      Obj({
        code: Type.Optional(members.code),
        pattern: Type.Optional(members.pattern),
        receiver: Type.Optional(members.receiver),
        class: members.class,
      }),
    ),
    answer: Type.Optional(
      Obj({
        code: Type.Optional(Type.String({ maxLength: 32 })),
        text: Type.String({ maxLength: 2000 }),
        receiver: Type.Optional(Nullable(Type.String({ maxLength: 253 }))),
      }),
    ),
    days: Type.Optional(Type.Integer({ minimum: 1, maximum: 90, default: 30 })),
  }),
  records: { nothing: 'tries rules and changes none' },
  reply: {
    200: Obj({
      verdict: Nullable(Verdict),
      looked_at: Count,
      fitting: Count,
      changing: Count,
      samples: Type.Array(
        Obj({
          at: Timestamp,
          receiver: Nullable(Type.String()),
          code: Nullable(Type.String()),
          text: Nullable(Type.String()),
          class_before: Type.String(),
          class_after: Type.String(),
        }),
      ),
    }),
  },
})
export const reclassifyBounces = route({
  method: 'POST',
  path: '/email/bounce-rules/reclassify',
  summary: 'Judge the bounces of the last days anew; reports and suppressions follow',
  tag,
  access: manage,
  body: Obj({ days: Type.Integer({ minimum: 1, maximum: 365 }) }),
  records: ['bounce.reclassified'],
  reply: { 202: Obj({ operation_id: Id }) },
})
