import type { Import, ImportAnalysis } from '../../../../src/contacts/import/contract.ts'
import type { SettingsValues } from './settings-values.ts'

export type StepProps = { readonly run: Import; readonly analysis: ImportAnalysis }

export type SectionProps = {
  readonly values: SettingsValues
  readonly onChange: (change: Partial<SettingsValues>) => void
}
