import { Alert, Checkbox, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import {
  changeRoute,
  createRoute,
  listProviders,
  listRoutes,
  type Provider,
} from '../../../../src/providers/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { refresh } from '../../lib/queries.ts'
import { ConfirmDialog } from '../../ui/confirm.tsx'
import { addressOfProvider, type EmailWay } from './email-way.ts'

/** Makes one provider the way of all e-mail; an account without such a route gets it. */
const useSwitch = ({ main }: EmailWay) => {
  const client = useQueryClient()
  return async (provider: Provider) => {
    const providers = [{ provider_id: provider.id }]
    if (main === null) await call(createRoute, { body: { channel: 'email', providers } })
    else {
      await call(changeRoute, {
        params: { id: main.id },
        body: { mode: 'failover', providers },
        ifMatch: main.version,
      })
    }
    await refresh(client, listRoutes, listProviders)
  }
}

type Props = { readonly way: EmailWay; readonly provider: Provider | null; readonly onClose: () => void }

const Warning = ({ provider }: { readonly provider: Provider }) => {
  const { t } = useTexts()
  const check = provider.state.last_check
  if (check?.ok === true) return null
  return (
    <Alert color="yellow" variant="light" icon={<IconAlertTriangle size={20} />}>
      {check === null ? t('providers.use-untested') : t('providers.use-broken', { detail: check.detail })}
    </Alert>
  )
}

const LiveDialog = ({ way, provider, onClose }: Props & { readonly provider: Provider }) => {
  const { t } = useTexts()
  const [sure, setSure] = useState(false)
  const change = useSwitch(way)
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('providers.use-title', { name: provider.name })}
      action={t('providers.use-for-email')}
      danger={false}
      disabled={!sure}
      onConfirm={async () => {
        await change(provider)
        notifications.show({ color: 'green', message: t('providers.use-done', { name: provider.name }) })
      }}
    >
      <Stack gap="md">
        <Text size="sm">
          {t('providers.use-text', { address: addressOfProvider(provider) ?? t('providers.direct-to') })}
        </Text>
        {way.inMain.length < 2 ? null : (
          <Text size="sm">
            {t('providers.use-replaces', { names: way.inMain.map(({ name }) => name).join(', ') })}
          </Text>
        )}
        <Warning provider={provider} />
        <Checkbox
          label={t('providers.use-sure')}
          checked={sure}
          onChange={(event) => setSure(event.currentTarget.checked)}
          data-autofocus
        />
      </Stack>
    </ConfirmDialog>
  )
}

const BackDialog = ({ way, provider, onClose }: Props & { readonly provider: Provider }) => {
  const { t } = useTexts()
  const change = useSwitch(way)
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('providers.back-title')}
      action={t('providers.back-to-mailbox')}
      danger={false}
      onConfirm={async () => {
        await change(provider)
        notifications.show({ color: 'green', message: t('providers.back-done') })
      }}
    >
      {t('providers.back-text')}
    </ConfirmDialog>
  )
}

/** Changes where all e-mail goes, and says before what that means for real people. */
export const SwitchDialog = ({ way, provider, onClose }: Props) => {
  if (provider === null) return null
  const Dialog = provider.kind === 'simulator' ? BackDialog : LiveDialog
  return <Dialog key={provider.id} way={way} provider={provider} onClose={onClose} />
}
