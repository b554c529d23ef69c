import { Alert, Card, Group as Row, SimpleGrid, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type Group, getGroup } from '../../../../src/contacts/groups/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { useLive } from '../../lib/events.ts'
import { read } from '../../lib/queries.ts'
import { useParam } from '../../lib/route.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { Figure, Time } from '../../ui/figures.tsx'
import { Page } from '../../ui/page.tsx'
import { CardSkeleton } from '../../ui/skeletons.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { GroupActions } from './group-actions.tsx'
import { GroupMembers } from './group-members.tsx'

const Fact = ({ label, children }: { readonly label: string; readonly children: React.ReactNode }) => (
  <Card withBorder padding="md">
    <Text size="xs" c="dimmed" fw={550}>
      {label}
    </Text>
    <Text fz="xl" fw={650} component="div">
      {children}
    </Text>
  </Card>
)

const Facts = ({ group }: { readonly group: Group }) => {
  const { t } = useTexts()
  return (
    <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="md">
      <Fact label={t('groups.members')}>
        <Figure value={group.member_count} />
      </Fact>
      <Fact label={t('groups.addressable')}>
        {group.addressable === null ? '–' : <Figure value={group.addressable.email} />}
      </Fact>
      <Fact label={t('groups.last-import')}>
        <Text span fz="md">
          <Time at={group.last_import_at} />
        </Text>
      </Fact>
      <Fact label={t('groups.created')}>
        <Text span fz="md">
          <Time at={group.created_at} />
        </Text>
      </Fact>
    </SimpleGrid>
  )
}

const Content = ({ group }: { readonly group: Group }) => {
  const { t } = useTexts()
  return (
    <Page
      title={group.name}
      purpose={group.description ?? undefined}
      badge={group.state === 'active' ? null : <StatusBadge state={group.state} />}
      action={<GroupActions group={group} />}
      crumbs={[{ label: group.name }]}
    >
      <Stack gap="lg">
        {group.state === 'archived' ? <Alert color="gray">{t('groups.archived-note')}</Alert> : null}
        <Facts group={group} />
        {group.used_in.length === 0 ? null : (
          <Row gap={6}>
            <Text size="sm" c="dimmed">
              {t('groups.used-in')}
            </Text>
            <Text size="sm">{group.used_in.map((use) => use.name).join(', ')}</Text>
          </Row>
        )}
        <GroupMembers group={group} />
      </Stack>
    </Page>
  )
}

export const GroupPage = () => {
  const { t } = useTexts()
  const id = useParam('id')
  const { data: group, error, refetch } = useQuery(read(getGroup, { params: { id } }))
  useLive('group', getGroup)
  if (group !== undefined) return <Content group={group} />
  return (
    <Page title={t('groups.title')}>
      {error === null ? <CardSkeleton /> : <ErrorState error={error} onRetry={() => void refetch()} />}
    </Page>
  )
}
