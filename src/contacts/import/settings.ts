import type { Trx } from '../../db/pool.ts'
import { type FieldError, invalid } from '../../http/errors.ts'
import { parseTimestamp } from '../../lib/timestamp.ts'
import { findGroup } from '../groups/queries.ts'
import { readCountry, readLanguage } from '../locale.ts'
import type { ImportSettings, SettingsWish } from './contract.ts'

export const defaultSettings: ImportSettings = {
  group_ids: [],
  new_groups: [],
  rows: 'all',
  update_existing: true,
  blank: 'keep',
  duplicates: 'last',
  absent_members: 'keep',
  restore_archived: false,
  legal_basis: null,
  language: null,
  country: null,
}

const at = '/settings'
const fault = (name: string, code: string, detail: string): FieldError => ({
  pointer: `${at}/${name}`,
  code,
  detail,
})

const basisFaults = (settings: ImportSettings, now: Date): FieldError[] => {
  const basis = settings.legal_basis
  if (!basis) return []
  const when = basis.at === undefined ? null : parseTimestamp(basis.at)
  return [
    ...(basis.basis === 'consent' && !basis.source_text
      ? [fault('legal_basis/source_text', 'required', 'tells where and when the persons agreed')]
      : []),
    ...(basis.at !== undefined && !when ? [fault('legal_basis/at', 'pattern', 'is no point in time')] : []),
    ...(when && when > now ? [fault('legal_basis/at', 'out_of_range', 'lies in the future')] : []),
  ]
}

const localeFaults = (settings: ImportSettings): FieldError[] => [
  ...(settings.language && !readLanguage(settings.language)
    ? [fault('language', 'not_in_list', 'is not known')]
    : []),
  ...(settings.country && !readCountry(settings.country)
    ? [fault('country', 'not_in_list', 'is not known')]
    : []),
]

const groupFaults = async (trx: Trx, accountId: string, settings: ImportSettings): Promise<FieldError[]> => {
  const faults: FieldError[] = []
  for (const [index, id] of settings.group_ids.entries()) {
    const group = await findGroup(trx, accountId, id)
    if (group?.state !== 'active')
      faults.push(fault(`group_ids/${index}`, 'not_in_list', 'no such active group'))
  }
  const names = settings.new_groups.map((name) => name.toLowerCase())
  names.forEach((name, index) => {
    if (names.indexOf(name) !== index)
      faults.push(fault(`new_groups/${index}`, 'not_in_list', 'is named twice'))
  })
  return faults
}

/** Merges what is wished into what stands, and checks the whole. @throws 422 validation_failed */
export const readSettings = async (
  trx: Trx,
  accountId: string,
  given: { present: ImportSettings; wish: SettingsWish; now: Date },
): Promise<ImportSettings> => {
  const settings: ImportSettings = { ...given.present, ...given.wish }
  const faults = [
    ...basisFaults(settings, given.now),
    ...localeFaults(settings),
    ...(settings.restore_archived
      ? [fault('restore_archived', 'not_in_list', 'archived contacts are not restored by an import')]
      : []),
    ...(await groupFaults(trx, accountId, settings)),
  ]
  if (faults.length > 0) throw invalid(...faults)
  return {
    ...settings,
    group_ids: [...new Set(settings.group_ids)],
    language: settings.language ? readLanguage(settings.language) : null,
    country: settings.country ? readCountry(settings.country) : null,
  }
}
