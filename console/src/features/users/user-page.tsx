import { Alert, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ComponentType } from 'react'
import { getUser, type User } from '../../../../src/security/users/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { read } from '../../lib/queries.ts'
import { useParam } from '../../lib/route.ts'
import { useMay, useSession } from '../../lib/session.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { Page } from '../../ui/page.tsx'
import { PageTabs } from '../../ui/page-tabs.tsx'
import { CardSkeleton } from '../../ui/skeletons.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { nameOf } from './names.ts'
import { UserActivityTab } from './user-activity-tab.tsx'
import { UserBasicTab } from './user-basic-tab.tsx'
import { UserMenu } from './user-menu.tsx'
import { UserPermissionsTab } from './user-permissions-tab.tsx'
import { UserSecurityTab } from './user-security-tab.tsx'

type TabProps = { readonly user: User }

const Notes = ({ user }: TabProps) => {
  const { t } = useTexts()
  const session = useSession()
  if (session.user.id === user.id) return <Alert color="indigo">{t('users.yourself')}</Alert>
  if (user.status === 'invited')
    return <Alert color="yellow">{t('users.invited-note', { email: user.email })}</Alert>
  return user.status === 'disabled' ? <Alert color="gray">{t('users.disabled-note')}</Alert> : null
}

const Content = ({ user, tab: Tab }: TabProps & { readonly tab: ComponentType<TabProps> }) => {
  const { t } = useTexts()
  const may = useMay()
  const base = `/account/users/${user.id}`
  return (
    <Page
      title={nameOf(user)}
      badge={<StatusBadge state={user.status} label={t(`users.state-${user.status}`)} />}
      action={<UserMenu user={user} />}
      crumbs={[{ label: nameOf(user) }]}
    >
      <PageTabs
        label={t('users.tabs')}
        tabs={[
          { to: base, label: t('users.tab-basic') },
          { to: `${base}/permissions`, label: t('users.tab-permissions') },
          { to: `${base}/security`, label: t('users.tab-security') },
          ...(may('account.audit_log.view')
            ? [{ to: `${base}/activity`, label: t('users.tab-activity') }]
            : []),
        ]}
      />
      <Stack gap="md">
        <Notes user={user} />
        <Tab user={user} />
      </Stack>
    </Page>
  )
}

const pageOf = (tab: ComponentType<TabProps>) => () => {
  const { t } = useTexts()
  const id = useParam('id')
  const { data: user, error, refetch } = useQuery(read(getUser, { params: { id } }))
  if (user !== undefined) return <Content key={user.id} user={user} tab={tab} />
  return (
    <Page title={t('users.title')}>
      {error === null ? <CardSkeleton /> : <ErrorState error={error} onRetry={() => void refetch()} />}
    </Page>
  )
}

export const UserBasicPage = pageOf(UserBasicTab)
export const UserPermissionsPage = pageOf(UserPermissionsTab)
export const UserSecurityPage = pageOf(UserSecurityTab)
export const UserActivityPage = pageOf(UserActivityTab)
