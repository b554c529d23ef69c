import { type ActClass, actClasses } from '../../channels/email/simulator/contract.ts'
import { inAccount } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { AppError } from '../../http/errors.ts'
import { uuidV7 } from '../../lib/ids.ts'
import { notify } from '../../live/index.ts'
import type { SimulatorEventKind } from '../contract.ts'
import { type ActMail, loadActMails } from './mail.ts'
import { type DoneAct, type DueAct, finishActs, listDueAccounts, takeDueActs } from './queries.ts'
import { clickMail, openMail, prefetchMail, scanMail, type Told, unsubscribeMail } from './reader.ts'
import type { SendBack } from './send-back.ts'

const actsAtOnce = 100
/** Each request of a reader needs a connection to the database, and the console needs some, too. */
const mailsAtOnce = 8
/** Other sweeps wait behind this one. */
const sweepMsMax = 2_000
const attemptsMax = 5

type Player = {
  readonly shownAs: SimulatorEventKind
  play(deps: Deps, mail: ActMail, sendBack: SendBack): Promise<Told>
}

const players: Readonly<Record<ActClass, Player>> = {
  open: { shownAs: 'open', play: openMail },
  click: { shownAs: 'click', play: (deps, mail) => clickMail(deps, mail) },
  human: { shownAs: 'open', play: openMail },
  unsubscribe: { shownAs: 'one_click', play: unsubscribeMail },
  complain: { shownAs: 'spam', play: (deps, mail, back) => back(deps, mail, { kind: 'complaint' }) },
  'late-bounce': {
    shownAs: 'dsn',
    play: (deps, mail, back) => back(deps, mail, { kind: 'dsn', class: 'hard' }),
  },
  'late-soft': {
    shownAs: 'dsn',
    play: (deps, mail, back) => back(deps, mail, { kind: 'dsn', class: 'soft' }),
  },
  ooo: { shownAs: 'out_of_office', play: (deps, mail, back) => back(deps, mail, { kind: 'out_of_office' }) },
  scanner: { shownAs: 'scan', play: scanMail },
  proxy: { shownAs: 'prefetch', play: prefetchMail },
}

/** Null: not done, and tried again when it is due the next time. */
const playOne = async (
  deps: Deps,
  sendBack: SendBack,
  act: DueAct,
  mail: ActMail,
): Promise<DoneAct | null> => {
  const { shownAs, play } = players[act.kind]
  const done = (detail: Told): DoneAct => ({
    id: act.id,
    eventId: uuidV7(deps.clock.now()),
    kind: shownAs,
    detail,
  })
  try {
    return done(await play(deps, mail, sendBack))
  } catch (error) {
    // A mail without a link to click is no fault: its reader looks at it and does nothing.
    if (error instanceof AppError && error.status === 422)
      return done(String((error.members as { errors?: { detail: string }[] }).errors?.[0]?.detail ?? ''))
    if (act.attempts < attemptsMax) return null
    deps.log.warn({ err: error, part: 'simulator', act: act.kind }, 'a simulated recipient gave up')
    return done('It did not work.')
  }
}

/** What one recipient does happens in order: an image is seen before its link is followed. */
const playMail = async (deps: Deps, sendBack: SendBack, acts: readonly DueAct[], mail: ActMail) => {
  const order = ({ kind }: DueAct): number => actClasses.indexOf(kind)
  const done: DoneAct[] = []
  for (const act of acts.toSorted((left, right) => order(left) - order(right))) {
    const end = await playOne(deps, sendBack, act, mail)
    if (end) done.push(end)
  }
  return done
}

const playTaken = async (deps: Deps, sendBack: SendBack, accountId: string, acts: readonly DueAct[]) => {
  const byMail = [...Map.groupBy(acts, ({ mail_id }) => mail_id)]
  const mails = await inAccount(deps.db, accountId, (trx) =>
    loadActMails(
      trx,
      deps,
      accountId,
      byMail.map(([id]) => id),
    ),
  )
  const done: DoneAct[] = []
  const recipient = async (): Promise<void> => {
    for (let next = byMail.pop(); next; next = byMail.pop()) {
      const mail = mails.get(next[0])
      if (mail) done.push(...(await playMail(deps, sendBack, next[1], mail)))
    }
  }
  await Promise.all(Array.from({ length: mailsAtOnce }, recipient))
  await inAccount(deps.db, accountId, async (trx) => {
    await finishActs(trx, accountId, done)
    await notify(trx, accountId, 'simulator')
  })
}

/** Lets simulated recipients do what is due. An act is forgotten only when it was done: a crash repeats it at most. */
export const playDueActs =
  (sendBack: SendBack) =>
  async (deps: Deps): Promise<void> => {
    const began = performance.now()
    const isLate = () => performance.now() - began > sweepMsMax || deps.stopping.aborted
    for (const accountId of await listDueAccounts(deps.db)) {
      while (!isLate()) {
        const acts = await inAccount(deps.db, accountId, (trx) => takeDueActs(trx, accountId, actsAtOnce))
        if (acts.length === 0) break
        await playTaken(deps, sendBack, accountId, acts)
      }
    }
  }
