import { Button, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlus } from '@tabler/icons-react'
import { type Consent, listConsents } from '../../../../src/contacts/consents/contract.ts'
import type { Contact } from '../../../../src/contacts/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { useLive } from '../../lib/events.ts'
import { usePages } from '../../lib/queries.ts'
import { useMay } from '../../lib/session.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Time } from '../../ui/figures.tsx'
import { Sheet } from '../../ui/illustrations.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { ConsentDialog } from './consent-dialog.tsx'
import { useProofWords } from './proof-words.ts'

const badgeState = {
  granted: 'active',
  withdrawn: 'rejected',
  expired: 'deferred',
  unknown: 'archived',
} as const

const useColumns = (): Column<Consent>[] => {
  const { t, find } = useTexts()
  const toWords = useProofWords()
  return [
    { id: 'at', header: t('contacts.when'), fixed: true, cell: (consent) => <Time at={consent.at} /> },
    {
      id: 'state',
      header: t('contacts.consent'),
      cell: (consent) => (
        <StatusBadge state={badgeState[consent.state]} label={t(`contacts.consent-${consent.state}`)} />
      ),
    },
    {
      id: 'channel',
      header: t('contacts.channel'),
      wide: true,
      cell: (consent) => t(`contacts.channel-${consent.channel}`),
    },
    {
      id: 'purpose',
      header: t('contacts.purpose'),
      wide: true,
      cell: (consent) => find('contacts', `purpose-${consent.purpose}`) ?? consent.purpose,
    },
    {
      id: 'basis',
      header: t('contacts.basis'),
      wide: true,
      cell: (consent) => t(`contacts.basis-${consent.basis}`),
    },
    {
      id: 'source',
      header: t('contacts.source'),
      wide: true,
      cell: (consent) => find('contacts', `source-${consent.source}`) ?? consent.source,
    },
    {
      id: 'proof',
      header: t('contacts.proof'),
      wide: true,
      cell: (consent) => (
        <Text span size="sm" c="dimmed" title={toWords(consent)}>
          {toWords(consent)}
        </Text>
      ),
    },
    {
      id: 'actor',
      header: t('contacts.by'),
      wide: true,
      hiddenAtFirst: true,
      cell: (consent) => consent.actor?.name,
    },
  ]
}

/** The ledger of consents: entries are added, never changed. */
export const ContactConsents = ({ contact }: { readonly contact: Contact }) => {
  const { t } = useTexts()
  const may = useMay()
  const [recording, dialog] = useDisclosure(false)
  const pages = usePages(listConsents, { params: { id: contact.id }, query: { limit: 50 } })
  useLive('contact', listConsents)
  return (
    <>
      <DataTable
        id="contact-consents"
        label={t('contacts.consents')}
        columns={useColumns()}
        pages={pages}
        rowKey={(consent) => consent.id}
        toolbar={
          may('contacts.consents.edit') ? (
            <Button variant="default" leftSection={<IconPlus size={16} />} onClick={dialog.open}>
              {t('contacts.record-consent')}
            </Button>
          ) : null
        }
        empty={
          <EmptyState art={<Sheet />} title={t('contacts.no-consents')}>
            {t('contacts.no-consents-text')}
          </EmptyState>
        }
      />
      <ConsentDialog contact={contact} opened={recording} onClose={dialog.close} />
    </>
  )
}
