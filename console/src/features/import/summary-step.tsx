import { Alert, Card, List, Stack, Text, Title } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import {
  analyseAgain,
  type FormatWish,
  getImport,
  type ImportAnalysis,
} from '../../../../src/contacts/import/contract.ts'
import { useFormats, useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { refresh } from '../../lib/queries.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { FormatForm } from './format-form.tsx'
import classes from './import.module.css'
import { SampleTable } from './sample-table.tsx'
import type { StepProps } from './step-props.ts'
import { stepPath } from './steps.ts'
import { WizardFoot } from './wizard-foot.tsx'

const warningsMax = 8

const Warnings = ({ warnings }: { readonly warnings: ImportAnalysis['warnings'] }) => {
  const { t, find } = useTexts()
  if (warnings.length === 0) return null
  return (
    <Alert color="yellow" title={t('imports.warnings', { count: warnings.length })}>
      <List size="sm">
        {warnings.slice(0, warningsMax).map(({ code, line }) => (
          <List.Item key={`${code} ${line ?? ''}`}>
            {line === null ? null : `${t('imports.line', { line })}: `}
            {find('import-codes', code) ?? find('problems', code) ?? code}
          </List.Item>
        ))}
      </List>
    </Alert>
  )
}

const useAnalyseAgain = (id: string) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (format: FormatWish) => call(analyseAgain, { params: { id }, body: { format } }),
    onSuccess: () => refresh(client, getImport),
  })
}

/** Step 2: what was found in the file; every guess can be put right and is read again at once. */
export const SummaryStep = ({ run, analysis }: StepProps) => {
  const { t } = useTexts()
  const formats = useFormats()
  const navigate = useNavigate()
  const again = useAnalyseAgain(run.id)
  const { decimal, encoding, header, date_style, quote, separator, type, sheet } = analysis.format
  const known = { decimal, encoding, header, date_style, quote, separator, type, sheet }
  const shown = again.isPending ? { ...known, ...again.variables } : known
  const change = (wish: FormatWish) => again.mutate({ ...known, ...wish })
  return (
    <Stack gap="md">
      {again.error === null ? null : <ErrorState error={again.error} />}
      <Card withBorder padding="lg">
        <Title order={2}>{run.file_name}</Title>
        <Text size="sm" c="dimmed" className="tabular" role="status">
          {[
            formats.bytes(run.size),
            t(analysis.rows_exact ? 'imports.rows' : 'imports.rows-about', { count: analysis.rows }),
            t('imports.columns', { count: analysis.columns.length }),
          ].join(' · ')}
        </Text>
        <FormatForm format={shown} busy={again.isPending} onChange={change} />
      </Card>
      <Warnings warnings={analysis.warnings} />
      <Card withBorder padding={0} aria-busy={again.isPending}>
        <Card.Section px="lg" py="md" mx={0}>
          <Title order={2}>{t('imports.sample')}</Title>
        </Card.Section>
        <div className={classes.sample}>
          <SampleTable analysis={analysis} />
        </div>
      </Card>
      <WizardFoot
        back="/contacts/imports"
        onNext={() => void navigate({ to: stepPath(run.id, 'fields') })}
        disabled={again.isPending}
      />
    </Stack>
  )
}
