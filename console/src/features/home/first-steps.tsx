import { Badge, Button, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { CampaignRow } from '../../../../src/campaigns/contract.ts'
import type { TextKey } from '../../i18n/catalogue.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { Letter, LetterBox, People, Sheet } from '../../ui/illustrations.tsx'
import classes from './first-steps.module.css'
import { useStepsDone } from './steps-done.ts'

type Step = {
  readonly id: 'import' | 'write' | 'send' | 'read'
  readonly to: string
  readonly art: ReactNode
}

const steps: readonly Step[] = [
  { id: 'import', to: '/contacts/imports/new', art: <People /> },
  { id: 'write', to: '/email/campaigns', art: <Letter /> },
  { id: 'send', to: '/simulator/mailbox', art: <LetterBox /> },
  { id: 'read', to: '/email/campaigns', art: <Sheet /> },
]

type CardProps = {
  readonly step: Step
  readonly place: number
  readonly done: boolean
  readonly next: boolean
}

const StepCard = ({ step, place, done, next }: CardProps) => {
  const { t } = useTexts()
  const key = (part: string) => `home.${step.id}-${part}` as TextKey
  return (
    <li className={classes.step} data-done={done}>
      <div className={classes.art}>{step.art}</div>
      <div className={classes.words}>
        <Title order={2}>
          <span className={classes.number}>{place}</span>
          {t(key('title'))}
        </Title>
        <Text size="sm" c="dimmed">
          {t(key('text'))}
        </Text>
      </div>
      <div className={classes.foot}>
        <Button component={Link} to={step.to} variant={next ? 'filled' : 'default'} size="sm">
          {t(key('action'))}
        </Button>
        {done ? (
          <Badge color="green" variant="light" tt="none" radius="sm">
            {t('home.done')}
          </Badge>
        ) : null}
      </div>
    </li>
  )
}

/** The way to the first campaign; the next open step carries the one primary button. */
export const FirstSteps = ({ campaigns }: { readonly campaigns: readonly CampaignRow[] }) => {
  const done = useStepsDone(campaigns)
  const next = steps.find((step) => !done[step.id])
  return (
    <ol className={classes.steps}>
      {steps.map((step, place) => (
        <StepCard key={step.id} step={step} place={place + 1} done={done[step.id]} next={step === next} />
      ))}
    </ol>
  )
}
