import type { Context } from 'liquidjs'
import type { RecipientLinks } from '../tokens.ts'
import type { Piece } from './pieces.ts'

/** Limits of one render (email.md §5). */
export const renderMsMax = 100
export const loopRoundsMax = 1_000
/** Outputs and tags of one template; a longer one could not be rendered in time. */
export const placesMax = 10_000
/** What ranges and joins may allot, counted in values. */
export const allotmentMax = 200_000

/** What filters and tags may know of the render they run in. */
export type RenderState = {
  readonly locale: string
  readonly timeZone: string
  readonly currency: string
  readonly now: Date
  /** Variables shown without a value and without a default. */
  readonly missing: Set<string>
  readonly message: MessageParts | null
}

/** Parts that only a whole e-mail has; compiled tags put them in place. */
export type MessageParts = {
  readonly links: RecipientLinks
  /** Text of the target of the link at a position, not escaped. */
  linkTarget(position: number, context: Context): string
  readonly preheader: readonly Piece[]
  footer(): readonly Piece[]
  readonly pixel: readonly Piece[]
  unsubscribeShown: boolean
}

const register = 'campanile'

export const putState = (context: Context, state: RenderState): void => {
  context.setRegister(register, state)
}

export const stateOf = (context: Context): RenderState => {
  const state = context.getRegister<RenderState | undefined>(register)
  if (!state) throw new Error('rendered without its state')
  return state
}
