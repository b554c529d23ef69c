import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import {
  getIpPolicy,
  getIpReport,
  getRoleIpList,
  listIpEntries,
  putIpPolicy,
  testIpAddress,
} from '../../../../../src/security/network/contract.ts'
import type { TextKey } from '../../../i18n/catalogue.ts'
import { useTexts } from '../../../i18n/texts.tsx'
import { call } from '../../../lib/call.ts'
import { refresh } from '../../../lib/queries.ts'
import { sessionQuery } from '../../../lib/session.ts'

/** After every change: the list, its state and what follows from them are read again, and the change is said aloud. */
export const useAfterChange = () => {
  const { t } = useTexts()
  const client = useQueryClient()
  return async (key: TextKey, values?: Readonly<Record<string, string>>): Promise<void> => {
    await refresh(client, getIpPolicy, listIpEntries, getIpReport, getRoleIpList)
    await client.invalidateQueries({ queryKey: sessionQuery.queryKey })
    notifications.show({ color: 'green', message: t(key, values), role: 'status' })
  }
}

export type State = 'off' | 'report' | 'enforce'

export const setState = (state: State, version: number, confirm?: 'open') =>
  call(putIpPolicy, { body: { state, ...(confirm ? { confirm } : {}) }, ifMatch: version })

/** People who would be cut off if these networks were the list. */
export const cutOffBy = async (
  proposed: readonly string[],
  own: string | null,
): Promise<readonly string[]> => {
  if (proposed.length === 0) return []
  const judged = await call(testIpAddress, {
    body: { address: own ?? '203.0.113.1', proposed: [...proposed] },
  })
  return judged.would_cut_off.map((one) => `${one.name} (${one.last_address ?? '–'})`)
}
