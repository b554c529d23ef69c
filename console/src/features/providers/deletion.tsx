import { Button, Group, Modal, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { deleteProvider, listProviders, type Provider } from '../../../../src/providers/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { refresh } from '../../lib/queries.ts'
import { ConfirmDialog } from '../../ui/confirm.tsx'
import type { EmailWay } from './email-way.ts'
import { routeName } from './route-name.ts'

type Props = { readonly way: EmailWay; readonly provider: Provider | null; readonly onClose: () => void }

/** What stands in a route cannot be deleted: says so, and which routes, instead of letting the server refuse. */
const InUse = ({ way, provider, onClose }: Props & { readonly provider: Provider }) => {
  const texts = useTexts()
  const { t } = texts
  const routes = way.routesOf(provider).map((route) => routeName(route, texts))
  return (
    <Modal opened onClose={onClose} title={t('providers.delete-used-title', { name: provider.name })}>
      <Text size="sm">{t('providers.delete-used', { routes: routes.join(', ') })}</Text>
      <Group justify="flex-end" mt="md">
        <Button onClick={onClose} data-autofocus>
          {t('ui.close')}
        </Button>
      </Group>
    </Modal>
  )
}

export const Deletion = (props: Props) => {
  const { way, provider, onClose } = props
  const { t } = useTexts()
  const client = useQueryClient()
  if (provider === null) return null
  if (way.routesOf(provider).length > 0) return <InUse {...props} provider={provider} />
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('providers.delete-title', { name: provider.name })}
      action={t('ui.delete')}
      onConfirm={async () => {
        await call(deleteProvider, { params: { id: provider.id }, ifMatch: provider.version })
        await refresh(client, listProviders)
      }}
    >
      {t('providers.delete-text')}
    </ConfirmDialog>
  )
}
