import { Anchor } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useRouter } from '@tanstack/react-router'
import type { Contact } from '../../../../src/contacts/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { ContactDrawer } from './contact-drawer.tsx'
import { contactTitle } from './contact-name.ts'

type Props = { readonly opened: boolean; readonly onClose: () => void }

export const AddContactDrawer = (props: Props) => {
  const { t } = useTexts()
  const router = useRouter()
  const tell = (contact: Contact, onto: 'new' | 'existing') => {
    const path = `/contacts/${contact.id}`
    notifications.show({
      color: 'green',
      message: (
        <>
          {t(onto === 'new' ? 'contacts.added' : 'contacts.brought-up', {
            name: contactTitle(contact, t('contacts.nameless')),
          })}{' '}
          {/* The notice stands outside the router, so it opens the contact through it. */}
          <Anchor
            component="button"
            type="button"
            size="sm"
            onClick={() => void router.navigate({ to: path })}
          >
            {t('contacts.exists-open')}
          </Anchor>
        </>
      ),
    })
  }
  return <ContactDrawer {...props} onSaved={tell} />
}
