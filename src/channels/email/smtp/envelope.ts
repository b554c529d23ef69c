import { isAscii } from 'node:buffer'
import type { RenderedMessage, SubmitAnswer } from '../../channel.ts'
import type { SmtpConnection } from './connection.ts'

const isPrintable = (text: string): boolean => /^[\x20-\x7e]*$/.test(text)
// biome-ignore lint/suspicious/noControlCharactersInRegex: they would end the command and begin another.
const isSafeInPath = (text: string): boolean => !/[\u0000-\u0020<>\u007f]/.test(text)

const isWide = (message: RenderedMessage): boolean => !isPrintable(message.recipient + message.envelopeFrom)

/** RFC 1870, RFC 6152 and RFC 6531; what the server does not know is not said. */
const parametersOf = (message: RenderedMessage, { extensions }: SmtpConnection): string => {
  let parameters = extensions.has('SIZE') ? ` SIZE=${message.raw.length}` : ''
  const sevenBit = message.wireReady || isAscii(message.raw)
  if (!sevenBit && extensions.has('8BITMIME')) parameters += ' BODY=8BITMIME'
  if (extensions.has('SMTPUTF8') && isWide(message)) parameters += ' SMTPUTF8'
  return parameters
}

export type Envelope = { readonly mail: string; readonly recipient: string; readonly data: string }

/** The commands that lead to the content. */
export const envelopeOf = (message: RenderedMessage, connection: SmtpConnection): Envelope => ({
  mail: `MAIL FROM:<${message.envelopeFrom}>${parametersOf(message, connection)}\r\n`,
  recipient: `RCPT TO:<${message.recipient}>\r\n`,
  data: 'DATA\r\n',
})

const sizeMax = ({ extensions }: SmtpConnection): number =>
  Number(extensions.get('SIZE')) || Number.POSITIVE_INFINITY

/** Refused here because no server need be asked; null when the envelope can be written. */
export const impossible = (message: RenderedMessage, connection: SmtpConnection): SubmitAnswer | null => {
  if (!isSafeInPath(message.recipient) || !isSafeInPath(message.envelopeFrom))
    return { kind: 'permanent', code: '5.1.3', class: 'unknown_user', text: 'The address cannot be written.' }
  if (isWide(message) && !connection.extensions.has('SMTPUTF8'))
    return {
      kind: 'permanent',
      code: '5.6.7',
      class: 'policy',
      text: 'The server takes no addresses with letters beyond ASCII (SMTPUTF8).',
    }
  const limit = sizeMax(connection)
  if (message.raw.length > limit)
    return {
      kind: 'permanent',
      code: '5.3.4',
      class: 'too_large',
      text: `The message has ${message.raw.length} bytes, the server takes ${limit}.`,
    }
  return null
}
