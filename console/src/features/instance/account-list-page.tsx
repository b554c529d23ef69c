import { Button, Group, Select, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlus } from '@tabler/icons-react'
import { listAccounts, type OperatedAccount } from '../../../../src/operator/accounts/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { usePages } from '../../lib/queries.ts'
import { useFilters } from '../../lib/route.ts'
import { useMay } from '../../lib/session.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Figure, Time } from '../../ui/figures.tsx'
import { People } from '../../ui/illustrations.tsx'
import { Page } from '../../ui/page.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { AccountState, accountStates } from './account-state.tsx'
import { CreateAccountDialog } from './create-account-dialog.tsx'

const useColumns = (): Column<OperatedAccount>[] => {
  const { t } = useTexts()
  return [
    {
      id: 'name',
      header: t('instance.name'),
      fixed: true,
      cell: (account) => (
        <Stack gap={0}>
          <Text span size="sm" fw={550}>
            {account.name}
          </Text>
          <Text span size="xs" c="dimmed">
            {account.slug}
          </Text>
        </Stack>
      ),
    },
    { id: 'state', header: t('instance.state'), cell: (account) => <AccountState account={account} /> },
    {
      id: 'users',
      header: t('instance.users'),
      align: 'end',
      wide: true,
      cell: (account) => <Figure value={account.users} />,
    },
    {
      id: 'valid',
      header: t('instance.valid-until'),
      wide: true,
      cell: (account) => account.valid_until ?? t('instance.no-end'),
    },
    {
      id: 'made',
      header: t('instance.made'),
      wide: true,
      cell: (account) => <Time at={account.created_at} />,
    },
    {
      id: 'hint',
      header: t('instance.hint'),
      wide: true,
      hiddenAtFirst: true,
      cell: (account) => account.hint,
    },
  ]
}

export const AccountListPage = () => {
  const { t } = useTexts()
  const manages = useMay()('operator.accounts.manage')
  const [filters, setFilters] = useFilters('q', 'status')
  const [opened, dialog] = useDisclosure(false)
  const status = accountStates.find((state) => state === filters.status)
  const pages = usePages(listAccounts, { query: { limit: 100, q: filters.q, status } })
  const searched = Object.keys(filters).length > 0
  const add = manages ? (
    <Button leftSection={<IconPlus size={16} />} onClick={dialog.open}>
      {t('instance.add')}
    </Button>
  ) : null
  return (
    <Page title={t('instance.accounts')} purpose={t('instance.accounts-purpose')} action={add}>
      <DataTable
        id="instance-accounts"
        label={t('instance.accounts')}
        columns={useColumns()}
        pages={pages}
        rowKey={(account) => account.id}
        rowTo={(account) => `/instance/accounts/${account.id}`}
        toolbar={
          <Group gap="sm">
            <SearchField
              value={filters.q}
              onChange={(q) => setFilters({ q })}
              placeholder={t('instance.search-accounts')}
            />
            <Select
              w={180}
              aria-label={t('instance.state')}
              placeholder={t('instance.all-states')}
              clearable
              value={filters.status ?? null}
              onChange={(next) => setFilters({ status: next ?? undefined })}
              data={accountStates.map((state) => ({ value: state, label: t(`instance.state-${state}`) }))}
            />
          </Group>
        }
        empty={
          <EmptyState art={<People />} title={searched ? t('ui.no-match') : t('instance.empty')}>
            {searched ? null : t('instance.empty-text')}
          </EmptyState>
        }
      />
      <CreateAccountDialog opened={opened} onClose={dialog.close} />
    </Page>
  )
}
