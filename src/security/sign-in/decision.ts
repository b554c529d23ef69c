import type { Method } from '../mfa/contract.ts'
import type { MfaState } from '../mfa/state.ts'

export type Decision =
  | { readonly step: 'open'; readonly limited: 'after_reset' | null }
  | { readonly step: 'enrol'; readonly methods: readonly Method[] }
  | {
      readonly step: 'challenge'
      readonly method: Method
      readonly offered: readonly (Method | 'recovery')[]
    }

/**
 * What follows the right password from an allowed network (security.md §3.1, §3.5). In development on loopback, staff
 * go on without a factor until one is bound (§6.3).
 */
export const decide = (state: MfaState, development: boolean): Decision => {
  if (!state.required) return { step: 'open', limited: null }
  const methods = [...new Set(state.ask.map(({ type }) => type))]
  const [method] = methods
  if (method) {
    const offered = state.recoveryCodesLeft > 0 ? [...methods, 'recovery' as const] : methods
    return { step: 'challenge', method, offered }
  }
  if (state.afterReset) return { step: 'open', limited: 'after_reset' }
  if (state.staff && development && state.factors.length === 0) return { step: 'open', limited: null }
  return { step: 'enrol', methods: state.enrol }
}
