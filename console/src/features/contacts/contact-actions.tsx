import { ActionIcon, Button, Menu } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { IconDots, IconPencil, IconTrash } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import {
  type Contact,
  countContacts,
  deleteContact,
  listContacts,
} from '../../../../src/contacts/contract.ts'
import { listGroups } from '../../../../src/contacts/groups/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { refresh } from '../../lib/queries.ts'
import { useMay } from '../../lib/session.ts'
import { ConfirmDialog } from '../../ui/confirm.tsx'
import { ContactDrawer } from './contact-drawer.tsx'
import { contactTitle } from './contact-name.ts'

type Props = { readonly contact: Contact }
type DialogProps = Props & { readonly opened: boolean; readonly onClose: () => void }

const DeleteDialog = ({ contact, opened, onClose }: DialogProps) => {
  const { t } = useTexts()
  const client = useQueryClient()
  const navigate = useNavigate()
  const name = contactTitle(contact, t('contacts.nameless'))
  const remove = async () => {
    await call(deleteContact, { params: { id: contact.id }, ifMatch: contact.version })
    notifications.show({ color: 'green', message: t('contacts.deleted', { name }) })
    await navigate({ to: '/contacts' })
    await refresh(client, listContacts, countContacts, listGroups)
  }
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={t('contacts.delete-title', { name })}
      losses={[
        t('contacts.loss-contacts', { count: 1 }),
        ...(contact.groups.length > 0 ? [t('groups.loss-members', { count: contact.groups.length })] : []),
        t('contacts.loss-events'),
      ]}
      action={t('ui.delete')}
      onConfirm={remove}
    >
      {t('contacts.delete-text')}
    </ConfirmDialog>
  )
}

/** The buttons of a contact's page with what they open. */
export const ContactActions = ({ contact }: Props) => {
  const { t } = useTexts()
  const may = useMay()
  const [editing, drawer] = useDisclosure(false)
  const [deleting, dialog] = useDisclosure(false)
  const saved = () => notifications.show({ color: 'green', message: t('contacts.saved') })
  return (
    <>
      {may('contacts.delete') ? (
        <Menu position="bottom-end" shadow="md" width={200}>
          <Menu.Target>
            <ActionIcon variant="default" size={36} aria-label={t('ui.actions')}>
              <IconDots size={18} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={dialog.open}>
              {t('ui.delete')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      ) : null}
      {may('contacts.edit') ? (
        <Button leftSection={<IconPencil size={16} />} onClick={drawer.open}>
          {t('ui.edit')}
        </Button>
      ) : null}
      <ContactDrawer contact={contact} opened={editing} onClose={drawer.close} onSaved={saved} />
      <DeleteDialog contact={contact} opened={deleting} onClose={dialog.close} />
    </>
  )
}
