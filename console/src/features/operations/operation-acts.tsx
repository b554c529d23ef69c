import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconPlayerStop, IconRefresh } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import {
  cancelOperation,
  getOperation,
  listOperations,
  type Operation,
  retryOperation,
} from '../../../../src/operations/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { refresh } from '../../lib/queries.ts'
import { problemTitle } from '../../ui/error-state.tsx'
import { isOpen } from './operation-words.tsx'

const useAct = (operation: Operation, route: typeof cancelOperation | typeof retryOperation) => {
  const texts = useTexts()
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => call(route, { params: { id: operation.id }, body: {} }),
    onError: (error) => notifications.show({ color: 'red', message: problemTitle(error, texts) }),
    onSettled: () => refresh(client, listOperations, getOperation),
  })
}

/** Cancel what still runs, take up again what failed. */
export const OperationActs = ({ operation }: { readonly operation: Operation }) => {
  const { t } = useTexts()
  const cancel = useAct(operation, cancelOperation)
  const retry = useAct(operation, retryOperation)
  if (isOpen(operation)) {
    return (
      <Button
        size="xs"
        variant="default"
        leftSection={<IconPlayerStop size={14} />}
        loading={cancel.isPending}
        onClick={() => cancel.mutate()}
      >
        {t('ui.progress-cancel')}
      </Button>
    )
  }
  if (operation.state !== 'failed') return null
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconRefresh size={14} />}
      loading={retry.isPending}
      onClick={() => retry.mutate()}
    >
      {t('operations.retry')}
    </Button>
  )
}
