import { Card, List, Select, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { listPermissions, listRoles, type Role } from '../../../../src/security/roles/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { read } from '../../lib/queries.ts'
import { useFilters } from '../../lib/route.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { Page } from '../../ui/page.tsx'
import { CardSkeleton } from '../../ui/skeletons.tsx'
import { roleName } from '../users/index.ts'

type ColumnProps = { readonly title: string; readonly keys: readonly string[] }

const Column = ({ title, keys }: ColumnProps) => {
  const { t } = useTexts()
  const { data } = useQuery(read(listPermissions))
  const words = (data?.data ?? []).filter((word) => keys.includes(word.key))
  return (
    <Card withBorder padding="md" component="section" aria-label={title}>
      <Title order={2} mb="xs">
        {title}
      </Title>
      {keys.length === 0 ? <Text c="dimmed">{t('roles.nothing')}</Text> : null}
      <List size="sm" spacing={2} listStyleType="none">
        {words.map((word) => (
          <List.Item key={word.key}>{word.label}</List.Item>
        ))}
      </List>
    </Card>
  )
}

const Comparison = ({ one, other }: { readonly one: Role; readonly other: Role }) => {
  const texts = useTexts()
  const { t } = texts
  const both = one.permissions.filter((key) => other.permissions.includes(key))
  const only = (a: Role, b: Role) => a.permissions.filter((key) => !b.permissions.includes(key))
  return (
    <SimpleGrid cols={{ base: 1, md: 3 }}>
      <Column title={t('roles.only-in', { name: roleName(one, texts) })} keys={only(one, other)} />
      <Column title={t('roles.in-both')} keys={both} />
      <Column title={t('roles.only-in', { name: roleName(other, texts) })} keys={only(other, one)} />
    </SimpleGrid>
  )
}

export const ComparePage = () => {
  const texts = useTexts()
  const { t } = texts
  const [filters, setFilters] = useFilters('one', 'other')
  const { data, error, refetch } = useQuery(read(listRoles, { query: { limit: 1000 } }))
  const roles = data?.data ?? []
  const choices = roles.map((role) => ({ value: role.id, label: roleName(role, texts) }))
  const one = roles.find((role) => role.id === filters.one) ?? roles[1]
  const other = roles.find((role) => role.id === filters.other) ?? roles[0]
  return (
    <Page title={t('roles.compare-title')} crumbs={[{ label: t('roles.compare-title') }]}>
      {error === null ? null : <ErrorState error={error} onRetry={() => void refetch()} />}
      {one === undefined || other === undefined ? (
        <CardSkeleton />
      ) : (
        <Stack gap="md">
          <SimpleGrid cols={{ base: 1, xs: 2 }} maw={640}>
            <Select
              label={t('roles.name')}
              allowDeselect={false}
              searchable
              data={choices}
              value={one.id}
              onChange={(id) => setFilters({ one: id ?? undefined })}
            />
            <Select
              label={t('roles.compare-with')}
              allowDeselect={false}
              searchable
              data={choices}
              value={other.id}
              onChange={(id) => setFilters({ other: id ?? undefined })}
            />
          </SimpleGrid>
          <Comparison one={one} other={other} />
        </Stack>
      )}
    </Page>
  )
}
