import { Button, Menu } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconChevronDown, IconKey, IconPower, IconSettings, IconTrash } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import {
  changeSenderDomain,
  deleteSenderDomain,
  getSenderDomain,
  listSenderDomains,
  rotateDkim,
  type SenderDomain,
} from '../../../../src/sender-domains/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { refresh } from '../../lib/queries.ts'
import { ConfirmDialog } from '../../ui/confirm.tsx'
import { problemTitle } from '../../ui/error-state.tsx'
import { SettingsDialog } from './settings-dialog.tsx'

type Props = { readonly domain: SenderDomain }

const useActs = ({ domain }: Props) => {
  const texts = useTexts()
  const { t } = texts
  const client = useQueryClient()
  const navigate = useNavigate()
  const params = { id: domain.id }
  const tell = async (message: string) => {
    notifications.show({ color: 'green', message })
    await refresh(client, getSenderDomain, listSenderDomains)
  }
  return {
    rotate: async () => {
      await call(rotateDkim, { params, body: {} })
      await tell(t('sender-domains.rotated'))
    },
    switchTo: async (disabled: boolean) => {
      try {
        await call(changeSenderDomain, { params, body: { disabled } })
        await tell(
          t(disabled ? 'sender-domains.disabled' : 'sender-domains.enabled', { domain: domain.domain }),
        )
      } catch (error) {
        notifications.show({ color: 'red', message: problemTitle(error, texts) })
      }
    },
    remove: async () => {
      await call(deleteSenderDomain, { params })
      notifications.show({
        color: 'green',
        message: t('sender-domains.deleted', { domain: domain.domain }),
      })
      await navigate({ to: '/email/settings/domains' })
      await refresh(client, listSenderDomains)
    },
  }
}

type Asked = 'settings' | 'rotate' | 'remove' | null

const Dialogs = ({ domain, asked, onClose }: Props & { asked: Asked; onClose: () => void }) => {
  const { t } = useTexts()
  const { rotate, remove } = useActs({ domain })
  return (
    <>
      <SettingsDialog domain={domain} opened={asked === 'settings'} onClose={onClose} />
      <ConfirmDialog
        opened={asked === 'rotate'}
        onClose={onClose}
        title={t('sender-domains.rotate-title')}
        action={t('sender-domains.rotate-action')}
        danger={false}
        onConfirm={rotate}
      >
        {t('sender-domains.rotate-text')}
      </ConfirmDialog>
      <ConfirmDialog
        opened={asked === 'remove'}
        onClose={onClose}
        title={t('sender-domains.delete-title', { domain: domain.domain })}
        action={t('ui.delete')}
        typed={domain.domain}
        losses={[
          t('sender-domains.delete-loss-keys'),
          t('sender-domains.delete-loss-proof'),
          t('sender-domains.delete-loss-reports'),
        ]}
        onConfirm={remove}
      />
    </>
  )
}

export const DomainMenu = ({ domain }: Props) => {
  const { t } = useTexts()
  const { switchTo } = useActs({ domain })
  const [asked, setAsked] = useState<Asked>(null)
  const off = domain.state === 'disabled'
  return (
    <>
      <Menu position="bottom-end" shadow="md" width={240}>
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={16} />}>
            {t('sender-domains.actions')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconSettings size={16} />} onClick={() => setAsked('settings')}>
            {t('sender-domains.settings')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconKey size={16} />}
            disabled={domain.records.length === 0}
            onClick={() => setAsked('rotate')}
          >
            {t('sender-domains.rotate')}
          </Menu.Item>
          <Menu.Item leftSection={<IconPower size={16} />} onClick={() => void switchTo(!off)}>
            {t(off ? 'sender-domains.enable' : 'sender-domains.disable')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => setAsked('remove')}>
            {t('sender-domains.delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Dialogs domain={domain} asked={asked} onClose={() => setAsked(null)} />
    </>
  )
}
