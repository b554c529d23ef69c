/** One answer of an SMTP server (RFC 5321 §4.2), its lines joined. */
export type Reply = {
  readonly code: number
  /** Enhanced status code (RFC 3463), null when the server gives none. */
  readonly enhanced: string | null
  /** The whole answer as sent, lines joined by a space. */
  readonly text: string
  readonly lines: readonly string[]
}

const lineBytesMax = 4_096
const linesMax = 128
const textLengthMax = 1_000

const linePattern = /^([2-5]\d\d)(?:([ -])(.*))?$/s
const enhancedPattern = /^([245]\.\d{1,3}\.\d{1,3})(?:\s|$)/
// biome-ignore lint/suspicious/noControlCharactersInRegex: a server's text goes to screens and tables, where NUL and its like do harm.
const unprintable = /[\u0000-\u001f\u007f]+/g

const toReply = (code: number, lines: readonly string[]): Reply => ({
  code,
  enhanced: enhancedPattern.exec(lines[0] ?? '')?.[1] ?? null,
  text: `${code} ${lines.join(' ')}`.replaceAll(unprintable, ' ').trim().slice(0, textLengthMax),
  lines,
})

/** The server does not speak SMTP. */
export class NoSmtp extends Error {}

/** Collects bytes to whole replies; bounded, so that a server cannot fill the memory. */
export const makeReplyReader = () => {
  let rest = ''
  let lines: string[] = []
  const readLine = (line: string): Reply | null => {
    const match = linePattern.exec(line)
    if (!match?.[1])
      throw new NoSmtp(`The server answered with something that is not SMTP: ${line.slice(0, 100)}`)
    lines.push(match[3] ?? '')
    if (lines.length > linesMax) throw new NoSmtp('The server sent an endless answer.')
    if (match[2] === '-') return null
    const reply = toReply(Number(match[1]), lines)
    lines = []
    return reply
  }
  return {
    /**
     * Gives each whole reply as it is read: what stands before nonsense counts.
     * @throws NoSmtp
     */
    *read(chunk: Buffer): Generator<Reply> {
      rest += chunk.toString('utf8')
      for (let end = rest.indexOf('\n'); end !== -1; end = rest.indexOf('\n')) {
        const reply = readLine(rest.slice(0, end).replace(/\r$/, ''))
        rest = rest.slice(end + 1)
        if (reply) yield reply
      }
      if (rest.length > lineBytesMax) throw new NoSmtp('The server sent a line without end.')
    },
    /** Bytes that came before they were asked for. */
    isEmpty: (): boolean => rest === '' && lines.length === 0,
  }
}
