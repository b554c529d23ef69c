import { Alert, Badge, Card, Divider, Group, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import {
  getIpPolicy,
  getIpReport,
  type IpPolicy,
  listIpEntries,
} from '../../../../../src/security/network/contract.ts'
import { useTexts } from '../../../i18n/texts.tsx'
import { useLive } from '../../../lib/events.ts'
import { read, usePages } from '../../../lib/queries.ts'
import { useMay, useSession } from '../../../lib/session.ts'
import { ErrorState } from '../../../ui/error-state.tsx'
import { CardSkeleton } from '../../../ui/skeletons.tsx'
import { AddEntry } from './add-entry.tsx'
import { BreakGlass } from './break-glass.tsx'
import { Denials } from './denials.tsx'
import { EntryTable } from './entry-table.tsx'
import { Mismatch } from './mismatch.tsx'
import { PendingBand } from './pending-band.tsx'
import { PolicyState } from './policy-state.tsx'
import { PolicyWarnings } from './policy-warnings.tsx'
import { TestAddress } from './test-address.tsx'

const stateColors = { off: 'gray', report: 'yellow', enforce: 'green' } as const

const WhereYouAre = ({ policy }: { readonly policy: IpPolicy }) => {
  const { t, rich } = useTexts()
  const own = policy.current_address
  if (own === null) return <Text size="sm">{t('networks.unresolved')}</Text>
  return (
    <Group gap="xs">
      <Text size="sm">{rich('networks.you-are-at', { address: <b key="own">{own}</b> })}</Text>
      {policy.entries === 0 ? null : (
        <Badge color={policy.current_address_allowed ? 'green' : 'red'} variant="light" radius="sm" tt="none">
          {t(policy.current_address_allowed ? 'networks.on-list' : 'networks.off-list')}
        </Badge>
      )}
    </Group>
  )
}

const Content = ({ policy }: { readonly policy: IpPolicy }) => {
  const { t } = useTexts()
  const editable = useMay()('account.security.manage')
  const owner = useSession().roles.some((role) => role.name === 'Owner')
  const pages = usePages(listIpEntries, { query: { limit: 1000 } })
  const networks = pages.rows
    .filter((entry) => entry.target.type === 'account' && entry.scopes.includes('panel'))
    .map((entry) => entry.address)
  return (
    <Stack gap="lg">
      <WhereYouAre policy={policy} />
      {editable ? null : <Alert color="gray">{t('networks.read-only')}</Alert>}
      <PendingBand policy={policy} editable={editable} />
      <PolicyWarnings policy={policy} entries={pages.rows} />
      {editable ? <AddEntry policy={policy} /> : null}
      <EntryTable pages={pages} policy={policy} editable={editable} />
      <PolicyState policy={policy} networks={networks} editable={editable} />
      <Divider />
      <TestAddress />
      <Divider />
      <Denials editable={editable} />
      {owner ? (
        <>
          <Divider />
          <BreakGlass />
        </>
      ) : null}
      <Divider />
      <Mismatch policy={policy} editable={editable} />
    </Stack>
  )
}

/** From where people may sign in (security.md §2.7). */
export const IpSection = () => {
  const { t } = useTexts()
  useLive('security', getIpPolicy, listIpEntries, getIpReport)
  const { data: policy, error, refetch } = useQuery(read(getIpPolicy))
  return (
    <Card withBorder padding="lg" component="section" aria-label={t('networks.title')}>
      <Group gap="sm" mb={4}>
        <Title order={2}>{t('networks.title')}</Title>
        {policy === undefined ? null : (
          <Badge color={stateColors[policy.state]} variant="light" radius="sm" tt="none">
            {t(`networks.state-${policy.state}`)}
          </Badge>
        )}
      </Group>
      <Text size="sm" c="dimmed" mb="md" maw="72ch">
        {t('networks.purpose')}
      </Text>
      {error === null ? null : <ErrorState error={error} onRetry={() => void refetch()} />}
      {policy === undefined ? error === null ? <CardSkeleton rows={5} /> : null : <Content policy={policy} />}
    </Card>
  )
}
