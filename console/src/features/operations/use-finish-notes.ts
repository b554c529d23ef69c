import { notifications } from '@mantine/notifications'
import { useEffect, useRef } from 'react'
import type { Operation } from '../../../../src/operations/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { isOpen } from './operation-words.tsx'

/** Tells when an operation that was seen at work has ended, wherever the person is meanwhile. */
export const useFinishNotes = (operations: readonly Operation[] | undefined): void => {
  const { t } = useTexts()
  const open = useRef<ReadonlySet<string>>(new Set())
  useEffect(() => {
    if (operations === undefined) return
    for (const operation of operations) {
      if (!open.current.has(operation.id) || isOpen(operation) || operation.state === 'canceled') continue
      const completed = operation.state === 'completed'
      notifications.show({
        color: completed ? 'green' : 'red',
        message: t(completed ? 'operations.note-completed' : 'operations.note-failed', {
          type: t(`operations.type-${operation.type}`),
          object: operation.object?.name ?? '',
        }),
      })
    }
    open.current = new Set(operations.filter(isOpen).map((operation) => operation.id))
  }, [operations, t])
}
