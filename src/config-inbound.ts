import { ConfigError } from './config-error.ts'

export type InboundConfig = {
  /** Offers STARTTLS to whoever brings mail back; read again every hour, so that a renewed certificate is used. */
  readonly bounceSmtpCertificate: { readonly certFile: string; readonly keyFile: string } | null
}

type Env = Readonly<Record<string, string | undefined>>

/** @throws ConfigError when one of the two files is named without the other. */
export const readInbound = (env: Env): InboundConfig => {
  const certFile = env['BOUNCE_SMTP_CERT_FILE'] || null
  const keyFile = env['BOUNCE_SMTP_KEY_FILE'] || null
  if ((certFile === null) !== (keyFile === null))
    throw new ConfigError(
      certFile === null ? 'BOUNCE_SMTP_CERT_FILE' : 'BOUNCE_SMTP_KEY_FILE',
      'is needed beside the other',
    )
  return { bounceSmtpCertificate: certFile && keyFile ? { certFile, keyFile } : null }
}
