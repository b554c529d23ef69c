import Type, { type Static } from 'typebox'
import { Id, Nullable, Obj } from '../../http/contract.ts'

const ids = (maxItems: number) => Type.Array(Id, { maxItems, uniqueItems: true })
const Percent = Type.Number({ exclusiveMinimum: 0, maximum: 100 })

/** A random part of the audience, drawn once when it is frozen. */
export const Sample = Type.Union([
  Obj({ count: Type.Integer({ minimum: 1, maximum: 100_000_000 }) }),
  Obj({ percent: Percent }),
])
export type Sample = Static<typeof Sample>

const narrowing = {
  /** Only contacts of whom a person opened or clicked something in the last days. */
  engaged_days: Type.Optional(Nullable(Type.Integer({ minimum: 1, maximum: 730 }))),
  sample: Type.Optional(Nullable(Sample)),
  /** Kept out to compare with; their rows say `suppressed(holdout)`. */
  holdout_percent: Type.Optional(Type.Number({ minimum: 0, maximum: 20 })),
  respect_frequency_cap: Type.Optional(Type.Boolean()),
  exclude_without_consent: Type.Optional(Type.Boolean()),
}
export const AudienceInput = Obj({
  group_ids: Type.Optional(ids(50)),
  segment_ids: Type.Optional(ids(0)),
  exclude_group_ids: Type.Optional(ids(50)),
  exclude_segment_ids: Type.Optional(ids(0)),
  ...narrowing,
})
export type AudienceInput = Static<typeof AudienceInput>

export const Audience = Obj({
  group_ids: Type.Array(Id),
  segment_ids: Type.Array(Id),
  exclude_group_ids: Type.Array(Id),
  exclude_segment_ids: Type.Array(Id),
  engaged_days: Nullable(Type.Integer()),
  sample: Nullable(Sample),
  holdout_percent: Type.Number(),
  respect_frequency_cap: Type.Boolean(),
  exclude_without_consent: Type.Boolean(),
})
export type Audience = Static<typeof Audience>
