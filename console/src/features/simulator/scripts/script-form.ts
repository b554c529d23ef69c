import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import {
  changeSimulatorScript,
  createSimulatorScript,
  listSimulatorScripts,
  type NewSimulatorScript,
  type SimulatorScript,
} from '../../../../../src/simulator/scripts/contract.ts'
import { useTexts } from '../../../i18n/texts.tsx'
import { call } from '../../../lib/call.ts'
import { refresh } from '../../../lib/queries.ts'
import { useSubmit } from '../../../ui/submit.ts'
import { type Outcome, toPercent, toRate } from './rule-text.ts'

export type Values = {
  name: string
  match: { address: string; domain: string; campaign_id: string | null }
  /** `rate` in per cent and `latency_ms` in seconds, as people say it. */
  outcome: { class: Outcome; rate: number | string; latency_ms: number | string }
  seed: string
}

const toValues = (script: SimulatorScript | null): Values => ({
  name: script?.name ?? '',
  match: {
    address: script ? (script.match.address ?? '') : '*',
    domain: script?.match.domain ?? '',
    campaign_id: script?.match.campaign_id ?? null,
  },
  outcome: {
    class: script?.outcome.class ?? 'hard',
    rate: toPercent(script?.outcome.rate ?? 1),
    latency_ms: (script?.outcome.latency_ms ?? 0) / 1_000,
  },
  seed: String(script?.seed ?? 1),
})

const filled = (text: string): string | null => (text.trim() === '' ? null : text.trim())

export const toBody = ({ name, match, outcome, seed }: Values): NewSimulatorScript => ({
  name: filled(name),
  match: {
    address: filled(match.address),
    domain: filled(match.domain),
    campaign_id: match.campaign_id,
  },
  outcome: {
    class: outcome.class,
    rate: toRate(Number(outcome.rate)),
    latency_ms: Math.round(Number(outcome.latency_ms) * 1_000),
  },
  seed: /^\d{1,15}$/.test(seed.trim()) ? Number(seed) : seed.trim() || 1,
})

const save = (script: SimulatorScript | null, values: Values): Promise<SimulatorScript> =>
  script === null
    ? call(createSimulatorScript, { body: toBody(values) })
    : call(changeSimulatorScript, {
        params: { id: script.id },
        body: toBody(values),
        ifMatch: script.version,
      })

export const useScriptForm = (script: SimulatorScript | null, onClose: () => void) => {
  const { t } = useTexts()
  const client = useQueryClient()
  const form = useForm<Values>({
    initialValues: toValues(script),
    validate: (values) => {
      const { address, domain, campaign_id } = toBody(values).match
      return address || domain || campaign_id ? {} : { 'match.address': t('scripts.who-missing') }
    },
  })
  const submitting = useSubmit(form, async (values) => {
    await save(script, values)
    await refresh(client, listSimulatorScripts)
    notifications.show({ color: 'green', message: t('scripts.saved') })
    onClose()
  })
  return { form, ...submitting }
}
