import type { NewSimulatorScript, SimulatorScript } from '../../../../../src/simulator/scripts/contract.ts'
import type { Texts } from '../../../i18n/message.ts'

export type Outcome = SimulatorScript['outcome']['class']

/** 0.0005 → 0.05, without the crumbs of binary fractions. */
export const toPercent = (rate: number): number => Number((rate * 100).toFixed(6))
export const toRate = (percent: number): number => Number((percent / 100).toFixed(8))

type Match = NewSimulatorScript['match']

/** Whom a rule is about, in words. */
export const whoOf = (
  { t }: Texts,
  match: Match,
  campaigns: ReadonlyMap<string, string> = new Map(),
): string => {
  const { address, domain, campaign_id } = match
  const campaign = campaign_id ? campaigns.get(campaign_id) : undefined
  const parts = [
    address && address !== '*' ? address : null,
    domain ? `@${domain}` : null,
    campaign_id
      ? campaign === undefined
        ? t('scripts.in-chosen-campaign')
        : t('scripts.in-campaign', { campaign })
      : null,
  ].filter((part) => part !== null)
  const everybody = !address || address === '*' ? !domain : false
  return [...(everybody ? [t('scripts.everybody')] : []), ...parts].join(' · ')
}

export const ruleName = (texts: Texts, rule: SimulatorScript): string =>
  rule.name ?? `${whoOf(texts, rule.match)}: ${texts.t(`scripts.class-${rule.outcome.class}`)}`
