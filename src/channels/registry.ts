import type { OutboundGuard } from '../lib/outbound-guard/index.ts'
import type { ChannelAdapter } from './channel.ts'
import { type Deliver, makeSimulatorAdapter } from './email/simulator.ts'
import { makeSmtpAdapter } from './email/smtp/adapter.ts'

export type AdapterParts = {
  readonly guard: OutboundGuard
  readonly ehloName: string | null
  readonly deliver: Deliver
}

/** One line per adapter. */
export const makeAdapters = (parts: AdapterParts) =>
  [makeSmtpAdapter(parts), makeSimulatorAdapter(parts.deliver)] as const

export type Adapter = ChannelAdapter<unknown>
