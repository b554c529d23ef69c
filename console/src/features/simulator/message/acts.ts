import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import {
  createSimulatorEvent,
  getSimulatorMessage,
  listSimulatorMessages,
  type SimulatorMessage,
} from '../../../../../src/simulator/contract.ts'
import type { Texts } from '../../../i18n/message.ts'
import { useTexts } from '../../../i18n/texts.tsx'
import { call } from '../../../lib/call.ts'
import { refresh } from '../../../lib/queries.ts'
import { problemDetail, problemTitle } from '../../../ui/error-state.tsx'

export const failed = (error: unknown, texts: Texts): void => {
  notifications.show({ color: 'red', title: problemTitle(error, texts), message: problemDetail(error) })
}

export type EventKind = SimulatorMessage['events'][number]['kind']

/** Mail of other programs belongs to no ledger, so there is nothing to open, click or unsubscribe from. */
export const isOurs = (mail: SimulatorMessage): boolean => mail.origin !== 'smtp'

/** Does with the mail what its reader would do; `busy` names the act that is under way. */
export const useActs = (mail: SimulatorMessage) => {
  const client = useQueryClient()
  const texts = useTexts()
  const [busy, setBusy] = useState<string | null>(null)
  const act = async (kind: EventKind, url?: string) => {
    setBusy(url ?? kind)
    try {
      await call(createSimulatorEvent, { body: { id: mail.id, kind, ...(url === undefined ? {} : { url }) } })
      notifications.show({ color: 'green', message: texts.t(`simulator.act-done-${kind}`) })
      await refresh(client, getSimulatorMessage, listSimulatorMessages)
    } catch (error) {
      failed(error, texts)
    } finally {
      setBusy(null)
    }
  }
  return { busy, act: (kind: EventKind, url?: string) => void act(kind, url) }
}
