import type { Deps } from '../http/deps.ts'
import { receiveReturnMail } from '../inbound/index.ts'
import { uuidV7 } from '../lib/ids.ts'
import type { ActMail, BackMail, SendBack } from '../simulator/index.ts'
import { writeBounce } from './bounce.ts'
import { writeComplaint } from './complaint.ts'
import { writeOutOfOffice } from './out-of-office.ts'
import { domainOf } from './report.ts'

type Back = { readonly envelopeFrom: string; readonly raw: Buffer; readonly told: string }

const write = (deps: Deps, mail: ActMail, back: BackMail): Back => {
  const date = deps.clock.now()
  const letter = { date, id: uuidV7(date) }
  switch (back.kind) {
    case 'dsn': {
      const { raw, line } = writeBounce(mail, back.class, letter)
      // Reports have no return path, or they would bounce for ever (RFC 5321 §4.5.5).
      return { envelopeFrom: '', raw, told: line }
    }
    case 'complaint':
      return {
        envelopeFrom: `feedback@${domainOf(mail.recipient)}`,
        raw: writeComplaint(mail, letter),
        told: 'abuse report',
      }
    case 'out_of_office':
      return { envelopeFrom: '', raw: writeOutOfOffice(mail, letter), told: 'automatic reply' }
  }
}

/** Plays what comes back as real mail to the return path, by the way on which a mail server's would come. */
export const sendBack: SendBack = async (deps, mail, back) => {
  const { envelopeFrom, raw, told } = write(deps, mail, back)
  const { accountId, messageId } = mail
  const taken = await receiveReturnMail(deps, {
    envelopeFrom,
    envelopeTo: mail.envelopeFrom ?? '',
    raw,
    ...(messageId === null ? {} : { about: { accountId, messageId } }),
  })
  return taken ? told : `${told} → nobody here expects it`
}
