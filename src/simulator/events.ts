import { inAccount } from '../db/pool.ts'
import type { Actor } from '../http/actor.ts'
import type { Deps } from '../http/deps.ts'
import { notFound } from '../http/errors.ts'
import { uuidV7 } from '../lib/ids.ts'
import { notify } from '../live/index.ts'
import { type ActMail, loadActMails } from './acts/mail.ts'
import { clickMail, openMail, scanMail, type Told, unsubscribeMail } from './acts/reader.ts'
import type { SendBack } from './acts/send-back.ts'
import type { DsnClass, GivenEventKind } from './contract.ts'
import { withMail } from './mailbox.ts'
import { headerValue, readHeaders } from './parsing/headers.ts'
import { insertEvent } from './queries.ts'

type Given = {
  readonly id: string
  readonly kind: GivenEventKind
  readonly url?: string
  readonly text?: string
  readonly class?: DsnClass
}

/** Goes to the people behind the sender, whose mail is none of ours: noted, and nobody outside gets it. */
const reply = (mail: ActMail, text = ''): Told =>
  `→ ${headerValue(readHeaders(mail.raw), 'reply-to') ?? mail.from}${text ? `: ${text}` : ''}`.slice(0, 2_000)

const play = async (deps: Deps, sendBack: SendBack, mail: ActMail, given: Given): Promise<Told> => {
  switch (given.kind) {
    case 'open':
      return openMail(deps, mail)
    case 'click':
      return clickMail(deps, mail, given.url)
    case 'one_click':
      return unsubscribeMail(deps, mail)
    case 'scan':
      return scanMail(deps, mail)
    case 'reply':
      return reply(mail, given.text)
    case 'spam':
      return sendBack(deps, mail, { kind: 'complaint' })
    case 'dsn':
      return sendBack(deps, mail, { kind: 'dsn', class: given.class ?? 'hard' })
  }
}

/** Does with a mail what its recipient or its server would do, and keeps a note of it. */
export const actOnMail = async (deps: Deps, sendBack: SendBack, actor: Actor, given: Given) => {
  const { id, kind } = given
  const accountId = await withMail(deps, actor, id, async (_trx, place) => place.accountId)
  const mail = (await inAccount(deps.db, accountId, (trx) => loadActMails(trx, deps, accountId, [id]))).get(
    id,
  )
  if (!mail) throw notFound()
  const detail = await play(deps, sendBack, mail, given)
  const at = deps.clock.now()
  const eventId = uuidV7(at)
  await withMail(deps, actor, id, async (trx) => {
    await insertEvent(trx, accountId, { id: eventId, messageId: id, kind, detail, at })
    await notify(trx, accountId, 'simulator', id)
  })
  return { id: eventId, kind, at: at.toISOString() }
}
