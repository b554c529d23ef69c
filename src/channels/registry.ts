import type { OutboundGuard } from '../lib/outbound-guard/index.ts'
import type { ChannelAdapter } from './channel.ts'
import { makeSimulatorAdapter, type SimulatorParts } from './email/simulator/adapter.ts'
import { makeSmtpAdapter } from './email/smtp/adapter.ts'

export type AdapterParts = {
  readonly guard: OutboundGuard
  readonly ehloName: string | null
  readonly mailbox: SimulatorParts
}

/** One line per adapter. */
export const makeAdapters = (parts: AdapterParts) =>
  [makeSmtpAdapter(parts), makeSimulatorAdapter(parts.mailbox)] as const

export type Adapter = ChannelAdapter<unknown>
