import { List, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { listUserSessions, type User } from '../../../../src/security/users/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { read } from '../../lib/queries.ts'
import { useMay } from '../../lib/session.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { Time } from '../../ui/figures.tsx'
import { Section } from '../../ui/section.tsx'
import { RowsSkeleton } from '../../ui/skeletons.tsx'
import { PersonalEntries, SignOutEverywhere, UserSecurity } from '../security/index.ts'
import { nameOf } from './names.ts'

const UserSessions = ({ user }: { readonly user: User }) => {
  const { t } = useTexts()
  const { data, error, refetch } = useQuery(read(listUserSessions, { params: { id: user.id } }))
  return (
    <Section title={t('users.sessions-title')} text={t('users.sessions-text')}>
      {error === null ? null : <ErrorState error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null ? <RowsSkeleton rows={2} /> : null}
      {data?.data.length === 0 ? <Text c="dimmed">{t('users.no-sessions')}</Text> : null}
      <List listStyleType="none" spacing="sm">
        {(data?.data ?? []).map((session) => (
          <List.Item key={session.id}>
            <Text fw={550}>{session.agent}</Text>
            <Text size="sm" c="dimmed">
              {session.address} · {t('users.sessions-active')} <Time at={session.last_active_at} />
            </Text>
          </List.Item>
        ))}
      </List>
      {data === undefined || data.data.length === 0 ? null : (
        <SignOutEverywhere userId={user.id} name={nameOf(user)} />
      )}
    </Section>
  )
}

export const UserSecurityTab = ({ user }: { readonly user: User }) => {
  const may = useMay()
  return (
    <>
      <UserSecurity userId={user.id} name={nameOf(user)} />
      <UserSessions user={user} />
      {may('account.security.view') ? <PersonalEntries userId={user.id} /> : null}
    </>
  )
}
