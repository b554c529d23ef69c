import type { Deps } from '../../http/deps.ts'
import { guardOf } from '../../http/outbound.ts'
import { RequestFault, requestUrl, TargetError } from '../../lib/outbound-guard/index.ts'
import type { OpenedSecrets } from '../secrets.ts'
import { signatureHeaders } from '../signing.ts'
import { excerptOf } from './excerpt.ts'
import type { Attempted } from './queries.ts'

const totalMs = 10_000

export type OutgoingCall = {
  readonly url: string
  readonly eventId: string
  readonly body: string
  readonly replay: boolean
  readonly secrets: OpenedSecrets
}

export type Answered = Attempted & {
  readonly succeeded: boolean
  /** The guard's sentence, for the person who tests. */
  readonly refusal: string | null
  /** The answer as it came; nobody stores it. */
  readonly text: string
}

const headersOf = (deps: Deps, { eventId, body, replay, secrets }: OutgoingCall) => ({
  'content-type': 'application/json',
  ...signatureHeaders(secrets.signing, { id: eventId, at: deps.clock.now(), body }),
  ...(secrets.credentials ? { authorization: secrets.credentials.header } : {}),
  ...(replay ? { 'webhook-replay': 'true' } : {}),
})

const failureOf = (error: unknown): { readonly failure: string; readonly refusal: string | null } => {
  if (error instanceof TargetError) return { failure: error.code, refusal: error.message }
  if (error instanceof RequestFault) return { failure: error.code, refusal: null }
  throw error
}

/**
 * One signed call over a connection of its own: vetted anew, no redirect followed, ten seconds in all, 64 KiB of answer
 * after decompression (security.md §4.8). Whatever happens there is an answer and not an exception.
 */
export const callReceiver = async (deps: Deps, outgoing: OutgoingCall): Promise<Answered> => {
  const startedMs = performance.now()
  const durationMs = () => Math.round(performance.now() - startedMs)
  try {
    const { status, body } = await requestUrl(guardOf(deps), {
      kind: 'webhook',
      url: outgoing.url,
      method: 'POST',
      headers: headersOf(deps, outgoing),
      body: outgoing.body,
      signal: deps.stopping,
      totalMs,
    })
    return {
      status,
      succeeded: status >= 200 && status <= 299,
      durationMs: durationMs(),
      failure: null,
      refusal: null,
      excerpt: excerptOf(body, outgoing.secrets.credentials?.hidden ?? []),
      text: body.toString(),
    }
  } catch (error) {
    const unanswered = { status: null, succeeded: false, excerpt: '', text: '', durationMs: durationMs() }
    return { ...unanswered, ...failureOf(error) }
  }
}
