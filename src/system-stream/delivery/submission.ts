import type { SubmitAnswer } from '../../channels/channel.ts'
import { makeSmtpAdapter } from '../../channels/email/smtp/adapter.ts'
import { type SmsAnswer, submitSms } from '../../channels/sms/http/submit.ts'
import { instanceAccountId } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { ehloNameOf, operatorGuardOf } from '../../http/outbound.ts'
import type { Content } from '../content.ts'
import { composeMail } from '../mail/mime.ts'
import type { Answer } from './outcome.ts'
import type { ClaimedMessage } from './queries.ts'

type Relay = ReturnType<typeof makeSmtpAdapter>
/** One per process: it keeps connections for seconds. */
const relays = new WeakMap<Deps, Relay>()

const relayOf = (deps: Deps): Relay => {
  const known = relays.get(deps)
  if (known) return known
  const made = makeSmtpAdapter({ guard: operatorGuardOf(deps), ehloName: ehloNameOf(deps.config) })
  relays.set(deps, made)
  return made
}

const fromRelay = (answer: SubmitAnswer | undefined): Answer => {
  switch (answer?.kind) {
    case 'accepted':
      return { kind: 'accepted', providerRef: answer.providerRef }
    case 'permanent':
      return { kind: 'never', code: answer.code }
    case 'temporary':
    case 'throttled':
    case 'down':
      return { kind: 'later', code: answer.code }
    case 'not_begun':
      return { kind: 'later', code: 'not_begun' }
    case 'unanswered':
      return { kind: 'unknown', code: answer.code }
    case undefined:
      return { kind: 'unknown', code: 'no_report' }
  }
}

/** The system's relay, apart from every route of a tenant. */
export const sendMail = async (deps: Deps, message: ClaimedMessage, content: Content): Promise<Answer> => {
  const settings = deps.config.systemSmtp
  if (!settings) return { kind: 'never', code: 'no_route' }
  const raw = await composeMail(deps, message, content)
  let told: SubmitAnswer | undefined
  await relayOf(deps).submit(
    [
      {
        messageId: message.id,
        accountId: instanceAccountId,
        sourceId: message.kind,
        origin: 'transactional',
        recipient: content.to,
        envelopeFrom: content.from,
        raw,
      },
    ],
    settings,
    {
      signal: deps.stopping,
      mayBegin: () => true,
      report: (_id, answer) => {
        told = answer
      },
    },
  )
  return fromRelay(told)
}

const fromSms = (answer: SmsAnswer): Answer => {
  switch (answer.kind) {
    case 'accepted':
      return answer
    case 'temporary':
      return { ...answer, kind: 'later' }
    case 'permanent':
      return { kind: 'never', code: answer.code }
    case 'unanswered':
      return { kind: 'unknown', code: answer.code }
  }
}

export const sendText = async (deps: Deps, message: ClaimedMessage, content: Content): Promise<Answer> => {
  const route = deps.config.systemSms
  if (typeof route === 'string') return { kind: 'never', code: 'no_route' }
  const text = { id: message.id, to: content.to, text: content.text }
  return fromSms(await submitSms(operatorGuardOf(deps), route, text, deps.stopping))
}

/** Ends the pooled connections of this process. */
export const closeSystemRelay = async (deps: Deps): Promise<void> => relays.get(deps)?.close()
