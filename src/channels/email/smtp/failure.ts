import type { Reply } from './reply.ts'

/** What went wrong below the level of a message; each network fault is a word with a sentence. */
export type FaultCode =
  | 'dns_failed'
  | 'url_refused'
  | 'connection_refused'
  | 'unreachable'
  | 'timeout'
  | 'tls_failed'
  | 'greeting_refused'
  | 'auth_refused'
  | 'connection_lost'
  | 'protocol_error'
  | 'stopped'

export class SmtpFault extends Error {
  readonly code: FaultCode
  readonly reply: Reply | null

  constructor(code: FaultCode, text: string, reply: Reply | null = null) {
    super(text)
    this.name = 'SmtpFault'
    this.code = code
    this.reply = reply
  }
}

const certificateReasons: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'it is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its chain ends in a self-signed certificate',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its issuer is not known here',
  UNABLE_TO_GET_ISSUER_CERT: 'its issuer is not known here',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its issuer is not known here',
  CERT_HAS_EXPIRED: 'it has expired',
  CERT_NOT_YET_VALID: 'it is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'it is made out to another name',
}

type SystemError = Error & { code?: string; errors?: readonly SystemError[] }

const tlsFault = (error: SystemError, host: string): SmtpFault => {
  const reason = certificateReasons[error.code ?? '']
  return new SmtpFault(
    'tls_failed',
    reason
      ? `The certificate of ${host} was not accepted: ${reason} (${error.code}).`
      : `TLS with ${host} failed: ${error.message} (${error.code ?? 'no code'}).`,
  )
}

const isTls = (code: string): boolean =>
  code in certificateReasons || code.startsWith('ERR_TLS') || code.startsWith('ERR_SSL') || code === 'EPROTO'

/** Translates what the system says into our words; `place` is host:port. */
export const toFault = (error: unknown, host: string, place: string): SmtpFault => {
  if (error instanceof SmtpFault) return error
  const given = error as SystemError
  const cause = given.errors?.[0] ?? given
  const code = cause.code ?? ''
  if (isTls(code)) return tlsFault(cause, host)
  switch (code) {
    case 'ECONNREFUSED':
      return new SmtpFault('connection_refused', `${place} refused the connection.`)
    case 'ECONNRESET':
    case 'EPIPE':
      return new SmtpFault('connection_lost', `${place} cut the connection.`)
    case 'ETIMEDOUT':
      return new SmtpFault('timeout', `${place} did not answer the connection in time.`)
    default:
      return new SmtpFault('unreachable', `${place} cannot be reached (${code || cause.message}).`)
  }
}
