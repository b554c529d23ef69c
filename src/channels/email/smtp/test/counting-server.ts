import type { Socket } from 'node:net'
import { actor } from './servers.ts'

/** What a server did with the mail for one recipient, over all connections. */
export type Seen = { contentBegun: number; contentWhole: number; saidYes: number }

export type Moment = {
  /** MAIL, RCPT, DATA, content (its first line) or the final dot. */
  readonly verb: string
  readonly recipient: string
  /** How often this verb came for this recipient, from 1. */
  readonly time: number
  readonly say: (line: string) => void
  readonly socket: Socket
}
/** True when it took the answer upon itself; `hang` makes the server mute. */
export type Interfere = (moment: Moment) => boolean | 'hang'

const answers: Readonly<Record<string, string>> = {
  MAIL: '250 2.1.0 ok',
  RCPT: '250 2.1.5 ok',
  DATA: '354 go on',
  '.': '250 2.0.0 ok',
  RSET: '250 ok',
  NOOP: '250 ok',
  QUIT: '221 bye',
}

/** A polite server that counts what it has seen, and can be interfered with at each step. */
export const countingServer = async (options: {
  readonly extensions?: readonly string[]
  readonly interfere?: Interfere
  /** Recipients in the order of the messages: MAIL does not name its recipient. */
  readonly senders: ReadonlyMap<string, string>
  /** Given each socket before anything is said on it. */
  readonly wire?: (socket: Socket) => void
}) => {
  const { extensions = [], interfere = () => false, senders, wire = () => {} } = options
  const seen = new Map<string, Seen>()
  const times = new Map<string, number>()
  const of = (recipient: string): Seen => {
    const known = seen.get(recipient) ?? { contentBegun: 0, contentWhole: 0, saidYes: 0 }
    seen.set(recipient, known)
    return known
  }
  const server = await actor((say, socket) => {
    wire(socket)
    let recipient = ''
    let content: 'none' | 'begins' | 'runs' = 'none'
    let mute = false
    const meet = (verb: string): boolean => {
      const time = (times.get(verb + recipient) ?? 0) + 1
      times.set(verb + recipient, time)
      const taken = interfere({ verb, recipient, time, say, socket })
      mute ||= taken === 'hang' || socket.destroyed
      return taken !== false || mute
    }
    const answer = (verb: string): void => {
      if (meet(verb)) return
      if (verb === 'DATA') content = 'begins'
      if (verb === '.') of(recipient).saidYes += 1
      say(answers[verb] ?? '502 no')
    }
    const readContent = (line: string): void => {
      if (content === 'begins' && line === '.') {
        content = 'none'
        if (!meet('.')) say('554 5.5.1 no valid recipients')
        return
      }
      if (content === 'begins') {
        content = 'runs'
        of(recipient).contentBegun += 1
        if (meet('content')) return
      }
      if (line !== '.') return
      content = 'none'
      of(recipient).contentWhole += 1
      answer('.')
    }
    say('220 counting')
    return (line) => {
      if (mute) return
      if (content !== 'none') {
        readContent(line)
        return
      }
      const verb = (line.split(/[ :]/)[0] ?? '').toUpperCase()
      if (verb === 'EHLO')
        say(
          ['counting', ...extensions]
            .map((text, n, all) => `250${n < all.length - 1 ? '-' : ' '}${text}`)
            .join('\r\n'),
        )
      else {
        if (verb === 'MAIL') recipient = senders.get(/<(.*?)>/.exec(line)?.[1] ?? '') ?? ''
        answer(verb)
      }
    }
  })
  return { port: server.port, seen: of, connections: server.seen }
}
