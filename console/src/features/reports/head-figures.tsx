import { Link } from '@tanstack/react-router'
import type { Report } from '../../../../src/reports/contract.ts'
import { useFormats, useTexts } from '../../i18n/texts.tsx'
import { useMay } from '../../lib/session.ts'
import { colorOfState } from '../../ui/status-badge.tsx'
import { pagePath } from '../campaigns/campaign-path.ts'
import { ReportRate } from './rates.tsx'
import classes from './reports.module.css'

const heads = [
  { state: 'delivered', count: 'delivered', rate: 'delivery', search: { delivered: 'true' } },
  { state: 'opened', count: 'opened_all', rate: 'open_all', search: { opened: 'true' } },
  { state: 'clicked', count: 'clicked_all', rate: 'click_all', search: { clicked: 'true' } },
  { state: 'unsubscribed', count: 'unsubscribed', rate: 'unsubscribe', search: { unsubscribed: 'true' } },
] as const

type TileProps = { readonly report: Report; readonly head: (typeof heads)[number] }

const Tile = ({ report, head }: TileProps) => {
  const { t } = useTexts()
  const formats = useFormats()
  const may = useMay()('email.recipients.view')
  const label = t(`reports.head-${head.state}`)
  return (
    <div className={classes.head}>
      <span className={classes.headLabel}>
        <span
          className={classes.dot}
          style={{ background: `var(--mantine-color-${colorOfState(head.state)}-6)` }}
        />
        {may ? (
          <Link to={`${pagePath(report.campaign_id)}/recipients`} search={head.search as never}>
            {label}
          </Link>
        ) : (
          label
        )}
      </span>
      <span className={classes.headFigure}>{formats.number(report.counts[head.count])}</span>
      <span className={classes.headRate}>
        <ReportRate report={report} name={head.rate} />
      </span>
    </div>
  )
}

/** What one wants to know first. */
export const HeadFigures = ({ report }: { readonly report: Report }) => (
  <div className={classes.heads}>
    {heads.map((head) => (
      <Tile key={head.state} report={report} head={head} />
    ))}
  </div>
)
