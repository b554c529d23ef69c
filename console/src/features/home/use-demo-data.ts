import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { getAccount } from '../../../../src/accounts/contract.ts'
import { listCampaigns } from '../../../../src/campaigns/contract.ts'
import { listContacts } from '../../../../src/contacts/contract.ts'
import { addDemoData, removeDemoData } from '../../../../src/demo/contract.ts'
import { getOperation } from '../../../../src/operations/contract.ts'
import { call } from '../../lib/call.ts'
import { useLive } from '../../lib/events.ts'
import { read, refresh } from '../../lib/queries.ts'
import { useMay } from '../../lib/session.ts'

const pollMs = 3_000

/** Whether the operation is still at work; when it has ended, what it changed is read again. */
const useOperation = (id: string | null): boolean => {
  const client = useQueryClient()
  const { data } = useQuery({
    ...read(getOperation, { params: { id: id ?? '' } }),
    enabled: id !== null,
    refetchInterval: (query) => (query.state.data?.finished_at == null ? pollMs : false),
  })
  useLive('operation', getOperation)
  const ended = data?.finished_at != null
  useEffect(() => {
    if (ended) void refresh(client, getAccount, listCampaigns, listContacts)
  }, [ended, client])
  return id !== null && !ended
}

/** `present` is null for people who may not decide about it, and while nobody knows. */
export const useDemoData = () => {
  const allowed = useMay()('account.settings.manage')
  const { data: account } = useQuery({ ...read(getAccount), enabled: allowed })
  useLive('account', getAccount)
  const [operation, setOperation] = useState<string | null>(null)
  const [error, setError] = useState<unknown>(null)
  const busy = useOperation(operation)
  const add = async () => {
    setError(null)
    try {
      setOperation((await call(addDemoData, { body: {} })).operation_id)
    } catch (failure) {
      setError(failure)
    }
  }
  const remove = async () => setOperation((await call(removeDemoData)).operation_id)
  return { present: account?.demo_data ?? null, busy, error, add, remove }
}
