import { ActionIcon, Menu } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconDots } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import {
  changeWebhook,
  deleteWebhook,
  listWebhooks,
  rotateWebhookSecret,
  type Webhook,
} from '../../../../src/webhooks/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { refresh } from '../../lib/queries.ts'
import { ConfirmDialog } from '../../ui/confirm.tsx'
import type { ShownSecret } from './secret-dialog.tsx'

type Props = {
  readonly webhook: Webhook
  readonly manages: boolean
  readonly onEdit: () => void
  readonly onTest: () => void
  readonly onLog: () => void
  readonly onSecret: (secret: ShownSecret) => void
}

const useActs = ({ webhook, onSecret }: Props) => {
  const { t } = useTexts()
  const client = useQueryClient()
  const { name } = webhook
  const params = { id: webhook.id }
  const tell = async (message: string) => {
    notifications.show({ color: 'green', message })
    await refresh(client, listWebhooks)
  }
  return {
    rotate: async () => {
      const { secret, old_secret_until } = await call(rotateWebhookSecret, { params, body: {} })
      onSecret({ name, secret, oldUntil: old_secret_until })
      await refresh(client, listWebhooks)
    },
    switchTo: async (enabled: boolean) => {
      await call(changeWebhook, { params, body: { enabled } })
      await tell(t(enabled ? 'webhooks.enabled' : 'webhooks.disabled', { name }))
    },
    remove: async () => {
      await call(deleteWebhook, { params })
      await tell(t('webhooks.removed', { name }))
    },
  }
}

type Asked = 'rotate' | 'enable' | 'disable' | 'remove' | null

const Dialogs = (props: Props & { readonly asked: Asked; readonly onClose: () => void }) => {
  const { asked, onClose, webhook } = props
  const { t } = useTexts()
  const { rotate, switchTo, remove } = useActs(props)
  const { name } = webhook
  return (
    <>
      <ConfirmDialog
        opened={asked === 'rotate'}
        onClose={onClose}
        danger={false}
        title={t('webhooks.rotate-title', { name })}
        action={t('webhooks.rotate')}
        onConfirm={rotate}
      >
        {t('webhooks.rotate-text')}
      </ConfirmDialog>
      <ConfirmDialog
        opened={asked === 'enable' || asked === 'disable'}
        onClose={onClose}
        danger={asked === 'disable'}
        title={asked === 'disable' ? t('webhooks.disable-title', { name }) : name}
        action={t(asked === 'disable' ? 'webhooks.disable' : 'webhooks.enable')}
        onConfirm={() => switchTo(asked === 'enable')}
      >
        {asked === 'disable'
          ? t('webhooks.disable-text')
          : t(`webhooks.reason-${webhook.disabled_reason ?? 'by_user'}`)}
      </ConfirmDialog>
      <ConfirmDialog
        opened={asked === 'remove'}
        onClose={onClose}
        title={t('webhooks.remove-title', { name })}
        losses={[t('webhooks.remove-loss-queue'), t('webhooks.remove-loss-log')]}
        action={t('webhooks.remove')}
        onConfirm={remove}
      />
    </>
  )
}

const Manage = ({ webhook, onEdit, onTest, onAsk }: Props & { readonly onAsk: (asked: Asked) => void }) => {
  const { t } = useTexts()
  const change = webhook.enabled ? 'disable' : 'enable'
  return (
    <>
      <Menu.Item onClick={onTest}>{t('webhooks.test')}</Menu.Item>
      <Menu.Item onClick={onEdit}>{t('webhooks.edit')}</Menu.Item>
      <Menu.Item onClick={() => onAsk('rotate')}>{t('webhooks.rotate')}</Menu.Item>
      <Menu.Item onClick={() => onAsk(change)}>{t(`webhooks.${change}`)}</Menu.Item>
      <Menu.Item color="red" onClick={() => onAsk('remove')}>
        {t('webhooks.remove')}
      </Menu.Item>
    </>
  )
}

export const WebhookMenu = (props: Props) => {
  const { t } = useTexts()
  const [asked, setAsked] = useState<Asked>(null)
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('webhooks.actions', { name: props.webhook.name })}
          >
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={props.onLog}>{t('webhooks.log')}</Menu.Item>
          {props.manages ? <Manage {...props} onAsk={setAsked} /> : null}
        </Menu.Dropdown>
      </Menu>
      <Dialogs {...props} asked={asked} onClose={() => setAsked(null)} />
    </>
  )
}
