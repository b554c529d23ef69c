/** Binding a factor, in a session or while signing in; uses the challenge engine, which therefore cannot use it. */
export type { Binder, Bound } from './activate.ts'
export { type Beginning, type Begun, beginFactor } from './begin.ts'
export { type Confirmation, confirmFactor } from './confirm.ts'
