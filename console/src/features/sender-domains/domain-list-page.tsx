import { Button, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { listSenderDomains, type SenderDomainItem } from '../../../../src/sender-domains/contract.ts'
import type { Texts } from '../../i18n/message.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { useLive } from '../../lib/events.ts'
import { usePages } from '../../lib/queries.ts'
import { useMay } from '../../lib/session.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Time } from '../../ui/figures.tsx'
import { Letter } from '../../ui/illustrations.tsx'
import { Page } from '../../ui/page.tsx'
import { AddDomainDialog } from './add-domain-dialog.tsx'
import { domainPath } from './domain-path.ts'
import { DomainState, mayWords } from './domain-state.tsx'

const columns = ({ t }: Texts): readonly Column<SenderDomainItem>[] => [
  {
    id: 'domain',
    header: t('sender-domains.domain'),
    fixed: true,
    cell: ({ domain }) => (
      <Text span size="sm" fw={550}>
        {domain}
      </Text>
    ),
  },
  { id: 'state', header: t('sender-domains.state'), cell: ({ state }) => <DomainState state={state} /> },
  { id: 'sends', header: t('sender-domains.sends'), wide: true, cell: (domain) => t(mayWords(domain)) },
  {
    id: 'checked',
    header: t('sender-domains.checked'),
    wide: true,
    cell: ({ checked_at: at }) =>
      at === null ? (
        <Text span size="sm" c="dimmed">
          {t('sender-domains.never-checked')}
        </Text>
      ) : (
        <Time at={at} />
      ),
  },
]

export const DomainListPage = () => {
  const texts = useTexts()
  const { t } = texts
  const manages = useMay()('email.senders.manage')
  const pages = usePages(listSenderDomains)
  const [adding, setAdding] = useState(false)
  useLive('sender_domain', listSenderDomains)
  const add = manages ? (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
      {t('sender-domains.add')}
    </Button>
  ) : null
  return (
    <Page title={t('sender-domains.title')} purpose={t('sender-domains.purpose')} action={add}>
      <DataTable
        id="sender-domains"
        label={t('sender-domains.title')}
        pages={pages}
        rowKey={({ id }) => id}
        rowTo={({ id }) => domainPath(id)}
        columns={columns(texts)}
        empty={
          <EmptyState art={<Letter />} title={t('sender-domains.empty-title')} action={add}>
            {t('sender-domains.empty-text')}
          </EmptyState>
        }
      />
      <AddDomainDialog opened={adding} onClose={() => setAdding(false)} />
    </Page>
  )
}
