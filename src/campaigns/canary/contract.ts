import Type, { type Static } from 'typebox'
import { Obj } from '../../http/contract.ts'

const Limit = Type.Number({ minimum: 0, maximum: 100 })
const limits = { hard_bounce: Limit, block: Limit, complaint: Limit, uncertain: Limit }

/** The first part of the audience, 200 to 5,000 at random; the rest follows when the limits hold (email.md §17). */
export const CanaryInput = Obj({
  percent: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 50 })),
  wait_minutes: Type.Optional(Type.Integer({ minimum: 5, maximum: 240 })),
  limits: Type.Optional(Type.Partial(Type.Object(limits), { additionalProperties: false })),
})
export type CanaryInput = Static<typeof CanaryInput>

export const Canary = Obj({
  percent: Type.Number(),
  wait_minutes: Type.Integer(),
  /** Percent of the first messages; above it the run pauses. */
  limits: Obj(limits),
})
export type Canary = Static<typeof Canary>
