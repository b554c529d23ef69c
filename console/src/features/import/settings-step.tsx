import { Alert, Anchor, Stack } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { getImport, listImports, startImport } from '../../../../src/contacts/import/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { refresh } from '../../lib/queries.ts'
import { AutosaveNote } from '../../ui/autosave-note.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { isComplete } from './bindings.ts'
import { GroupsSection } from './groups-section.tsx'
import { LegalBasisSection } from './legal-basis-section.tsx'
import { PolicySection } from './policy-section.tsx'
import { useSaveImport } from './save-import.ts'
import { type SettingsValues, settingsProblem, toSettings, toSettingsValues } from './settings-values.ts'
import type { StepProps } from './step-props.ts'
import { stepPath } from './steps.ts'
import { useAutosave } from './use-autosave.ts'
import { ValuesSection } from './values-section.tsx'
import { WizardFoot } from './wizard-foot.tsx'

const useStart = (id: string, flush: () => Promise<void>) => {
  const client = useQueryClient()
  const navigate = useNavigate()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const start = async () => {
    setBusy(true)
    setError(null)
    try {
      await flush()
      await call(startImport, { params: { id }, body: {} })
      await refresh(client, getImport, listImports)
      await navigate({ to: `/contacts/imports/${id}` })
    } catch (failure) {
      setError(failure)
      setBusy(false)
    }
  }
  return { busy, error, start }
}

/** Step 4: groups, what becomes of each row, and on which ground these people may be written to. */
export const SettingsStep = ({ run, analysis }: StepProps) => {
  const { t } = useTexts()
  const saveImport = useSaveImport(run.id)
  const [values, setValues] = useState(() => toSettingsValues(run.settings))
  const [asked, setAsked] = useState(false)
  const basis = useRef<HTMLDivElement>(null)
  const change = (part: Partial<SettingsValues>) => setValues({ ...values, ...part })
  const save = useAutosave(toSettings(values), (settings) => saveImport({ settings }))
  const { busy, error, start } = useStart(run.id, save.flush)
  const problem = settingsProblem(values)
  const next = () => {
    setAsked(true)
    if (problem === null) void start()
    else basis.current?.querySelector<HTMLElement>('input:not(:disabled), textarea')?.focus()
  }
  const ready = isComplete(run.mapping ?? [])
  const shownError = error ?? save.error
  return (
    <Stack gap="md">
      {shownError === null ? null : <ErrorState error={shownError} />}
      {ready ? null : (
        <Alert color="red" variant="light" role="alert" title={t('imports.fields-incomplete')}>
          <Anchor component={Link} to={stepPath(run.id, 'fields')} size="sm">
            {t('imports.back-to-fields')}
          </Anchor>
        </Alert>
      )}
      <GroupsSection values={values} onChange={change} />
      <PolicySection values={values} onChange={change} />
      <ValuesSection values={values} onChange={change} />
      <div ref={basis}>
        <LegalBasisSection values={values} onChange={change} problem={asked ? problem : null} />
      </div>
      <WizardFoot
        back={stepPath(run.id, 'fields')}
        onNext={next}
        busy={busy}
        disabled={!ready}
        words={t('imports.start', { count: analysis.rows })}
      >
        <AutosaveNote state={save.state} savedAt={save.savedAt} />
      </WizardFoot>
    </Stack>
  )
}
