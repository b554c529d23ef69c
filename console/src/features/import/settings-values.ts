import type { ImportSettings, LegalBasis, SettingsWish } from '../../../../src/contacts/import/contract.ts'
import type { Channel } from '../../../../src/contacts/shapes/contract.ts'

export type SettingsValues = {
  readonly group_ids: readonly string[]
  readonly new_groups: readonly string[]
  readonly rows: ImportSettings['rows']
  readonly update_existing: boolean
  readonly blank: ImportSettings['blank']
  readonly duplicates: ImportSettings['duplicates']
  readonly language: string
  readonly country: string
  /** Nothing is chosen for the person: the question has to be answered. */
  readonly basis: LegalBasis['basis'] | null
  readonly channels: readonly Channel[]
  readonly source_text: string
}

export const toSettingsValues = (settings: ImportSettings): SettingsValues => ({
  group_ids: settings.group_ids,
  new_groups: settings.new_groups,
  rows: settings.rows,
  update_existing: settings.update_existing,
  blank: settings.blank,
  duplicates: settings.duplicates,
  language: settings.language ?? '',
  country: settings.country ?? '',
  basis: settings.legal_basis?.basis ?? null,
  channels: settings.legal_basis?.channels ?? ['email'],
  source_text: settings.legal_basis?.source_text ?? '',
})

export type SettingsProblem = 'basis-missing' | 'source-missing' | 'channel-missing'

export const settingsProblem = (values: SettingsValues): SettingsProblem | null => {
  if (values.basis === null) return 'basis-missing'
  if (values.channels.length === 0) return 'channel-missing'
  return values.basis === 'consent' && values.source_text.trim() === '' ? 'source-missing' : null
}

const toLegalBasis = (values: SettingsValues): LegalBasis | null => {
  if (values.basis === null || settingsProblem(values) !== null) return null
  const text = values.source_text.trim()
  return {
    basis: values.basis,
    channels: [...values.channels],
    purpose: 'marketing',
    ...(text === '' ? {} : { source_text: text }),
  }
}

/** Always in a shape the server takes: a legal basis that is not finished yet is not sent. */
export const toSettings = (values: SettingsValues): SettingsWish => ({
  group_ids: [...values.group_ids],
  new_groups: values.new_groups.map((name) => name.trim()).filter((name) => name !== ''),
  rows: values.rows,
  update_existing: values.rows === 'all' ? values.update_existing : true,
  blank: values.blank,
  duplicates: values.duplicates,
  language: values.language === '' ? null : values.language,
  country: values.country === '' ? null : values.country,
  legal_basis: toLegalBasis(values),
})

/** The row of the policy table that holds (contacts.md §4), as text keys of its three outcomes. */
export const outcomesOf = ({ rows, update_existing }: Pick<SettingsValues, 'rows' | 'update_existing'>) => {
  if (rows === 'only_new') return { new: 'insert', exists: 'skip', archived: 'skip-archived' } as const
  if (rows === 'only_existing') {
    return { new: 'not-found', exists: 'update', archived: 'update-archived' } as const
  }
  return update_existing
    ? ({ new: 'insert', exists: 'update', archived: 'update-archived' } as const)
    : ({ new: 'insert', exists: 'keep', archived: 'keep-archived' } as const)
}
