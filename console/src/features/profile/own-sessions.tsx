import { Badge, Button, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ReplyOf } from '../../../../src/http/contract.ts'
import { endOtherSessions, endOwnSession, listOwnSessions } from '../../../../src/security/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { read, refresh } from '../../lib/queries.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { Time } from '../../ui/figures.tsx'
import { Section } from '../../ui/section.tsx'
import { RowsSkeleton } from '../../ui/skeletons.tsx'
import classes from './own-sessions.module.css'

type OwnSession = ReplyOf<typeof listOwnSessions>['data'][number]

const useEnd = (id: string) => {
  const { t } = useTexts()
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => call(endOwnSession, { params: { id } }),
    onSuccess: () => {
      notifications.show({ color: 'green', message: t('profile.session-ended') })
      return refresh(client, listOwnSessions)
    },
  })
}

const SessionRow = ({ session }: { readonly session: OwnSession }) => {
  const { t } = useTexts()
  const end = useEnd(session.id)
  const agent = session.agent === '' ? t('profile.unknown-agent') : session.agent
  return (
    <li className={classes.row}>
      <div className={classes.words}>
        <Group gap="xs">
          <Text fw={550}>{agent}</Text>
          {session.current ? (
            <Badge color="green" variant="light" tt="none" radius="sm">
              {t('profile.this-session')}
            </Badge>
          ) : null}
        </Group>
        <Text size="sm" c="dimmed" component="div">
          {session.address} · {t('profile.session-active')} <Time at={session.last_active_at} /> ·{' '}
          {t('profile.session-since')} <Time at={session.created_at} />
        </Text>
        {end.error === null ? null : <ErrorState error={end.error} />}
      </div>
      {session.current ? null : (
        <Button
          variant="default"
          size="xs"
          loading={end.isPending}
          onClick={() => end.mutate()}
          aria-label={t('profile.session-end-label', { agent })}
        >
          {t('profile.session-end')}
        </Button>
      )}
    </li>
  )
}

const EndOthers = () => {
  const { t } = useTexts()
  const client = useQueryClient()
  const end = useMutation({
    mutationFn: () => call(endOtherSessions, { body: {} }),
    onSuccess: ({ ended }) => {
      notifications.show({ color: 'green', message: t('profile.others-ended', { count: ended }) })
      return refresh(client, listOwnSessions)
    },
  })
  return (
    <>
      {end.error === null ? null : <ErrorState error={end.error} />}
      <Group justify="flex-end">
        <Button variant="light" color="red" loading={end.isPending} onClick={() => end.mutate()}>
          {t('profile.end-others')}
        </Button>
      </Group>
    </>
  )
}

export const OwnSessions = () => {
  const { t } = useTexts()
  const { data, error, refetch } = useQuery(read(listOwnSessions))
  const sessions = data?.data ?? []
  return (
    <Section title={t('profile.sessions-title')} text={t('profile.sessions-text')}>
      {error === null ? null : <ErrorState error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null ? <RowsSkeleton rows={3} /> : null}
      <ul className={classes.list}>
        {sessions.map((session) => (
          <SessionRow key={session.id} session={session} />
        ))}
      </ul>
      {sessions.length > 1 ? <EndOthers /> : null}
    </Section>
  )
}
