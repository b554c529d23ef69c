import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { listWebhooks, type Webhook } from '../../../../src/webhooks/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { usePages } from '../../lib/queries.ts'
import { useMay } from '../../lib/session.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { RingingBell } from '../../ui/illustrations.tsx'
import { Page } from '../../ui/page.tsx'
import { LogDrawer } from './log-drawer.tsx'
import { SecretDialog, type ShownSecret } from './secret-dialog.tsx'
import { TestDialog } from './test-dialog.tsx'
import { useWebhookColumns } from './webhook-columns.tsx'
import { WebhookDrawer } from './webhook-drawer.tsx'
import { WebhookMenu } from './webhook-menu.tsx'

export const WebhookListPage = () => {
  const { t } = useTexts()
  const manages = useMay()('account.webhooks.manage')
  const pages = usePages(listWebhooks)
  const [edited, setEdited] = useState<Webhook | 'new' | null>(null)
  const [tested, setTested] = useState<Webhook | null>(null)
  const [logged, setLogged] = useState<string | null>(null)
  const [shown, setShown] = useState<ShownSecret | null>(null)
  const show = (secret: ShownSecret) => {
    setEdited(null)
    setShown(secret)
  }
  const menu = (webhook: Webhook) => (
    <WebhookMenu
      webhook={webhook}
      manages={manages}
      onEdit={() => setEdited(webhook)}
      onTest={() => setTested(webhook)}
      onLog={() => setLogged(webhook.id)}
      onSecret={show}
    />
  )
  const add = manages ? (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setEdited('new')}>
      {t('webhooks.add')}
    </Button>
  ) : null
  return (
    <Page title={t('webhooks.title')} purpose={t('webhooks.purpose')} action={add}>
      <DataTable
        id="webhooks"
        label={t('webhooks.title')}
        columns={useWebhookColumns(menu)}
        pages={pages}
        rowKey={(webhook) => webhook.id}
        empty={
          <EmptyState art={<RingingBell />} title={t('webhooks.empty')} action={add}>
            {t('webhooks.empty-text')}
          </EmptyState>
        }
      />
      <WebhookDrawer edited={edited} onClose={() => setEdited(null)} onSecret={show} />
      <TestDialog webhook={tested} onClose={() => setTested(null)} />
      <LogDrawer
        webhook={pages.rows.find(({ id }) => id === logged) ?? null}
        onClose={() => setLogged(null)}
      />
      <SecretDialog shown={shown} onClose={() => setShown(null)} />
    </Page>
  )
}
