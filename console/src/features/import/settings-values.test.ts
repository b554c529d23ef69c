import { expect, test } from 'vitest'
import type { ImportSettings } from '../../../../src/contacts/import/contract.ts'
import { outcomesOf, settingsProblem, toSettings, toSettingsValues } from './settings-values.ts'

const settings: ImportSettings = {
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
const values = toSettingsValues(settings)

test('no legal basis is chosen for the person, and the question must be answered', () => {
  expect(values.basis).toBeNull()
  expect(settingsProblem(values)).toBe('basis-missing')
  expect(settingsProblem({ ...values, basis: 'unknown' })).toBeNull()
})

test('consent needs the words where and when it was given; until then it is not sent', () => {
  const consent = { ...values, basis: 'consent' as const }
  expect(settingsProblem(consent)).toBe('source-missing')
  expect(toSettings(consent).legal_basis).toBeNull()
  expect(toSettings({ ...consent, source_text: ' Fair 2026 ' }).legal_basis).toEqual({
    basis: 'consent',
    channels: ['email'],
    purpose: 'marketing',
    source_text: 'Fair 2026',
  })
})

test('the answer to "update existing" counts only where the policy asks it', () => {
  expect(toSettings({ ...values, update_existing: false }).update_existing).toBe(false)
  expect(toSettings({ ...values, rows: 'only_existing', update_existing: false }).update_existing).toBe(true)
})

test('each policy says what becomes of new, existing and archived contacts', () => {
  const outcome = (rows: ImportSettings['rows'], update_existing = true) =>
    Object.values(outcomesOf({ rows, update_existing }))
  expect(outcome('all')).toEqual(['insert', 'update', 'update-archived'])
  expect(outcome('all', false)).toEqual(['insert', 'keep', 'keep-archived'])
  expect(outcome('only_new')).toEqual(['insert', 'skip', 'skip-archived'])
  expect(outcome('only_existing')).toEqual(['not-found', 'update', 'update-archived'])
})
