import type { OperatedAccount, OperatedUser } from '../../../../src/operator/accounts/contract.ts'

/** Whom staff are about to help, and in which account. */
export type Helped = { readonly account: OperatedAccount; readonly user: OperatedUser }
