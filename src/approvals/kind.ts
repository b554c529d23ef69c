import type { Trx } from '../db/pool.ts'
import type { Deps } from '../http/deps.ts'
import type { PermissionKey } from '../http/permissions/contract.ts'
import type { ApprovalKindName } from './contract.ts'
import type { ApprovalRow } from './queries.ts'

/** Who asks or decides: a user of the account, or staff. */
export type Party = { readonly userId: string; readonly staff: boolean }

/** What one kind of request needs of its feature; composed at the top, so that features above may hand in theirs. */
export type ApprovalKind = {
  /** Held by those of the account who may decide; null = staff alone decide. */
  readonly accountKey: PermissionKey | null
  /** Staff may decide. */
  readonly staff: boolean
  /** Between decision and act, so that a wrong one can be stopped by the link of its mail; 0 = at once. */
  readonly delayMs: number
  /** What the decision rests on, read anew; null when it is gone. A difference voids the request. */
  readonly digest: (trx: Trx, approval: ApprovalRow) => Promise<Buffer | null>
  /** Whether who asked, and who decided, still may. */
  readonly holds: (
    trx: Trx,
    approval: ApprovalRow,
    party: Party,
    as: 'requester' | 'decider',
  ) => Promise<boolean>
  /** Tells whom it concerns that the act follows at `executes_at`, with the token that stops it. */
  readonly announce?: (trx: Trx, deps: Deps, approval: ApprovalRow, cancelToken: string) => Promise<void>
  readonly execute: (trx: Trx, deps: Deps, approval: ApprovalRow) => Promise<void>
}

export type ApprovalKinds = Readonly<Partial<Record<ApprovalKindName, ApprovalKind>>>

/** @throws when a row was written by a version that knew more kinds. */
export const kindOf = (kinds: ApprovalKinds, row: Pick<ApprovalRow, 'kind'>): ApprovalKind => {
  const kind = kinds[row.kind]
  if (!kind) throw new Error(`no one carries out approvals of kind ${row.kind}`)
  return kind
}
