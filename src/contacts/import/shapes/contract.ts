import Type, { type Static } from 'typebox'
import { Count, Id, Nullable, Obj, OneOf, PartialObj, Timestamp } from '../../../http/contract.ts'
import { Channel, ConsentBasis } from '../../shapes/contract.ts'

export const encodings = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1250',
  'windows-1252',
  'iso-8859-1',
  'iso-8859-2',
] as const
export const separators = [';', ',', '\t', '|'] as const
export const dateStyles = ['iso', 'dmy_dot', 'dmy_slash', 'mdy_slash'] as const

const formatProperties = {
  type: OneOf(['csv']),
  encoding: OneOf(encodings),
  separator: OneOf(separators),
  quote: OneOf(['"']),
  header: Type.Boolean(),
  sheet: Type.Null(),
  decimal: OneOf(['.', ',']),
  date_style: OneOf(dateStyles),
}
export const ImportFormat = Obj(formatProperties)
export type ImportFormat = Static<typeof ImportFormat>
/** What is left out is guessed. */
export const FormatWish = PartialObj(formatProperties)
export type FormatWish = Static<typeof FormatWish>

export const ImportAnalysis = Obj({
  format: ImportFormat,
  sheets: Type.Array(Type.String()),
  columns: Type.Array(
    Obj({
      index: Type.Integer(),
      name: Type.String(),
      samples: Type.Array(Type.String()),
      field: Nullable(Type.String({ description: 'The binding proposed' })),
    }),
  ),
  rows: Count,
  rows_exact: Type.Boolean(),
  sample_rows: Type.Array(Type.Array(Type.String())),
  warnings: Type.Array(Obj({ code: Type.String(), line: Nullable(Type.Integer()) })),
})
export type ImportAnalysis = Static<typeof ImportAnalysis>

export const Transform = Type.Union([
  OneOf(['trim', 'upper', 'lower', 'split_name']),
  Obj({ replace: Type.Array(Type.String({ maxLength: 150 }), { minItems: 2, maxItems: 2 }) }),
])
export type Transform = Static<typeof Transform>

/** One of `column` and `constant`. */
export const Binding = Obj({
  column: Type.Optional(Type.Integer({ minimum: 0, maximum: 999 })),
  constant: Type.Optional(Type.String({ maxLength: 500 })),
  field: Type.String({ minLength: 1, maxLength: 60 }),
  transforms: Type.Optional(Type.Array(Transform, { maxItems: 10 })),
})
export type Binding = Static<typeof Binding>
export const ImportMapping = Type.Array(Binding, { minItems: 1, maxItems: 200 })

export const LegalBasis = Obj({
  basis: ConsentBasis,
  channels: Type.Array(Channel, { minItems: 1, maxItems: 4 }),
  purpose: Type.Optional(OneOf(['marketing'])),
  source_text: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 1000,
      description: 'Needed with consent: where and when they agreed',
    }),
  ),
  at: Type.Optional(Timestamp),
})
export type LegalBasis = Static<typeof LegalBasis>

const settings = {
  group_ids: Type.Array(Id, { maxItems: 50 }),
  new_groups: Type.Array(Type.String({ minLength: 1, maxLength: 150 }), { maxItems: 10 }),
  rows: OneOf(['all', 'only_new', 'only_existing']),
  update_existing: Type.Boolean(),
  blank: OneOf(['keep', 'clear']),
  duplicates: OneOf(['last', 'first', 'reject']),
  absent_members: OneOf(['keep']),
  restore_archived: Type.Boolean({ description: 'Only false so far' }),
  legal_basis: Nullable(LegalBasis),
  language: Nullable(Type.String({ maxLength: 35 })),
  country: Nullable(Type.String({ maxLength: 2 })),
}
export const ImportSettings = Obj(settings)
export type ImportSettings = Static<typeof ImportSettings>
export const SettingsWish = PartialObj(settings)
export type SettingsWish = Static<typeof SettingsWish>
