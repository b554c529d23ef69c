import { ActionIcon, Menu } from '@mantine/core'
import {
  IconDots,
  IconInbox,
  IconMailCheck,
  IconPencil,
  IconPlugConnected,
  IconSend,
  IconTrash,
} from '@tabler/icons-react'
import type { Provider } from '../../../../src/providers/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'

type Props = {
  readonly provider: Provider
  readonly isMain: boolean
  readonly onTest: () => void
  readonly onEdit: () => void
  readonly onReceipts: () => void
  readonly onUse: () => void
  readonly onDelete: () => void
}

export const ProviderMenu = (props: Props) => {
  const { provider, isMain, onTest, onEdit, onReceipts, onUse, onDelete } = props
  const { t } = useTexts()
  const isSimulator = provider.kind === 'simulator'
  return (
    <Menu position="bottom-end" shadow="md" width={250}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('providers.actions', { name: provider.name })}
        >
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPlugConnected size={16} />} onClick={onTest}>
          {t('providers.test')}
        </Menu.Item>
        <Menu.Item leftSection={<IconPencil size={16} />} onClick={onEdit}>
          {t('ui.edit')}
        </Menu.Item>
        {provider.kind === 'smtp' ? (
          <Menu.Item leftSection={<IconMailCheck size={16} />} onClick={onReceipts}>
            {t('providers.receipts')}
          </Menu.Item>
        ) : null}
        <Menu.Item
          leftSection={isSimulator ? <IconInbox size={16} /> : <IconSend size={16} />}
          disabled={isMain || !provider.enabled}
          onClick={onUse}
        >
          {t(isSimulator ? 'providers.back-to-mailbox' : 'providers.use-for-email')}
        </Menu.Item>
        {/* The way back must stay open, so the built-in mailbox cannot be deleted here. */}
        {isSimulator ? null : (
          <>
            <Menu.Divider />
            <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={onDelete}>
              {t('ui.delete')}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
