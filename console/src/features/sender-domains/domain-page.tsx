import { Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ComponentType } from 'react'
import { getSenderDomain, type SenderDomain } from '../../../../src/sender-domains/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { useLive } from '../../lib/events.ts'
import { read } from '../../lib/queries.ts'
import { useParam } from '../../lib/route.ts'
import { useMay } from '../../lib/session.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { Page } from '../../ui/page.tsx'
import { PageTabs } from '../../ui/page-tabs.tsx'
import { CardSkeleton } from '../../ui/skeletons.tsx'
import { DomainMenu } from './domain-menu.tsx'
import { domainPath, reportsPath } from './domain-path.ts'
import { DomainState } from './domain-state.tsx'
import { RecordsTab } from './records-tab.tsx'
import { ReportsTab } from './reports-tab.tsx'

type TabProps = { readonly domain: SenderDomain }

const Content = ({ domain, tab: Tab }: TabProps & { readonly tab: ComponentType<TabProps> }) => {
  const { t } = useTexts()
  const manages = useMay()('email.senders.manage')
  return (
    <Page
      title={domain.domain}
      badge={<DomainState state={domain.state} />}
      action={manages ? <DomainMenu domain={domain} /> : null}
      crumbs={[{ label: domain.domain }]}
    >
      <PageTabs
        label={t('sender-domains.tabs')}
        tabs={[
          { to: domainPath(domain.id), label: t('sender-domains.tab-records') },
          { to: reportsPath(domain.id), label: t('sender-domains.tab-reports') },
        ]}
      />
      <Stack gap="md">
        <Tab domain={domain} />
      </Stack>
    </Page>
  )
}

const pageOf = (tab: ComponentType<TabProps>) => () => {
  const { t } = useTexts()
  const id = useParam('id')
  const { data: domain, error, refetch } = useQuery(read(getSenderDomain, { params: { id } }))
  useLive('sender_domain', getSenderDomain)
  if (domain !== undefined) return <Content key={domain.id} domain={domain} tab={tab} />
  return (
    <Page title={t('sender-domains.title')}>
      {error === null ? <CardSkeleton /> : <ErrorState error={error} onRetry={() => void refetch()} />}
    </Page>
  )
}

export const DomainRecordsPage = pageOf(RecordsTab)
export const DomainReportsPage = pageOf(ReportsTab)
