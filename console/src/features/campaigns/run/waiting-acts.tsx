import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { getCampaign } from '../../../../../src/campaigns/contract.ts'
import {
  type RowSelection,
  retryMessages,
  stopRetrying,
} from '../../../../../src/campaigns/ledger/contract.ts'
import { getAccounting, listJournal } from '../../../../../src/campaigns/run/contract.ts'
import { getRecipient, listRecipients } from '../../../../../src/reports/contract.ts'
import { useFormats, useTexts } from '../../../i18n/texts.tsx'
import { call } from '../../../lib/call.ts'
import { refresh } from '../../../lib/queries.ts'
import { ConfirmDialog } from '../../../ui/confirm.tsx'

export type WaitingAct = 'retry' | 'stop'
const contracts = { retry: retryMessages, stop: stopRetrying } as const

/** Rows that wait for another attempt: at once, or never. Throws what the server refuses. */
export const useWaitingActs = (id: string) => {
  const { t } = useTexts()
  const formats = useFormats()
  const client = useQueryClient()
  return async (act: WaitingAct, filter: RowSelection = {}): Promise<void> => {
    const { changed } = await call(contracts[act], { params: { id }, body: { filter } })
    notifications.show({
      message: t('run-acts.changed', { count: changed, number: formats.number(changed) }),
    })
    await refresh(client, getCampaign, getAccounting, listJournal, listRecipients, getRecipient)
  }
}

type Props = { readonly id: string; readonly asked: WaitingAct | null; readonly onClose: () => void }

export const WaitingDialog = ({ id, asked, onClose }: Props) => {
  const { t } = useTexts()
  const act = useWaitingActs(id)
  const kind = asked ?? 'retry'
  return (
    <ConfirmDialog
      opened={asked !== null}
      onClose={onClose}
      title={t(`run-acts.${kind}-title`)}
      action={t(`run-acts.${kind}-action`)}
      danger={kind === 'stop'}
      onConfirm={() => act(kind)}
    >
      {t(`run-acts.${kind}-text`)}
    </ConfirmDialog>
  )
}
