import { ActionIcon, Menu } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconDots, IconMail, IconPencil, IconStar, IconTrash } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import {
  changeSender,
  listSenders,
  resendSenderConfirmation,
  type Sender,
} from '../../../../src/senders/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { refresh } from '../../lib/queries.ts'
import { problemTitle } from '../../ui/error-state.tsx'

type Props = { readonly sender: Sender; readonly onEdit: () => void; readonly onDelete: () => void }

export const SenderMenu = ({ sender, onEdit, onDelete }: Props) => {
  const texts = useTexts()
  const { t } = texts
  const client = useQueryClient()
  const makeDefault = async () => {
    try {
      await call(changeSender, {
        params: { id: sender.id },
        body: { default: true },
        ifMatch: sender.version,
      })
      notifications.show({ color: 'green', message: t('senders.default-set', { name: sender.name }) })
    } catch (error) {
      notifications.show({ color: 'red', message: problemTitle(error, texts) })
    }
    await refresh(client, listSenders)
  }
  const resend = async () => {
    try {
      await call(resendSenderConfirmation, { params: { id: sender.id }, body: {} })
      notifications.show({ color: 'green', message: t('senders.resent', { email: sender.email }) })
    } catch (error) {
      notifications.show({ color: 'red', message: problemTitle(error, texts) })
    }
    await refresh(client, listSenders)
  }
  return (
    <Menu position="bottom-end" shadow="md" width={260}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('senders.actions', { name: sender.name })}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil size={16} />} onClick={onEdit}>
          {t('ui.edit')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconStar size={16} />}
          disabled={sender.default}
          onClick={() => void makeDefault()}
        >
          {t('senders.make-default')}
        </Menu.Item>
        {sender.state === 'pending' ? (
          <Menu.Item leftSection={<IconMail size={16} />} onClick={() => void resend()}>
            {t('senders.resend')}
          </Menu.Item>
        ) : null}
        <Menu.Divider />
        <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={onDelete}>
          {t('ui.delete')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
