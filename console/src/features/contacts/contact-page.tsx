import { Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useLocation } from '@tanstack/react-router'
import { type Contact, getContact } from '../../../../src/contacts/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { useLive } from '../../lib/events.ts'
import { read } from '../../lib/queries.ts'
import { useParam } from '../../lib/route.ts'
import { useMay } from '../../lib/session.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { Page } from '../../ui/page.tsx'
import { PageTabs } from '../../ui/page-tabs.tsx'
import { CardSkeleton } from '../../ui/skeletons.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { ContactActions } from './contact-actions.tsx'
import { ContactChanges } from './contact-changes.tsx'
import { ContactConsents } from './contact-consents.tsx'
import { ContactKeys } from './contact-keys.tsx'
import { contactTitle } from './contact-name.ts'
import { ContactOverview } from './contact-overview.tsx'
import { SendLight } from './send-light.tsx'

const Tabs = ({ id }: { readonly id: string }) => {
  const { t } = useTexts()
  const may = useMay()
  const base = `/contacts/${id}`
  return (
    <PageTabs
      label={t('contacts.parts')}
      tabs={[
        { to: base, label: t('contacts.overview') },
        ...(may('contacts.consents.view') ? [{ to: `${base}/consents`, label: t('contacts.consents') }] : []),
        { to: `${base}/changes`, label: t('contacts.changes') },
      ]}
    />
  )
}

const Part = ({ contact }: { readonly contact: Contact }) => {
  const { pathname } = useLocation()
  if (pathname.endsWith('/consents')) return <ContactConsents contact={contact} />
  if (pathname.endsWith('/changes')) return <ContactChanges contact={contact} />
  return <ContactOverview contact={contact} />
}

const Content = ({ contact }: { readonly contact: Contact }) => {
  const { t } = useTexts()
  const title = contactTitle(contact, t('contacts.nameless'))
  return (
    <Page
      title={title}
      badge={
        <>
          {contact.state === 'active' ? null : (
            <StatusBadge state={contact.state} label={t(`contacts.state-${contact.state}`)} />
          )}
          <SendLight contact={contact} />
        </>
      }
      crumbs={[{ label: title }]}
      action={<ContactActions contact={contact} />}
    >
      <Stack gap="md">
        <ContactKeys contact={contact} />
        <div>
          <Tabs id={contact.id} />
          <Part contact={contact} />
        </div>
      </Stack>
    </Page>
  )
}

export const ContactPage = () => {
  const { t } = useTexts()
  const id = useParam('id')
  const { data: contact, error, refetch } = useQuery(read(getContact, { params: { id } }))
  useLive('contact', getContact)
  if (contact !== undefined) return <Content contact={contact} key={contact.id} />
  return (
    <Page title={t('contacts.contact')}>
      {error === null ? <CardSkeleton /> : <ErrorState error={error} onRetry={() => void refetch()} />}
    </Page>
  )
}
