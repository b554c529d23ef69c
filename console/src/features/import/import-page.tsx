import { Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Navigate } from '@tanstack/react-router'
import { getImport, type Import } from '../../../../src/contacts/import/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { useLive } from '../../lib/events.ts'
import { read } from '../../lib/queries.ts'
import { useParam } from '../../lib/route.ts'
import { useMay } from '../../lib/session.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { Page } from '../../ui/page.tsx'
import { CardSkeleton } from '../../ui/skeletons.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { DraftNote } from './draft-note.tsx'
import { ImportFacts } from './import-facts.tsx'
import { ImportProgress } from './import-progress.tsx'
import { ImportResult } from './import-result.tsx'
import { ResultRows } from './result-rows.tsx'
import { isOver, openStep, stepPath } from './steps.ts'

const Content = ({ run }: { readonly run: Import }) => {
  const may = useMay()
  if (run.state === 'analysed') {
    if (!may('contacts.import.run')) return <DraftNote />
    return <Navigate to={stepPath(run.id, openStep(run))} replace />
  }
  return (
    <Stack gap="lg">
      {isOver(run) ? null : <ImportProgress run={run} />}
      <ImportResult run={run} />
      <ImportFacts run={run} />
      {isOver(run) && run.counts.done > 0 ? <ResultRows run={run} /> : null}
    </Stack>
  )
}

/** An import at work, or what came of it. */
export const ImportPage = () => {
  const { t } = useTexts()
  const id = useParam('id')
  const { data: run, error, refetch } = useQuery(read(getImport, { params: { id } }))
  useLive('import', getImport)
  useLive('operation', getImport)
  return (
    <Page
      title={run?.file_name ?? t('imports.import')}
      badge={
        run === undefined ? null : <StatusBadge state={run.state} label={t(`imports.state-${run.state}`)} />
      }
      crumbs={[{ label: run?.file_name ?? '…' }]}
    >
      {error === null ? null : <ErrorState error={error} onRetry={() => void refetch()} />}
      {run === undefined ? error === null ? <CardSkeleton /> : null : <Content run={run} key={run.id} />}
    </Page>
  )
}
