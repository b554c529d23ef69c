import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { IconUsersGroup } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { type ReactNode, useEffect } from 'react'
import type { Campaign } from '../../../../../src/campaigns/contract.ts'
import { useTexts } from '../../../i18n/texts.tsx'
import { AutosaveNote } from '../../../ui/autosave-note.tsx'
import { ErrorState } from '../../../ui/error-state.tsx'
import { type Step, stepPath, steps } from '../campaign-path.ts'
import type { Autosave } from './autosave.ts'
import classes from './step-frame.module.css'

type StepperProps = {
  readonly id: string
  readonly current: Step
  readonly onGo: (step: Step) => void
}

const Stepper = ({ id, current, onGo }: StepperProps) => {
  const { t } = useTexts()
  const at = steps.indexOf(current)
  return (
    <nav aria-label={t('wizard.steps')}>
      <ol className={classes.steps}>
        {steps.map((step, place) => (
          <li key={step} data-reached={place <= at || undefined}>
            <Link
              to={stepPath(id, step)}
              className={classes.step}
              aria-current={step === current ? 'step' : undefined}
              data-current={step === current || undefined}
              onClick={(event) => {
                event.preventDefault()
                onGo(step)
              }}
            >
              <span className={classes.number}>{place + 1}</span>
              {t(`wizard.step-${step}`)}
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  )
}

type ConflictProps = { readonly save: Autosave; readonly onReload: () => void }

/** Two people wrote at once: nothing is lost until one of them says whose words stay. */
const Conflict = ({ save, onReload }: ConflictProps) => {
  const { t } = useTexts()
  return (
    <Alert
      color="yellow"
      variant="light"
      role="alert"
      icon={<IconUsersGroup size={20} />}
      title={t('wizard.conflict-title')}
    >
      <Text size="sm">{t('wizard.conflict-text')}</Text>
      <Group mt="sm" gap="xs">
        <Button size="xs" variant="default" onClick={() => void save.takeTheirs().then(onReload)}>
          {t('wizard.take-theirs')}
        </Button>
        <Button size="xs" onClick={() => void save.keepMine()}>
          {t('wizard.keep-mine')}
        </Button>
      </Group>
    </Alert>
  )
}

type Props = {
  readonly campaign: Campaign
  readonly step: Step
  readonly save: Autosave
  readonly onReload: () => void
  /** Errors that the step shows beside its fields itself. */
  readonly ownErrors?: boolean
  /** Beside the step's own button at the bottom: the summary puts Send here. */
  readonly last?: ReactNode
  readonly children: ReactNode
}

/** Around every step: where one is, what is saved, the way on. */
export const StepFrame = ({ campaign, step, save, onReload, ownErrors = false, last, children }: Props) => {
  const { t } = useTexts()
  const navigate = useNavigate()
  const at = steps.indexOf(step)
  const before = steps[at - 1]
  const after = steps[at + 1]
  const correcting = campaign.status === 'paused'
  const go = (to: Step) => {
    void save.flush()
    void navigate({ to: stepPath(campaign.id, to) })
  }
  const { isStale } = save
  useEffect(() => {
    if (isStale) onReload()
  }, [isStale, onReload])
  return (
    <Stack gap="lg">
      <div className={classes.bar}>
        {correcting ? (
          <Text fw={600}>{t('wizard.correct-content')}</Text>
        ) : (
          <Stepper id={campaign.id} current={step} onGo={go} />
        )}
        <AutosaveNote state={save.state} savedAt={save.savedAt ?? campaign.updated_at} />
      </div>
      {save.isConflict ? <Conflict save={save} onReload={onReload} /> : null}
      {save.error === null || save.isConflict || ownErrors ? null : (
        <ErrorState error={save.error} onRetry={() => void save.flush()} />
      )}
      {children}
      <Group justify="space-between">
        {before === undefined || correcting ? (
          <span />
        ) : (
          <Button variant="default" onClick={() => go(before)}>
            {t('ui.back')}
          </Button>
        )}
        {correcting ? (
          <Button
            onClick={() => void save.flush()}
            loading={save.state === 'saving'}
            disabled={save.state === 'saved'}
          >
            {t('wizard.save-correction')}
          </Button>
        ) : after === undefined ? (
          last
        ) : (
          <Button onClick={() => go(after)}>{t(`wizard.to-${after as 'content'}`)}</Button>
        )}
      </Group>
    </Stack>
  )
}
