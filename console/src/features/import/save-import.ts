import { useQueryClient } from '@tanstack/react-query'
import { changeImport, getImport, type Import } from '../../../../src/contacts/import/contract.ts'
import type { BodyOf } from '../../../../src/http/contract.ts'
import { call } from '../../lib/call.ts'
import { keyOf } from '../../lib/queries.ts'

/** Stores a part of the wizard with the import itself, so that it can be gone on with anywhere. */
export const useSaveImport = (id: string) => {
  const client = useQueryClient()
  return async (body: BodyOf<typeof changeImport>): Promise<Import> => {
    const saved = await call(changeImport, { params: { id }, body })
    client.setQueryData(keyOf(getImport, { params: { id } }), saved)
    return saved
  }
}
