import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ReplyOf } from '../../../../src/http/contract.ts'
import { checkProvider, listProviders } from '../../../../src/providers/contract.ts'
import { call } from '../../lib/call.ts'
import { refresh } from '../../lib/queries.ts'

export type CheckResult = ReplyOf<typeof checkProvider>
export type CheckState =
  | { readonly kind: 'none' | 'running' }
  | { readonly kind: 'done'; readonly result: CheckResult }
  | { readonly kind: 'failed'; readonly error: unknown }

export const useCheck = () => {
  const client = useQueryClient()
  const [state, setState] = useState<CheckState>({ kind: 'none' })
  const run = async (id: string) => {
    setState({ kind: 'running' })
    try {
      setState({ kind: 'done', result: await call(checkProvider, { params: { id }, body: {} }) })
    } catch (error) {
      setState({ kind: 'failed', error })
    }
    await refresh(client, listProviders)
  }
  return { state, run, forget: () => setState({ kind: 'none' }) }
}
