import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { reclassifyBounces } from '../../../../src/inbound/rules/contract.ts'
import { listOperations } from '../../../../src/operations/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { refresh } from '../../lib/queries.ts'
import { ConfirmDialog } from '../../ui/confirm.tsx'

const days = 30

type Props = { readonly opened: boolean; readonly onClose: () => void }

export const ReclassifyDialog = ({ opened, onClose }: Props) => {
  const { t } = useTexts()
  const client = useQueryClient()
  const start = async () => {
    await call(reclassifyBounces, { body: { days } })
    await refresh(client, listOperations)
    notifications.show({ color: 'green', message: t('bounces.reclassify-started') })
  }
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={t('bounces.reclassify-title')}
      action={t('bounces.reclassify')}
      danger={false}
      onConfirm={start}
    >
      {t('bounces.reclassify-text')}
    </ConfirmDialog>
  )
}
