import { Alert, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ComponentType } from 'react'
import { getOperatedAccount, type OperatedAccount } from '../../../../src/operator/accounts/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { read } from '../../lib/queries.ts'
import { useParam } from '../../lib/route.ts'
import { useMay } from '../../lib/session.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { Page } from '../../ui/page.tsx'
import { PageTabs } from '../../ui/page-tabs.tsx'
import { CardSkeleton } from '../../ui/skeletons.tsx'
import { AccountState } from './account-state.tsx'
import { EntitlementsTab } from './entitlements-tab.tsx'
import { OverviewTab } from './overview-tab.tsx'
import { StatusActs } from './status-acts.tsx'
import { UsersTab } from './users-tab.tsx'

export type TabProps = { readonly account: OperatedAccount }

const Notes = ({ account }: TabProps) => {
  const { t } = useTexts()
  if (account.status === 'pending') return <Alert color="yellow">{t('instance.pending-note')}</Alert>
  if (account.status_reason === null) return null
  return (
    <Alert color={account.status === 'closed' ? 'red' : 'yellow'} title={t('instance.reason')}>
      {account.status_reason}
    </Alert>
  )
}

const Content = ({ account, tab: Tab }: TabProps & { readonly tab: ComponentType<TabProps> }) => {
  const { t } = useTexts()
  const manages = useMay()('operator.accounts.manage')
  const base = `/instance/accounts/${account.id}`
  return (
    <Page
      title={account.name}
      badge={<AccountState account={account} />}
      action={manages ? <StatusActs account={account} /> : null}
      crumbs={[{ label: account.name }]}
    >
      <PageTabs
        label={t('instance.tabs')}
        tabs={[
          { to: base, label: t('instance.tab-overview') },
          { to: `${base}/entitlements`, label: t('instance.tab-entitlements') },
          { to: `${base}/users`, label: t('instance.tab-users') },
        ]}
      />
      <Stack gap="md">
        <Notes account={account} />
        <Tab account={account} />
      </Stack>
    </Page>
  )
}

const pageOf = (tab: ComponentType<TabProps>) => () => {
  const { t } = useTexts()
  const id = useParam('id')
  const { data, error, refetch } = useQuery(read(getOperatedAccount, { params: { id } }))
  if (data !== undefined) return <Content key={data.id} account={data} tab={tab} />
  return (
    <Page title={t('instance.accounts')}>
      {error === null ? <CardSkeleton /> : <ErrorState error={error} onRetry={() => void refetch()} />}
    </Page>
  )
}

export const AccountOverviewPage = pageOf(OverviewTab)
export const AccountEntitlementsPage = pageOf(EntitlementsTab)
export const AccountUsersPage = pageOf(UsersTab)
