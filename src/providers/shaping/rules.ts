import { hourMs, minuteMs, type Rate, scaled } from './rate.ts'

export type SiteLimits = {
  readonly connections: number
  readonly messages_per_connection: number
  readonly per_minute: number | null
  readonly per_hour: number | null
}
export type SiteRule = SiteLimits & { readonly site: string }

/** The rule for all that none names. */
export const everyOther = '*'

/** email.md §16; holds where somebody changed nothing and where no rule is left. */
export const usualLimits: SiteLimits = {
  connections: 5,
  messages_per_connection: 20,
  per_minute: null,
  per_hour: 3_600,
}

/** What a domain is counted under, and the limits that hold there. */
export type Shape = { readonly site: string; readonly limits: SiteLimits; readonly ruleSite: string }

/** A rule that names the receiving domain itself comes first and counts it alone; then its site; then the usual. */
export const shapeOf = (rules: ReadonlyMap<string, SiteLimits>, domain: string, site: string): Shape => {
  const own = rules.get(domain)
  if (own) return { site: domain, limits: own, ruleSite: domain }
  const shared = rules.get(site)
  if (shared) return { site, limits: shared, ruleSite: site }
  return { site, limits: rules.get(everyOther) ?? usualLimits, ruleSite: everyOther }
}

export type Rates = { readonly minute: Rate | null; readonly hour: Rate | null }

/** Limits as they hold now; a receiver that slowed us is held to half of the usual even where no limit was set. */
export const ratesOf = ({ per_minute, per_hour }: SiteLimits, factor: number): Rates => {
  const hourly = per_hour ?? (per_minute === null && factor < 1 ? usualLimits.per_hour : null)
  return {
    minute: per_minute === null ? null : scaled({ amount: per_minute, windowMs: minuteMs }, factor),
    hour: hourly === null ? null : scaled({ amount: hourly, windowMs: hourMs }, factor),
  }
}

/** Messages an hour that this comes to; null = no limit. */
export const hourlyOf = ({ minute, hour }: Rates): number | null => {
  const amounts = [...(minute ? [minute.amount * 60] : []), ...(hour ? [hour.amount] : [])]
  return amounts.length === 0 ? null : Math.min(...amounts)
}
