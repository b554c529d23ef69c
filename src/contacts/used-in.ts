import type { Trx } from '../db/pool.ts'

/** Something that names a group or a field; `blocking` uses refuse its archiving and deletion. */
export type Use = {
  readonly type: string
  readonly id: string
  readonly name: string
  readonly blocking: boolean
}

/** Told by the features above this one (campaigns), which this one may not import. */
export type UsedInSource = (
  trx: Trx,
  accountId: string,
  thing: { readonly type: 'group' | 'field'; readonly key: string },
) => Promise<readonly Use[]>

export const usedInNothing: UsedInSource = async () => []
