import { Progress, Tooltip } from '@mantine/core'
import type { Accounting } from '../../../../../src/campaigns/run/contract.ts'
import { useFormats, useTexts } from '../../../i18n/texts.tsx'
import { colorOfState } from '../../../ui/status-badge.tsx'
import classes from './progress.module.css'

/** In the order a message lives; the sum of all is the audience. */
export const barStates = ['accepted', 'rejected', 'uncertain', 'suppressed', 'handed', 'claimed'] as const

/** The audience as one bar: what is left of it is planned and waits. */
export const StateBar = ({ accounting }: { readonly accounting: Accounting }) => {
  const { t } = useTexts()
  const formats = useFormats()
  const shown = barStates.filter((state) => accounting[state] > 0)
  const sum = Math.max(accounting.sum, accounting.audience, 1)
  const words = [...shown, 'planned' as const]
    .filter((state) => accounting[state] > 0)
    .map((state) => `${t(`states.${state}`)} ${formats.number(accounting[state])}`)
  return (
    <div>
      <Progress.Root size={22} radius="md" role="img" aria-label={words.join(', ')}>
        {shown.map((state) => (
          <Tooltip key={state} label={`${t(`states.${state}`)}: ${formats.number(accounting[state])}`}>
            <Progress.Section
              value={(accounting[state] / sum) * 100}
              color={`${colorOfState(state)}.6`}
              withAria={false}
            />
          </Tooltip>
        ))}
      </Progress.Root>
      <ul className={classes.legend}>
        {[...shown, ...(accounting.planned > 0 ? (['planned'] as const) : [])].map((state) => (
          <li key={state}>
            <span
              className={classes.dot}
              style={{
                background: state === 'planned' ? undefined : `var(--mantine-color-${colorOfState(state)}-6)`,
              }}
            />
            {t(`states.${state}`)}
          </li>
        ))}
      </ul>
    </div>
  )
}
