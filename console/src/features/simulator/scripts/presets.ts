import type { NewSimulatorScript } from '../../../../../src/simulator/scripts/contract.ts'
import type { Outcome } from './rule-text.ts'

const everybody = (outcome: Outcome, rate: number, latency_ms = 0): NewSimulatorScript => ({
  match: { address: '*' },
  outcome: { class: outcome, rate, latency_ms },
})

/** Sets of rules to begin with. */
export const presets = {
  realistic: [
    everybody('hard', 0.02),
    everybody('late-soft', 0.01),
    everybody('complain', 0.0005),
    everybody('open', 0.25),
    everybody('click', 0.04),
    everybody('scanner', 0.1),
  ],
  'old-list': [
    everybody('hard', 0.1),
    everybody('late-bounce', 0.05),
    everybody('complain', 0.01),
    everybody('open', 0.08),
  ],
  'bad-weather': [
    everybody('defer', 0.1),
    everybody('throttle', 0.05),
    everybody('cut', 0.02),
    everybody('slow', 0.2, 800),
  ],
} as const satisfies Readonly<Record<string, readonly NewSimulatorScript[]>>

export type PresetName = keyof typeof presets
export const presetNames = Object.keys(presets) as PresetName[]
