import { openLinkToken, openReturnPathToken } from '../../content/index.ts'
import type { Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import type { Evidence } from '../parsing/evidence.ts'
import { type Understood, understandMail } from '../parsing/understand.ts'
import type { Report } from '../reports/take.ts'
import { judgeReport } from '../rules/judge.ts'
import type { InboundMail } from './queries.ts'

/** Signed evidence of this account first; a bare id serves where the address already told whose mail it is. */
const messageIn = (deps: Deps, accountId: string, evidence: Evidence): string | null => {
  const signed = [
    ...evidence.returnPaths.map((token) => openReturnPathToken(deps.keys, token)),
    ...evidence.linkTokens.map((token) => openLinkToken(deps.keys, 'unsubscribe', token)),
  ].find((origin) => origin?.accountId === accountId)
  return signed?.messageId ?? evidence.messageIds[0] ?? null
}

const understand = (deps: Deps, mail: InboundMail): Understood => {
  try {
    return understandMail(mail.raw, mail.envelope_from)
  } catch (error) {
    // Whatever a stranger posts is kept and listed; one mail must not hold up the others.
    deps.log.warn({ err: error, mail: mail.id }, 'a mail that came back could not be read')
    return {
      kind: 'other',
      subject: '',
      address: null,
      code: '',
      text: '',
      receiver: null,
      evidence: { returnPaths: [], linkTokens: [], messageIds: [] },
    }
  }
}

/** A mail to a return path as a report about a message. */
export const toReport = async (trx: Trx, deps: Deps, mail: InboundMail): Promise<Report> => {
  const understood = understand(deps, mail)
  const { kind, address, code, text, subject } = understood
  const judged = kind === 'bounce' ? await judgeReport(trx, mail.account_id, understood) : null
  return {
    source: 'mail',
    kind: judged?.kind ?? kind,
    rawRef: `mail:${mail.id}`,
    providerId: null,
    providerRef: null,
    messageId: mail.message_id ?? messageIn(deps, mail.account_id, understood.evidence),
    address,
    code,
    text,
    subject,
    class: judged?.class ?? null,
    ruleId: judged?.ruleId ?? null,
  }
}
