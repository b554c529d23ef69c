import { addMs, hoursMs, minutesMs } from '../../lib/clock.ts'

export type Hit = { readonly kind: 'open' | 'click'; readonly position: number | null; readonly at: Date }

export type Outcome = {
  readonly state: 'accepted' | 'rejected' | 'suppressed' | 'uncertain'
  readonly reason: string | null
  readonly resolution: 'missed' | null
  readonly deliveryStatus: 'delivered' | 'undelivered' | 'unknown' | 'queued'
  readonly answer: { readonly class: string; readonly code: string; readonly text: string } | null
  readonly handedAt: Date | null
  readonly finalAt: Date
  readonly hits: readonly Hit[]
  readonly unsubscribedAt: Date | null
}

/** Places in the audience whose messages do not simply arrive. */
const outcomes = {
  noAddress: [12, 74, 131],
  unsubscribedBefore: [7, 33, 58, 101, 140],
  bouncedBefore: [21, 66, 119],
  unknownUser: [5, 48, 92],
  mailboxFull: [39, 110],
  spam: [83],
  uncertain: [27, 125],
} as const

const among = (places: readonly number[], place: number): boolean => places.includes(place)

export const hasNoAddress = (place: number): boolean => among(outcomes.noAddress, place)

/** Between 0 and 1, the same each time: the last steps of MurmurHash3, which spread neighbours far apart. */
const chance = (place: number, salt: number): number => {
  let bits = Math.imul(place + 1, 0x9e3779b1) ^ Math.imul(salt, 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return ((bits ^ (bits >>> 16)) >>> 0) / 2 ** 32
}

const readingHours = 48
/** Most people read within hours, some on the second day. */
const readingDelay = (luck: number): number => minutesMs(4) + hoursMs(readingHours - 1) * luck ** 3

const openedShare = 0.58
const clickedShare = 0.4
const leftShare = 0.03

const hitsOf = (place: number, deliveredAt: Date): Hit[] => {
  if (chance(place, 1) > openedShare) return []
  const openedAt = addMs(deliveredAt, readingDelay(chance(place, 2)))
  const hits: Hit[] = [{ kind: 'open', position: null, at: openedAt }]
  if (chance(place, 3) < clickedShare) {
    const position = chance(place, 4) < 0.7 ? 1 : 2
    hits.push({ kind: 'click', position, at: addMs(openedAt, 20_000 + place * 900) })
  }
  if (chance(place, 5) < 0.25) hits.push({ kind: 'open', position: null, at: addMs(openedAt, minutesMs(30)) })
  return hits
}

const suppressed = (reason: string, at: Date): Outcome => ({
  state: 'suppressed',
  reason,
  resolution: null,
  deliveryStatus: 'queued',
  answer: null,
  handedAt: null,
  finalAt: at,
  hits: [],
  unsubscribedAt: null,
})

const rejected = (reason: string, code: string, text: string, at: Date): Outcome => ({
  ...suppressed(reason, addMs(at, 300)),
  state: 'rejected',
  deliveryStatus: 'undelivered',
  answer: { class: 'permanent', code, text },
  handedAt: at,
})

const lost = (at: Date): Outcome => ({
  ...suppressed('', addMs(at, minutesMs(10))),
  state: 'uncertain',
  reason: null,
  resolution: 'missed',
  deliveryStatus: 'unknown',
  answer: {
    class: 'unanswered',
    code: 'connection_lost',
    text: 'The connection was lost after DATA (simulated).',
  },
  handedAt: at,
})

const arrived = (place: number, at: Date): Outcome => {
  const finalAt = addMs(at, 200)
  const hits = hitsOf(place, finalAt)
  const last = hits.at(-1)
  return {
    ...suppressed('', finalAt),
    state: 'accepted',
    reason: null,
    deliveryStatus: 'delivered',
    answer: { class: 'accepted', code: '', text: '250 2.0.0 kept in the built-in mailbox' },
    handedAt: at,
    hits,
    unsubscribedAt: last && chance(place, 7) < leftShare ? addMs(last.at, minutesMs(1)) : null,
  }
}

/** What became of the message at this place of the audience; everything ends within two days of the start. */
export const outcomeOf = (place: number, startedAt: Date): Outcome => {
  const handedAt = addMs(startedAt, 5_000 + place * 400)
  if (hasNoAddress(place)) return suppressed('no_address', startedAt)
  if (among(outcomes.unsubscribedBefore, place)) return suppressed('unsubscribed', startedAt)
  if (among(outcomes.bouncedBefore, place)) return suppressed('hard_bounced', startedAt)
  if (among(outcomes.unknownUser, place))
    return rejected('unknown_user', '5.1.1', '550 5.1.1 no such user here (simulated)', handedAt)
  if (among(outcomes.mailboxFull, place))
    return rejected('mailbox_full', '5.2.2', '552 5.2.2 mailbox full (simulated)', handedAt)
  if (among(outcomes.spam, place))
    return rejected('spam', '5.7.1', '550 5.7.1 message looks like spam (simulated)', handedAt)
  return among(outcomes.uncertain, place) ? lost(handedAt) : arrived(place, handedAt)
}
