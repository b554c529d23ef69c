import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { listSenderDomains } from '../../../../src/sender-domains/contract.ts'
import { deleteSender, listSenders, type Sender } from '../../../../src/senders/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { read, refresh, usePages } from '../../lib/queries.ts'
import { useMay } from '../../lib/session.ts'
import { ConfirmDialog } from '../../ui/confirm.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Letter } from '../../ui/illustrations.tsx'
import { Page } from '../../ui/page.tsx'
import { senderColumns } from './sender-columns.tsx'
import { SenderDialog } from './sender-form.tsx'
import { SenderMenu } from './sender-menu.tsx'

type DeletionProps = { readonly sender: Sender | null; readonly onClose: () => void }

const Deletion = ({ sender, onClose }: DeletionProps) => {
  const { t } = useTexts()
  const client = useQueryClient()
  return (
    <ConfirmDialog
      opened={sender !== null}
      onClose={onClose}
      title={t('senders.delete-title', { name: sender?.name })}
      action={t('ui.delete')}
      onConfirm={async () => {
        if (sender === null) return
        await call(deleteSender, { params: { id: sender.id }, ifMatch: sender.version })
        await refresh(client, listSenders)
      }}
    >
      {t(sender?.default === true ? 'senders.delete-default' : 'senders.delete-text')}
    </ConfirmDialog>
  )
}

export const SenderListPage = () => {
  const texts = useTexts()
  const { t } = texts
  const manages = useMay()('email.senders.manage')
  const pages = usePages(listSenders)
  const domains = useQuery(read(listSenderDomains, { query: { limit: 1000 } }))
  const authorized = new Set(
    domains.data?.data.flatMap(({ id, state }) => (state === 'authorized' ? [id] : [])) ?? [],
  )
  const [edited, setEdited] = useState<Sender | 'new' | null>(null)
  const [doomed, setDoomed] = useState<Sender | null>(null)
  const add = manages ? (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setEdited('new')}>
      {t('senders.add')}
    </Button>
  ) : null
  const menu = (sender: Sender) => (
    <SenderMenu sender={sender} onEdit={() => setEdited(sender)} onDelete={() => setDoomed(sender)} />
  )
  return (
    <Page title={t('senders.title')} purpose={t('senders.purpose')} action={add}>
      <DataTable
        id="senders"
        label={t('senders.title')}
        pages={pages}
        rowKey={(sender) => sender.id}
        columns={senderColumns(texts, authorized, manages ? menu : null)}
        empty={
          <EmptyState art={<Letter />} title={t('senders.empty-title')} action={add}>
            {t('senders.empty-text')}
          </EmptyState>
        }
      />
      <SenderDialog
        opened={edited !== null}
        sender={edited === 'new' ? null : edited}
        onClose={() => setEdited(null)}
      />
      <Deletion sender={doomed} onClose={() => setDoomed(null)} />
    </Page>
  )
}
