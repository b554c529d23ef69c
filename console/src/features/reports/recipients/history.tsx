import { Text, Timeline, Title } from '@mantine/core'
import type { RecipientHistory } from '../../../../../src/reports/contract.ts'
import type { Texts } from '../../../i18n/message.ts'
import { useTexts } from '../../../i18n/texts.tsx'
import { Time } from '../../../ui/figures.tsx'
import { colorOfState } from '../../../ui/status-badge.tsx'
import classes from './recipient-drawer.module.css'

type Entry = {
  readonly id: string
  readonly at: string
  readonly title: string
  readonly note: string
  readonly color: string
}

const attemptsOf = (row: RecipientHistory, { t, find }: Texts): readonly Entry[] =>
  row.attempts.flatMap((attempt) => {
    const name = t('reports.attempt', { n: attempt.n })
    const answer = [attempt.code, attempt.text].filter(Boolean).join(' ')
    const verdict =
      attempt.class === null ? t('reports.no-answer') : (find('reasons', attempt.class) ?? attempt.class)
    return [
      ...(attempt.handed_at === null
        ? []
        : [
            {
              id: `${attempt.n} handed`,
              at: attempt.handed_at,
              title: `${name}: ${t('states.handed')}`,
              note: '',
              color: colorOfState('handed'),
            },
          ]),
      ...(attempt.answered_at === null
        ? []
        : [
            {
              id: `${attempt.n} answered`,
              at: attempt.answered_at,
              title: `${name}: ${find('states', attempt.class ?? '') ?? verdict}`,
              note: answer,
              color: colorOfState(attempt.class ?? 'planned'),
            },
          ]),
    ]
  })

const eventsOf = (row: RecipientHistory, { find }: Texts): readonly Entry[] =>
  row.events.map((event) => ({
    id: event.id,
    at: event.at,
    title: find('reports', `event-${event.kind}`) ?? find('states', event.kind) ?? event.kind,
    note: event.url ?? (event.source === null ? '' : (find('reports', `source-${event.source}`) ?? '')),
    color: colorOfState(event.kind),
  }))

/** Hand-offs, answers, opens, clicks and what followed, in one line of time. */
export const History = ({ row }: { readonly row: RecipientHistory }) => {
  const texts = useTexts()
  const { t } = texts
  const entries: readonly Entry[] = [
    { id: 'planned', at: row.planned_at, title: t('states.planned'), note: '', color: 'gray' },
    ...attemptsOf(row, texts),
    ...eventsOf(row, texts),
  ].toSorted((a, b) => a.at.localeCompare(b.at))
  return (
    <section aria-label={t('reports.history')}>
      <Title order={3} mb="sm">
        {t('reports.history')}
      </Title>
      <Timeline bulletSize={12} lineWidth={2} active={entries.length}>
        {entries.map((entry) => (
          <Timeline.Item key={entry.id} title={entry.title} color={entry.color}>
            <Text size="sm" c="dimmed">
              <Time at={entry.at} />
            </Text>
            {entry.note === '' ? null : (
              <Text size="sm" className={classes.line ?? ''}>
                {entry.note}
              </Text>
            )}
          </Timeline.Item>
        ))}
      </Timeline>
    </section>
  )
}
