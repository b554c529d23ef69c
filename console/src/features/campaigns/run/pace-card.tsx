import type { Campaign } from '../../../../../src/campaigns/contract.ts'
import type { Accounting } from '../../../../../src/campaigns/run/contract.ts'
import type { Texts } from '../../../i18n/message.ts'
import { useFormats, useTexts } from '../../../i18n/texts.tsx'
import type { Formats } from '../../../lib/formats.ts'
import { shapingText } from '../../delivery/limiting.ts'
import classes from './progress.module.css'

const hourMs = 3_600_000

/** What the engine names (sending.md §7), in the reader's language; an unknown factor is shown as it came. */
export const limitText = (factor: string, texts: Texts, formats: Formats): string => {
  const { t, find } = texts
  const match = /^(provider limit|campaign throttle) (\d+)\/(\w+)$/.exec(factor)
  if (match === null) return find('run', `limit.${factor}`) ?? shapingText(factor, texts, formats) ?? factor
  const [, kind, amount, unit = ''] = match
  const per = `${formats.number(Number(amount))} ${find('run', `per-${unit}`) ?? `/${unit}`}`
  return t(kind === 'campaign throttle' ? 'run.limit-campaign' : 'run.limit-provider', { per })
}

type Props = { readonly campaign: Campaign; readonly accounting: Accounting }

/** How fast it goes, how long the rest takes, what holds it back. */
export const PaceCard = ({ campaign, accounting }: Props) => {
  const texts = useTexts()
  const { t } = texts
  const formats = useFormats()
  const { rate_per_hour: rate, limiting_factor: factor, in_flight } = campaign
  const left = accounting.planned + accounting.claimed
  const facts: readonly (readonly [string, string])[] = [
    [
      t('run.rate'),
      rate === null || rate === 0 ? '–' : t('run.rate-per-hour', { rate: formats.number(rate) }),
    ],
    [
      t('run.left'),
      rate === null || rate === 0 || left === 0 || factor === 'retries'
        ? '–'
        : formats.duration((left / rate) * hourMs),
    ],
    [t('run.in-flight'), formats.number(in_flight)],
    [t('run.limited-by'), factor === null ? t('run.limited-by-nothing') : limitText(factor, texts, formats)],
  ]
  return (
    <dl className={classes.pace}>
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
