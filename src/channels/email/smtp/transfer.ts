import type { RenderedMessage, SubmitAnswer } from '../../channel.ts'
import { classifyRefusal } from '../bounce-classes.ts'
import type { SmtpConnection } from './connection.ts'
import { toData } from './dot-stuffing.ts'
import { SmtpFault } from './failure.ts'
import type { Reply } from './reply.ts'
import type { SmtpTimeouts } from './settings.ts'

type Stage = 'mail' | 'recipient' | 'data' | 'content'

const codeOf = (reply: Reply): string => reply.enhanced ?? String(reply.code)

/** Refusals that speak about our access and not about the message (RFC 4954 §6). */
const accessCodes = new Set([530, 534, 535, 538])

const refusal = (reply: Reply, stage: Stage): SubmitAnswer => {
  const told = { code: codeOf(reply), text: reply.text }
  if (reply.code === 421) return { kind: 'throttled', ...told }
  if (accessCodes.has(reply.code) && stage === 'mail') return { kind: 'down', ...told }
  if (reply.code < 500) return { kind: 'temporary', ...told }
  const found = classifyRefusal(reply)
  // A refused sender is no fault of the recipient's address.
  return {
    kind: 'permanent',
    ...told,
    class: stage === 'mail' && found === 'unknown_user' ? 'policy' : found,
  }
}

/**
 * What a lost dialogue means. Before content was written nothing can have been taken; from the first byte of content
 * until the answer to the final dot nobody knows.
 */
const lost = (fault: SmtpFault, stage: Stage): SubmitAnswer => {
  const told = { code: fault.code, text: fault.message }
  if (stage === 'content') return { kind: 'unanswered', ...told }
  if (stage === 'mail') return { kind: fault.reply?.code === 421 ? 'throttled' : 'down', ...told }
  // Costs an attempt: a relay that always drops at this recipient must not be asked for ever.
  return { kind: 'temporary', ...told }
}

const isAscii = (text: string): boolean => /^[\x20-\x7e]*$/.test(text)
// biome-ignore lint/suspicious/noControlCharactersInRegex: they would end the command and begin another.
const isSafeInPath = (text: string): boolean => !/[\u0000-\u0020<>\u007f]/.test(text)

const parametersOf = (message: RenderedMessage, { extensions }: SmtpConnection): string => {
  const wide = !isAscii(message.recipient + message.envelopeFrom)
  return [
    extensions.has('SIZE') ? ` SIZE=${message.raw.length}` : '',
    extensions.has('8BITMIME') ? ' BODY=8BITMIME' : '',
    wide && extensions.has('SMTPUTF8') ? ' SMTPUTF8' : '',
  ].join('')
}

/** Refused here because no server could be asked; null when the envelope can be written. */
const impossible = (message: RenderedMessage, { extensions }: SmtpConnection): SubmitAnswer | null => {
  if (!isSafeInPath(message.recipient) || !isSafeInPath(message.envelopeFrom))
    return { kind: 'permanent', code: '5.1.3', class: 'unknown_user', text: 'The address cannot be written.' }
  if (!isAscii(message.recipient + message.envelopeFrom) && !extensions.has('SMTPUTF8'))
    return {
      kind: 'permanent',
      code: '5.6.7',
      class: 'policy',
      text: 'The server takes no addresses with letters beyond ASCII (SMTPUTF8).',
    }
  return null
}

const queueId = (reply: Reply): string | null =>
  /\bqueued as\s+([\w.-]{1,100})/i.exec(reply.text)?.[1] ?? null

export type Transfer = { readonly answer: SubmitAnswer; readonly stage: Stage }

/** Hands one message over an open connection; it never throws, and a broken connection shows on the connection. */
export const transfer = async (
  connection: SmtpConnection,
  message: RenderedMessage,
  { commandMs, dataMs }: SmtpTimeouts,
): Promise<Transfer> => {
  let stage: Stage = 'mail'
  const refuse = async (reply: Reply): Promise<Transfer> => {
    const answer = refusal(reply, stage)
    if (reply.code === 421) connection.fail(new SmtpFault('connection_lost', reply.text, reply))
    else if (stage !== 'content') await connection.command('RSET', commandMs)
    return { answer, stage }
  }
  const never = impossible(message, connection)
  if (never) return { answer: never, stage }
  let decided: Transfer | null = null
  try {
    const from = `MAIL FROM:<${message.envelopeFrom}>${parametersOf(message, connection)}`
    const steps = [
      ['mail', from],
      ['recipient', `RCPT TO:<${message.recipient}>`],
      ['data', 'DATA'],
    ] as const
    for (const [name, line] of steps) {
      stage = name
      const reply = await connection.command(line, commandMs)
      const fine = name === 'data' ? reply.code === 354 : reply.code >= 200 && reply.code < 300
      if (fine) continue
      decided = { answer: refusal(reply, stage), stage }
      return await refuse(reply)
    }
    stage = 'content'
    const reply = await connection.data(toData(message.raw), dataMs)
    if (reply.code < 200 || reply.code >= 300) return await refuse(reply)
    return { answer: { kind: 'accepted', providerRef: queueId(reply), text: reply.text }, stage }
  } catch (error) {
    if (!(error instanceof SmtpFault)) throw error
    // The answer was given before the connection broke: RSET failed, the refusal stands.
    return decided ?? { answer: lost(error, stage), stage }
  }
}
