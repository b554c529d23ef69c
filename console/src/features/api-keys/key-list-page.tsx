import { Button, Code, Stack, Text, Tooltip } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { type ApiKey, listApiKeys } from '../../../../src/security/api-keys/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { usePages } from '../../lib/queries.ts'
import { useMay } from '../../lib/session.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Time } from '../../ui/figures.tsx'
import { Sheet } from '../../ui/illustrations.tsx'
import { Page } from '../../ui/page.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { KeyDrawer } from './key-drawer.tsx'
import { KeyMenu } from './key-menu.tsx'
import { SecretDialog, type ShownSecret } from './secret-dialog.tsx'

const colours = {
  active: 'active',
  rotating: 'running',
  suspending: 'held',
  revoked: 'disabled',
  expired: 'archived',
} as const

const State = ({ apiKey }: { readonly apiKey: ApiKey }) => {
  const texts = useTexts()
  const { t } = texts
  const badge = <StatusBadge state={colours[apiKey.status]} label={t(`api-keys.state-${apiKey.status}`)} />
  const until = apiKey.status === 'rotating' ? apiKey.old_secret_until : apiKey.suspended_from
  if (until === null) return badge
  const words = apiKey.status === 'rotating' ? 'api-keys.rotating-hint' : 'api-keys.suspending-hint'
  return (
    <Tooltip
      multiline
      maw={300}
      label={
        <>
          {t(words)} <Time at={until} />
        </>
      }
    >
      <span>{badge}</span>
    </Tooltip>
  )
}

const useColumns = (menu: (apiKey: ApiKey) => React.ReactNode): Column<ApiKey>[] => {
  const { t } = useTexts()
  return [
    {
      id: 'name',
      header: t('api-keys.name'),
      fixed: true,
      cell: (key) => (
        <Stack gap={0}>
          <Text span size="sm" fw={550}>
            {key.name}
          </Text>
          <Code>{key.prefix}…</Code>
        </Stack>
      ),
    },
    { id: 'state', header: t('api-keys.state'), cell: (key) => <State apiKey={key} /> },
    { id: 'mode', header: t('api-keys.mode'), wide: true, cell: (key) => t(`api-keys.mode-${key.mode}`) },
    {
      id: 'scopes',
      header: t('api-keys.scopes'),
      wide: true,
      cell: (key) => (
        <Tooltip multiline maw={420} label={key.scopes.join(', ')}>
          <span>{t('api-keys.scopes-count', { count: key.scopes.length })}</span>
        </Tooltip>
      ),
    },
    {
      id: 'networks',
      header: t('api-keys.networks'),
      wide: true,
      cell: (key) => (key.cidrs.length === 0 ? t('api-keys.from-anywhere') : key.cidrs.join(', ')),
    },
    {
      id: 'maker',
      header: t('api-keys.made-by'),
      wide: true,
      hiddenAtFirst: true,
      cell: (key) => key.created_by.name,
    },
    { id: 'expires', header: t('api-keys.expires'), wide: true, cell: (key) => <Time at={key.expires_at} /> },
    {
      id: 'used',
      header: t('api-keys.last-used'),
      wide: true,
      cell: (key) =>
        key.last_used_at === null ? (
          t('api-keys.never')
        ) : (
          <Stack gap={0}>
            <Time at={key.last_used_at} />
            <Text span size="xs" c="dimmed">
              {key.last_address}
            </Text>
          </Stack>
        ),
    },
    { id: 'menu', header: '', align: 'end', cell: menu },
  ]
}

export const KeyListPage = () => {
  const { t } = useTexts()
  const manages = useMay()('account.api_keys.manage')
  const pages = usePages(listApiKeys)
  const [edited, setEdited] = useState<ApiKey | 'new' | null>(null)
  const [shown, setShown] = useState<ShownSecret | null>(null)
  const menu = (apiKey: ApiKey) =>
    manages && apiKey.status !== 'revoked' ? (
      <KeyMenu apiKey={apiKey} onEdit={() => setEdited(apiKey)} onSecret={setShown} />
    ) : null
  const add = manages ? (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setEdited('new')}>
      {t('api-keys.add')}
    </Button>
  ) : null
  return (
    <Page title={t('api-keys.title')} purpose={t('api-keys.purpose')} action={add}>
      <DataTable
        id="api-keys"
        label={t('api-keys.title')}
        columns={useColumns(menu)}
        pages={pages}
        rowKey={(key) => key.id}
        empty={
          <EmptyState art={<Sheet />} title={t('api-keys.empty')} action={add}>
            {t('api-keys.empty-text')}
          </EmptyState>
        }
      />
      <KeyDrawer
        edited={edited}
        onClose={() => setEdited(null)}
        onSecret={(secret) => {
          setEdited(null)
          setShown(secret)
        }}
      />
      <SecretDialog shown={shown} onClose={() => setShown(null)} />
    </Page>
  )
}
