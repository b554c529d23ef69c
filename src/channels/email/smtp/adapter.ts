import type { OutboundGuard } from '../../../lib/outbound-guard/index.ts'
import { ownPlaces, type Places } from '../../../lib/places.ts'
import type { ChannelAdapter, CheckResult } from '../../channel.ts'
import type { SmtpConnection } from './connection.ts'
import { SmtpFault } from './failure.ts'
import { openConnection } from './open.ts'
import { makePool } from './pool.ts'
import { SmtpSettings, type SmtpTimeouts, smtpTimeouts } from './settings.ts'
import { submitBatch } from './submit.ts'

export type SmtpParts = {
  readonly guard: OutboundGuard
  /** Name for EHLO; null = the address of the own end (RFC 5321 §4.1.3). */
  readonly ehloName: string | null
  readonly timeouts?: SmtpTimeouts
  /** Connections are counted here, in all threads of the process together. */
  readonly places?: Places
}

const describe = (connection: SmtpConnection, settings: SmtpSettings): string =>
  [
    `Connected to ${connection.place} (${connection.remoteAddress})`,
    connection.tlsVersion ? `${connection.tlsVersion}, certificate verified` : 'without TLS',
    settings.username === undefined ? 'without sign-in' : `signed in as ${settings.username}`,
  ].join(', ')

/** SMTP relays. One dialogue at a time per connection, many messages per connection. */
export const makeSmtpAdapter = ({
  guard,
  ehloName,
  timeouts = smtpTimeouts,
  places = ownPlaces(),
}: SmtpParts): ChannelAdapter<SmtpSettings> => {
  const pool = makePool(timeouts.commandMs)
  const capabilities = {
    max_batch: 1_000,
    concurrent: 5,
    idempotent_submit: false,
    lookup_by_id: false,
    delivery_receipts: false,
  }

  const tryConnection = async (settings: SmtpSettings, signal: AbortSignal): Promise<string> => {
    const connection = await openConnection({ guard, ehloName, timeouts, settings, signal })
    const said = describe(connection, settings)
    const reply = await connection.command('NOOP', timeouts.commandMs)
    await connection.quit(timeouts.commandMs)
    if (reply.code >= 400) throw new SmtpFault('greeting_refused', `${said}, but then: ${reply.text}`, reply)
    return `${said}.`
  }

  return {
    channel: 'email',
    kind: 'smtp',
    settings: SmtpSettings,
    secretSettings: ['password'],
    capabilities,
    check: async (settings, signal): Promise<CheckResult> => {
      const startedMs = performance.now()
      const end = (ok: boolean, detail: string) => ({
        ok,
        detail,
        durationMs: Math.round(performance.now() - startedMs),
      })
      try {
        return end(true, await tryConnection(settings, signal))
      } catch (error) {
        if (!(error instanceof SmtpFault)) throw error
        return end(false, error.message)
      }
    },
    submit: (batch, settings, context) =>
      submitBatch({
        batch,
        context,
        open: (signal) => openConnection({ guard, ehloName, timeouts, settings, signal }),
        shared: settings,
        timeouts,
        pool,
        concurrent: settings.concurrent ?? capabilities.concurrent,
        places,
      }),
    close: () => pool.close(),
  }
}
