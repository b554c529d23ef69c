import { useQuery } from '@tanstack/react-query'
import { Navigate } from '@tanstack/react-router'
import { getImport, type Import } from '../../../../src/contacts/import/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { read } from '../../lib/queries.ts'
import { useParam } from '../../lib/route.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { Page } from '../../ui/page.tsx'
import { CardSkeleton } from '../../ui/skeletons.tsx'
import { BindingStep } from './binding-step.tsx'
import { SettingsStep } from './settings-step.tsx'
import { openStep, type Step, stepPath, toStep } from './steps.ts'
import { SummaryStep } from './summary-step.tsx'
import { WizardSteps } from './wizard-steps.tsx'

const parts = { summary: SummaryStep, fields: BindingStep, settings: SettingsStep }

const Content = ({ run, step }: { readonly run: Import; readonly step: Step | null }) => {
  if (run.state !== 'analysed' || run.analysis === null) {
    return <Navigate to={`/contacts/imports/${run.id}`} replace />
  }
  if (step === null) return <Navigate to={stepPath(run.id, openStep(run))} replace />
  const Part = parts[step]
  return (
    <>
      <WizardSteps current={step} id={run.id} />
      <Part run={run} analysis={run.analysis} />
    </>
  )
}

/** Steps 2 to 4 of an import that has not been started. */
export const WizardPage = () => {
  const { t } = useTexts()
  const id = useParam('id')
  const step = toStep(useParam('step'))
  const { data: run, error, refetch } = useQuery(read(getImport, { params: { id } }))
  return (
    <Page
      title={t(step === null ? 'imports.new-title' : `imports.title-${step}`)}
      {...(step === null ? {} : { purpose: t(`imports.purpose-${step}`) })}
      crumbs={[{ label: run?.file_name ?? '…' }]}
    >
      {error === null ? null : <ErrorState error={error} onRetry={() => void refetch()} />}
      {run === undefined ? (
        error === null ? (
          <CardSkeleton />
        ) : null
      ) : (
        <Content run={run} step={step} key={run.id} />
      )}
    </Page>
  )
}
