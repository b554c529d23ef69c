import { isCodeKind } from '../kinds.ts'
import type { ClaimedMessage, Ending } from './queries.ts'

/** What a relay or provider said about one message. */
export type Answer =
  | { readonly kind: 'accepted'; readonly providerRef: string | null }
  | { readonly kind: 'later'; readonly code: string; readonly retryAfterSeconds?: number }
  | { readonly kind: 'never'; readonly code: string }
  | { readonly kind: 'unknown'; readonly code: string }

export type Outcome =
  | ({ readonly kind: 'end' } & Ending)
  | { readonly kind: 'again'; readonly failure: string; readonly waitSeconds: number }

/** Codes live for minutes, so the first tries follow each other fast. */
const waitsSeconds = [2, 5, 15, 30, 60, 120, 300, 600, 1_800] as const
/** A notice whose fate is unknown is sent once more, no sooner than this. */
const repeatAfterSeconds = 60

const waitAfter = (attempts: number): number => waitsSeconds[Math.min(attempts, waitsSeconds.length) - 1] ?? 2

/**
 * What follows. A code whose fate is unknown is never repeated: the person asks for a new one, and two equal codes would
 * teach people that doubles are normal. A notice or link is worth a second copy, under the same Message-ID.
 */
export const outcomeOf = (message: Pick<ClaimedMessage, 'kind' | 'attempts'>, answer: Answer): Outcome => {
  switch (answer.kind) {
    case 'accepted':
      return { kind: 'end', state: 'sent', failure: null, providerRef: answer.providerRef }
    case 'never':
      return { kind: 'end', state: 'failed', failure: answer.code, providerRef: null }
    case 'later':
      return {
        kind: 'again',
        failure: answer.code,
        waitSeconds: Math.max(waitAfter(message.attempts), Math.min(answer.retryAfterSeconds ?? 0, 3_600)),
      }
    case 'unknown':
      return isCodeKind(message.kind) || message.attempts > 1
        ? { kind: 'end', state: 'uncertain', failure: answer.code, providerRef: null }
        : { kind: 'again', failure: answer.code, waitSeconds: repeatAfterSeconds }
  }
}
