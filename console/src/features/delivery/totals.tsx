import { useFormats, useTexts } from '../../i18n/texts.tsx'
import { colorOfState } from '../../ui/status-badge.tsx'
import classes from './delivery.module.css'

const kinds = [
  ['accepted', 'accepted'],
  ['deferred', 'deferred'],
  ['slowed', 'held'],
  ['refused', 'rejected'],
  ['blocked', 'failed'],
  ['queued', 'queued'],
] as const

type Props = { readonly totals: Readonly<Record<(typeof kinds)[number][0], number>> }

/** What one wants to know first. */
export const Totals = ({ totals }: Props) => {
  const { t } = useTexts()
  const formats = useFormats()
  return (
    <dl className={classes.totals} aria-live="polite">
      {kinds.map(([kind, state]) => (
        <div key={kind} className={classes.total}>
          <dt>
            <span
              className={classes.dot}
              style={{ background: `var(--mantine-color-${colorOfState(state)}-6)` }}
              aria-hidden
            />
            {t(`delivery.${kind}`)}
          </dt>
          <dd>{formats.number(totals[kind])}</dd>
        </div>
      ))}
    </dl>
  )
}
