import { Alert, type MantineColor } from '@mantine/core'
import { IconAlertTriangle, IconClock, IconInfoCircle, IconPlayerPause } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Campaign } from '../../../../../src/campaigns/contract.ts'
import { useFormats, useTexts } from '../../../i18n/texts.tsx'
import { HeldActs } from './held-acts.tsx'
import { StatusCause } from './status-cause.tsx'

type Note = {
  readonly color: MantineColor
  readonly icon: ReactNode
  readonly title: string
  readonly text: string
}

const useNote = (campaign: Campaign): Note | null => {
  const { t, find } = useTexts()
  const formats = useFormats()
  const { status, status_reason: reason } = campaign
  const why = reason === null ? null : (find('run', `reason.${reason}`) ?? reason)
  const planned = campaign.hold_until ?? campaign.planned_at
  const due = campaign.status_detail?.was_due ?? planned
  if (status === 'scheduled') {
    const key = reason === 'hold_back' ? 'run.hold-back' : 'run.scheduled'
    return {
      color: 'indigo',
      icon: <IconClock size={20} />,
      title: planned === null ? t('states.scheduled') : t(key, { time: formats.exact(planned) }),
      text: t('run.scheduled-text'),
    }
  }
  if (status === 'held') {
    return {
      color: 'yellow',
      icon: <IconAlertTriangle size={20} />,
      title: why ?? t('states.held'),
      text: `${due === null ? '' : `${t('run.was-due', { time: formats.exact(due) })} `}${t('run.held-text')}`,
    }
  }
  if (status === 'paused') {
    return {
      color: 'yellow',
      icon: <IconPlayerPause size={20} />,
      title: why ?? t('states.paused'),
      text: t('run.paused-text', { count: campaign.in_flight, number: formats.number(campaign.in_flight) }),
    }
  }
  if (status === 'failed') {
    return {
      color: 'red',
      icon: <IconAlertTriangle size={20} />,
      title: why ?? t('states.failed'),
      text: t('run.failed-text'),
    }
  }
  if (status === 'testing') {
    const until = campaign.canary_until
    return {
      color: 'indigo',
      icon: <IconClock size={20} />,
      title:
        until === null
          ? t('run-acts.testing-title')
          : t('run-acts.waiting-title', { time: formats.time(until) }),
      text: t(until === null ? 'run-acts.testing-text' : 'run-acts.waiting-text'),
    }
  }
  if (status === 'finishing') {
    return {
      color: 'cyan',
      icon: <IconInfoCircle size={20} />,
      title: t('run.finishing'),
      text: t('run.finishing-text'),
    }
  }
  return null
}

/** Why the campaign is where it is, and what comes next, in words. */
export const StatusNote = ({ campaign }: { readonly campaign: Campaign }) => {
  const note = useNote(campaign)
  if (note === null) return null
  return (
    <Alert color={note.color} variant="light" icon={note.icon} title={note.title} mb="md" role="status">
      {note.text}
      <StatusCause campaign={campaign} />
      {campaign.status === 'held' ? <HeldActs campaign={campaign} /> : null}
    </Alert>
  )
}
