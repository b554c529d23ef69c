import type { OutboundGuard } from '../lib/outbound-guard/index.ts'
import type { Places } from '../lib/places.ts'
import type { ChannelAdapter } from './channel.ts'
import { type MxParts, makeMxAdapter } from './email/mx/adapter.ts'
import { makeSimulatorAdapter, type SimulatorParts } from './email/simulator/adapter.ts'
import { makeSmtpAdapter } from './email/smtp/adapter.ts'

export type AdapterParts = {
  readonly guard: OutboundGuard
  readonly ehloName: string | null
  readonly mailbox: SimulatorParts
  /** Connections of all threads of the process; left out where there are none. */
  readonly places?: Places
  readonly direct: Omit<MxParts, 'guard' | 'ehloName'>
}

/** One line per adapter. */
export const makeAdapters = (parts: AdapterParts) =>
  [
    makeSmtpAdapter(parts),
    makeMxAdapter({ guard: parts.guard, ehloName: parts.ehloName, ...parts.direct }),
    makeSimulatorAdapter(parts.mailbox),
  ] as const

export type Adapter = ChannelAdapter<unknown>
