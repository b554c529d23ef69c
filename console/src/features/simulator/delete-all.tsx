import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { IconTrash } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { emptySimulator, listSimulatorMessages } from '../../../../src/simulator/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { refresh } from '../../lib/queries.ts'
import { ConfirmDialog } from '../../ui/confirm.tsx'
import type { Mailbox } from './place.ts'

type Props = {
  readonly mailbox: Mailbox
  readonly disabled: boolean
  /** How many there are, where that is known. */
  readonly count: number | null
  readonly onDone: () => void
}

export const DeleteAll = ({ mailbox, disabled, count, onDone }: Props) => {
  const { t } = useTexts()
  const client = useQueryClient()
  const [asking, ask] = useDisclosure(false)
  const empty = async () => {
    await call(emptySimulator, { query: { mailbox } })
    onDone()
    await refresh(client, listSimulatorMessages)
    notifications.show({ color: 'green', message: t('simulator.delete-all-done') })
  }
  return (
    <>
      <Button variant="default" leftSection={<IconTrash size={16} />} disabled={disabled} onClick={ask.open}>
        {t('simulator.delete-all')}
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={ask.close}
        title={t('simulator.delete-all-title')}
        action={t('simulator.delete-all')}
        losses={count === null ? [] : [t('simulator.shown', { count })]}
        onConfirm={empty}
      >
        {t(`simulator.delete-all-${mailbox}`)}
      </ConfirmDialog>
    </>
  )
}
