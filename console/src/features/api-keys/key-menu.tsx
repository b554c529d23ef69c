import { ActionIcon, Menu } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconDots } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import {
  type ApiKey,
  listApiKeys,
  revokeApiKey,
  rotateApiKey,
} from '../../../../src/security/api-keys/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { refresh } from '../../lib/queries.ts'
import { ConfirmDialog } from '../../ui/confirm.tsx'
import type { ShownSecret } from './secret-dialog.tsx'

type Props = {
  readonly apiKey: ApiKey
  readonly onEdit: () => void
  readonly onSecret: (secret: ShownSecret) => void
}

const useKeyActs = ({ apiKey, onSecret }: Props) => {
  const { t } = useTexts()
  const client = useQueryClient()
  const params = { id: apiKey.id }
  return {
    rotate: async () => {
      const { name, secret, scopes, old_secret_until } = await call(rotateApiKey, { params, body: {} })
      onSecret({ name, secret, scopes, oldUntil: old_secret_until })
      await refresh(client, listApiKeys)
    },
    revoke: async () => {
      await call(revokeApiKey, { params })
      notifications.show({ color: 'green', message: t('api-keys.revoked', { name: apiKey.name }) })
      await refresh(client, listApiKeys)
    },
  }
}

export const KeyMenu = (props: Props) => {
  const { apiKey, onEdit } = props
  const { t } = useTexts()
  const { rotate, revoke } = useKeyActs(props)
  const [asked, setAsked] = useState<'rotate' | 'revoke' | null>(null)
  const close = () => setAsked(null)
  const { name } = apiKey
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={t('api-keys.actions', { name })}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={onEdit}>{t('api-keys.edit')}</Menu.Item>
          <Menu.Item onClick={() => setAsked('rotate')} disabled={apiKey.status === 'expired'}>
            {t('api-keys.rotate')}
          </Menu.Item>
          <Menu.Item color="red" onClick={() => setAsked('revoke')}>
            {t('api-keys.revoke')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ConfirmDialog
        opened={asked === 'rotate'}
        onClose={close}
        danger={false}
        title={t('api-keys.rotate-title', { name })}
        action={t('api-keys.rotate')}
        onConfirm={rotate}
      >
        {t('api-keys.rotate-text')}
      </ConfirmDialog>
      <ConfirmDialog
        opened={asked === 'revoke'}
        onClose={close}
        title={t('api-keys.revoke-title', { name })}
        losses={[t('api-keys.revoke-loss')]}
        action={t('api-keys.revoke')}
        onConfirm={revoke}
      >
        {t('api-keys.revoke-text')}
      </ConfirmDialog>
    </>
  )
}
