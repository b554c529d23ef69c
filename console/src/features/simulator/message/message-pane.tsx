import { ActionIcon, Button, Kbd, Tooltip } from '@mantine/core'
import { IconArrowLeft, IconChevronDown, IconChevronUp, IconTrash } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import {
  deleteSimulatorMessage,
  getSimulatorMessage,
  listSimulatorMessages,
  type SimulatorMessage,
} from '../../../../../src/simulator/contract.ts'
import { useTexts } from '../../../i18n/texts.tsx'
import { call } from '../../../lib/call.ts'
import { isProblem } from '../../../lib/problem.ts'
import { read, refresh } from '../../../lib/queries.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { ErrorState } from '../../../ui/error-state.tsx'
import { Letter, SilentBell } from '../../../ui/illustrations.tsx'
import { RowsSkeleton } from '../../../ui/skeletons.tsx'
import { Lesson } from '../door.tsx'
import type { Place } from '../place.ts'
import type { ReadMarks } from '../read-marks.ts'
import { failed } from './acts.ts'
import classes from './message.module.css'
import { MessageHead } from './message-head.tsx'
import { MessageViews } from './message-views.tsx'

type BarProps = {
  readonly place: Place
  readonly onStep: (by: 1 | -1) => void
  readonly onDelete?: () => void
}

const Bar = ({ place, onStep, onDelete }: BarProps) => {
  const { t } = useTexts()
  const act = (label: string, icon: React.ReactNode, run: () => void, color = 'gray') => (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color={color} size={34} aria-label={label} onClick={run}>
        {icon}
      </ActionIcon>
    </Tooltip>
  )
  return (
    <div className={classes.bar}>
      <Button
        className={classes.back ?? ''}
        variant="subtle"
        color="gray"
        size="xs"
        leftSection={<IconArrowLeft size={16} />}
        onClick={place.close}
      >
        {t('simulator.back-to-list')}
      </Button>
      <span className={classes.spacer} />
      {act(t('simulator.previous-mail'), <IconChevronUp size={18} />, () => onStep(-1))}
      {act(t('simulator.next-mail'), <IconChevronDown size={18} />, () => onStep(1))}
      {onDelete === undefined ? null : act(t('simulator.delete'), <IconTrash size={18} />, onDelete, 'red')}
    </div>
  )
}

const Nothing = () => {
  const { t, rich } = useTexts()
  return (
    <div className={classes.nothing}>
      <EmptyState art={<Letter />} title={t('simulator.choose-title')}>
        {rich('simulator.choose-text', { next: <Kbd key="j">j</Kbd>, previous: <Kbd key="k">k</Kbd> })}
      </EmptyState>
    </div>
  )
}

const Gone = ({ onBack }: { readonly onBack: () => void }) => {
  const { t } = useTexts()
  const back = (
    <Button variant="default" onClick={onBack}>
      {t('simulator.back-to-list')}
    </Button>
  )
  return (
    <EmptyState art={<SilentBell />} title={t('simulator.gone-title')} action={back}>
      {t('simulator.gone-text')}
    </EmptyState>
  )
}

const useDeletion = (onDeleted: (id: string) => void) => {
  const client = useQueryClient()
  const texts = useTexts()
  return async (mail: SimulatorMessage) => {
    try {
      await call(deleteSimulatorMessage, { params: { id: mail.id } })
      onDeleted(mail.id)
      await refresh(client, listSimulatorMessages)
    } catch (error) {
      failed(error, texts)
    }
  }
}

type Props = {
  readonly place: Place
  readonly marks: ReadMarks
  readonly onStep: (by: 1 | -1) => void
  readonly onDeleted: (id: string) => void
  /** The mailbox is empty: the place shows how mail gets into it. */
  readonly isEmpty: boolean
}

type OpenProps = Props & { readonly id: string }

const OpenMessage = ({ id, place, marks, onStep, onDeleted }: OpenProps) => {
  const { data: mail, error, refetch } = useQuery(read(getSimulatorMessage, { params: { id } }))
  const remove = useDeletion(onDeleted)
  const isRead = marks.isRead(id)
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the mail on screen becomes read.
  useEffect(() => {
    if (mail !== undefined && !isRead) marks.markRead(id)
  }, [mail?.id, isRead])
  if (mail === undefined || isProblem(error, 'not_found')) {
    return (
      <>
        <Bar place={place} onStep={onStep} />
        <div className={classes.head}>
          {isProblem(error, 'not_found') ? (
            <Gone onBack={place.close} />
          ) : error === null ? (
            <RowsSkeleton />
          ) : (
            <ErrorState error={error} onRetry={() => void refetch()} />
          )}
        </div>
      </>
    )
  }
  return (
    <>
      <Bar place={place} onStep={onStep} onDelete={() => void remove(mail)} />
      <MessageHead mail={mail} place={place} />
      <MessageViews mail={mail} />
    </>
  )
}

/** The right half: one mail with everything that can be seen of it and done to it. */
export const MessagePane = (props: Props) => {
  const { openId } = props.place
  const lesson = openId === undefined && props.isEmpty
  return (
    <article
      className={classes.pane}
      data-open={openId !== undefined}
      {...(lesson ? { 'data-lesson': true } : {})}
    >
      {openId !== undefined ? (
        <OpenMessage {...props} id={openId} />
      ) : lesson ? (
        <div className={classes.lesson}>
          <Lesson />
        </div>
      ) : (
        <Nothing />
      )}
    </article>
  )
}
