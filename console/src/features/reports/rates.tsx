import { Text, Tooltip } from '@mantine/core'
import type { Report, ReportRates } from '../../../../src/reports/contract.ts'
import { useFormats, useTexts } from '../../i18n/texts.tsx'

type RateName = keyof ReportRates
type Counts = Report['counts']

/** Numerator and denominator of each rate (email.md §13), for the tooltip. */
const parts: Readonly<Record<RateName, (counts: Counts) => readonly [number, number]>> = {
  delivery: (c) => [c.delivered, c.accepted],
  bounce_hard: (c) => [c.hard_bounced, c.accepted + c.rejected],
  bounce_soft: (c) => [c.soft_bounced, c.accepted + c.rejected],
  bounce_block: (c) => [c.spam_bounced, c.accepted + c.rejected],
  open_human: (c) => [c.opened_human, c.delivered],
  open_human_adjusted: (c) => [c.opened_human, c.delivered - c.opened_proxy],
  open_all: (c) => [c.opened_all, c.delivered],
  click: (c) => [c.clicked_human, c.delivered],
  click_all: (c) => [c.clicked_all, c.delivered],
  click_to_open: (c) => [c.clicked_human, c.opened_human],
  click_to_open_all: (c) => [c.clicked_all, c.opened_all],
  unsubscribe: (c) => [c.unsubscribed, c.delivered],
  complaint: (c) => [c.complained, c.delivered],
  conversion: (c) => [c.converted, c.delivered],
}

const human: readonly RateName[] = [
  'open_human',
  'open_human_adjusted',
  'click',
  'click_to_open',
  'conversion',
]

/** Reactions wait for a verdict on who caused them; a dash would look like "nobody". */
export const isUnjudged = (report: Report, name: RateName): boolean =>
  human.includes(name) && report.rates[name] === null && report.counts.delivered > 0

type Props = { readonly report: Report; readonly name: RateName }

/** A rate as the server gives it, with its formula and figures on hover. */
export const ReportRate = ({ report, name }: Props) => {
  const { t } = useTexts()
  const formats = useFormats()
  const formula = t(`reports.formula-${name}`)
  if (isUnjudged(report, name)) {
    return (
      <Tooltip label={`${formula}. ${t('reports.unjudged-hint')}`} multiline maw={320}>
        <Text span c="dimmed" size="sm">
          {t('reports.unjudged')}
        </Text>
      </Tooltip>
    )
  }
  const rate = report.rates[name]
  const [part, whole] = parts[name](report.counts)
  const label = `${formula} = ${formats.number(part)} ÷ ${formats.number(whole)}`
  return (
    <Tooltip label={label}>
      <span className="tabular">{rate === null ? '–' : formats.percent(rate)}</span>
    </Tooltip>
  )
}
