import type { Channel } from '../../shapes/contract.ts'
import type { ImportSettings } from '../contract.ts'
import type { Column, StandardTarget } from '../mapping.ts'

export type MergePlan = {
  readonly accountId: string
  readonly importId: string
  readonly startedBy: string | null
  readonly fileName: string
  readonly sha256: string
  readonly settings: ImportSettings
  /** Standard columns that the mapping binds. */
  readonly bound: ReadonlySet<StandardTarget>
  /** Existing groups chosen and new ones made at the start. */
  readonly groupIds: readonly string[]
  readonly consentChannels: readonly Channel[]
  readonly hash: { readonly inner: Buffer; readonly outer: Buffer }
}

/** Left out by an API caller, the legal basis is unknown for every channel the file has addresses for. */
export const consentChannelsOf = (settings: ImportSettings, columns: readonly Column[]): Channel[] => {
  if (settings.legal_basis) return [...new Set(settings.legal_basis.channels)]
  const has = (name: StandardTarget) => columns.some(({ target }) => target.name === name)
  return [...(has('email') ? (['email'] as const) : []), ...(has('phone') ? (['sms'] as const) : [])]
}
