import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import {
  createSimulatorEvent,
  type DsnClass,
  type GivenEventKind,
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

/** What some acts need beside the mail. */
type More = { readonly url?: string; readonly text?: string; readonly class?: DsnClass }

/** Mail of other programs belongs to no ledger, so there is nothing to open, click or unsubscribe from. */
export const isOurs = (mail: SimulatorMessage): boolean => mail.origin !== 'smtp'

/** Does with the mail what its reader would do; `busy` names the act that is under way. */
export const useActs = (mail: SimulatorMessage) => {
  const client = useQueryClient()
  const texts = useTexts()
  const [busy, setBusy] = useState<string | null>(null)
  const act = async (kind: GivenEventKind, more: More = {}): Promise<boolean> => {
    setBusy(more.url ?? kind)
    try {
      await call(createSimulatorEvent, { body: { id: mail.id, kind, ...more } })
      notifications.show({ color: 'green', message: texts.t(`simulator.act-done-${kind}`) })
      await refresh(client, getSimulatorMessage, listSimulatorMessages)
      return true
    } catch (error) {
      failed(error, texts)
      return false
    } finally {
      setBusy(null)
    }
  }
  return { busy, act }
}
