import { Button, Group, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import type { Provider } from '../../../../src/providers/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { useMay } from '../../lib/session.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Sheet } from '../../ui/illustrations.tsx'
import { Page } from '../../ui/page.tsx'
import { Deletion } from './deletion.tsx'
import { type EmailWay, useEmailWay } from './email-way.ts'
import { providerColumns } from './provider-columns.tsx'
import { ProviderDrawer } from './provider-drawer.tsx'
import type { Kind } from './provider-form.ts'
import { ProviderMenu } from './provider-menu.tsx'
import { ReceiptsDialog } from './receipts-dialog.tsx'
import { SwitchDialog } from './switch-dialogs.tsx'
import { WayCard } from './way-card.tsx'

/** The whole list at once: an account has a handful of providers. */
const toPages = (way: EmailWay) => ({
  rows: [...way.all],
  isPending: way.isPending,
  isFetching: false,
  isFetchingMore: false,
  hasMore: false,
  error: way.error,
  loadMore: () => undefined,
  retry: way.retry,
})

type Opened = { readonly provider: Provider | null; readonly kind: Kind; readonly testNow: boolean }

export const ProviderListPage = () => {
  const texts = useTexts()
  const { t } = texts
  const manages = useMay()('sending.providers.manage')
  const way = useEmailWay()
  const [edited, setEdited] = useState<Opened | null>(null)
  const [chosen, setChosen] = useState<string | null>(null)
  const [doomed, setDoomed] = useState<string | null>(null)
  const [told, setTold] = useState<string | null>(null)
  // Read from the list at every moment: a test may have changed the provider since it was chosen.
  const byId = (id: string | null) => way.all.find((provider) => provider.id === id) ?? null
  const isMain = (provider: Provider) => way.inMain.length === 1 && way.inMain[0]?.id === provider.id
  const open = (provider: Provider, testNow: boolean) => setEdited({ provider, kind: provider.kind, testNow })
  const edit = (provider: Provider) => open(provider, false)
  const add = manages ? (
    <Group gap="sm">
      <Button variant="default" onClick={() => setEdited({ provider: null, kind: 'mx', testNow: false })}>
        {t('providers.add-direct')}
      </Button>
      <Button
        leftSection={<IconPlus size={16} />}
        onClick={() => setEdited({ provider: null, kind: 'smtp', testNow: false })}
      >
        {t('providers.add')}
      </Button>
    </Group>
  ) : null
  const menu = (provider: Provider) => (
    <ProviderMenu
      provider={provider}
      isMain={isMain(provider)}
      onTest={() => open(provider, true)}
      onEdit={() => edit(provider)}
      onReceipts={() => setTold(provider.id)}
      onUse={() => setChosen(provider.id)}
      onDelete={() => setDoomed(provider.id)}
    />
  )
  return (
    <Page title={t('providers.title')} purpose={t('providers.purpose')} action={add}>
      <WayCard way={way} onBack={() => setChosen(way.simulator?.id ?? null)} />
      <DataTable
        id="providers"
        label={t('providers.title')}
        pages={toPages(way)}
        toolbar={<Text fw={600}>{t('providers.list')}</Text>}
        rowKey={(provider) => provider.id}
        columns={providerColumns(texts, {
          way,
          onEdit: manages ? edit : null,
          menu: manages ? menu : null,
        })}
        empty={
          <EmptyState art={<Sheet />} title={t('providers.empty-title')} action={add}>
            {t('providers.empty-text')}
          </EmptyState>
        }
      />
      <ProviderDrawer
        opened={edited !== null}
        provider={edited?.provider ?? null}
        kind={edited?.kind ?? 'smtp'}
        testNow={edited?.testNow ?? false}
        isMain={isMain}
        onUse={(provider) => {
          setEdited(null)
          setChosen(provider.id)
        }}
        onClose={() => setEdited(null)}
      />
      <SwitchDialog way={way} provider={byId(chosen)} onClose={() => setChosen(null)} />
      <ReceiptsDialog provider={byId(told)} onClose={() => setTold(null)} />
      <Deletion way={way} provider={byId(doomed)} onClose={() => setDoomed(null)} />
    </Page>
  )
}
