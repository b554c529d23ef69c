import { Alert, Card, Stack, Text, Title } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { ImportAnalysis } from '../../../../src/contacts/import/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { AutosaveNote } from '../../ui/autosave-note.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { BindingRow } from './binding-row.tsx'
import {
  type Bindings,
  boundTwice,
  type ColumnBinding,
  hasKey,
  isComplete,
  toBindings,
  toMapping,
} from './bindings.ts'
import { ConstantRows } from './constant-rows.tsx'
import classes from './import.module.css'
import { useSaveImport } from './save-import.ts'
import type { StepProps } from './step-props.ts'
import { stepPath } from './steps.ts'
import { useAutosave } from './use-autosave.ts'
import { WizardFoot } from './wizard-foot.tsx'

const useBindings = ({ run, analysis }: StepProps) => {
  const saveImport = useSaveImport(run.id)
  const [bindings, setBindings] = useState(() => toBindings(analysis, run.mapping))
  const mapping = toMapping(bindings, analysis)
  const save = useAutosave(
    isComplete(mapping) ? mapping : null,
    (complete) => saveImport({ mapping: complete }),
    run.mapping === null,
  )
  return { bindings, setBindings, mapping, save }
}

/** What still stands in the way, in words. */
const Problems = ({ keyMissing, twice }: { readonly keyMissing: boolean; readonly twice: boolean }) => {
  const { t } = useTexts()
  if (!keyMissing && !twice) return null
  return (
    <Alert color="red" variant="light" role="alert" title={t('imports.fields-incomplete')}>
      {keyMissing ? <Text size="sm">{t('imports.key-missing')}</Text> : null}
      {twice ? <Text size="sm">{t('imports.bound-twice-text')}</Text> : null}
    </Alert>
  )
}

type ColumnListProps = {
  readonly analysis: ImportAnalysis
  readonly bound: readonly ColumnBinding[]
  readonly twice: ReadonlySet<string>
  readonly onChange: (bound: readonly ColumnBinding[]) => void
}

const ColumnList = ({ analysis, bound, twice, onChange }: ColumnListProps) => {
  const { t } = useTexts()
  return (
    <Card withBorder padding={0}>
      <Card.Section px="lg" py="md" mx={0} withBorder>
        <Title order={2}>{t('imports.file-columns')}</Title>
        <Text size="sm" c="dimmed" role="status">
          {t('imports.bound-count', {
            bound: bound.filter((column) => column.field !== null).length,
            count: analysis.columns.length,
          })}
        </Text>
      </Card.Section>
      <ul className={classes.bindings}>
        {analysis.columns.map((column, place) => {
          const binding = bound[place] ?? { field: null, transforms: [] }
          return (
            <BindingRow
              key={column.index}
              column={column}
              binding={binding}
              isTwice={binding.field !== null && twice.has(binding.field)}
              onChange={(changed) => onChange(bound.with(place, changed))}
            />
          )
        })}
      </ul>
    </Card>
  )
}

/** Step 3: which column of the file fills which field. */
export const BindingStep = (props: StepProps) => {
  const { run, analysis } = props
  const navigate = useNavigate()
  const { bindings, setBindings, mapping, save } = useBindings(props)
  const [asked, setAsked] = useState(false)
  const twice = boundTwice(mapping)
  const change = (part: Partial<Bindings>) => setBindings({ ...bindings, ...part })
  const next = async () => {
    setAsked(true)
    if (!isComplete(mapping)) return
    await save.flush().then(
      () => navigate({ to: stepPath(run.id, 'settings') }),
      () => undefined,
    )
  }
  return (
    <Stack gap="md">
      {save.error === null ? null : <ErrorState error={save.error} />}
      <Problems keyMissing={asked && !hasKey(mapping)} twice={twice.size > 0} />
      <ColumnList
        analysis={analysis}
        bound={bindings.columns}
        twice={twice}
        onChange={(columns) => change({ columns })}
      />
      <ConstantRows
        constants={bindings.constants}
        twice={twice}
        onChange={(constants) => change({ constants })}
      />
      <WizardFoot
        back={stepPath(run.id, 'summary')}
        onNext={() => void next()}
        busy={save.state === 'saving'}
      >
        <AutosaveNote state={save.state} savedAt={save.savedAt} />
      </WizardFoot>
    </Stack>
  )
}
