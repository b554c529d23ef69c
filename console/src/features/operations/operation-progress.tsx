import { Progress, Text } from '@mantine/core'
import type { Operation } from '../../../../src/operations/contract.ts'
import { useFormats, useTexts } from '../../i18n/texts.tsx'
import classes from './operations.module.css'
import { useRate } from './use-rate.ts'

type Props = { readonly operation: Operation; readonly label: string }

const colors = { failed: 'red', paused: 'yellow', canceled: 'gray', completed: 'green' } as const
const colorOf = (state: Operation['state']): string => (colors as Record<string, string>)[state] ?? 'indigo'

/** Bar, count, speed and time left of one operation. */
export const OperationProgress = ({ operation, label }: Props) => {
  const { t } = useTexts()
  const formats = useFormats()
  const { done, total, state } = operation
  const { perSecond, leftMs } = useRate(done, total, state === 'in_progress')
  const isUnknown = total === null && state === 'in_progress'
  const share = total === null || total === 0 ? Number(state === 'completed') : Math.min(1, done / total)
  const count = () => {
    if (total !== null) return t('ui.progress', { done: formats.number(done), total: formats.number(total) })
    return done === 0 ? null : formats.number(done)
  }
  const facts = [
    count(),
    perSecond === null ? null : t('ui.progress-rate', { rate: formats.number(Math.round(perSecond)) }),
    leftMs === null ? null : t('ui.progress-left', { duration: formats.duration(leftMs) }),
  ].filter((fact) => fact !== null)
  return (
    <div className={classes.progress}>
      <Progress.Root size="sm" radius="xl">
        <Progress.Section
          value={isUnknown ? 100 : share * 100}
          color={colorOf(state)}
          animated={state === 'in_progress'}
          aria-label={[label, ...facts].join(', ')}
        />
      </Progress.Root>
      <Text size="xs" c="dimmed" className="tabular">
        {facts.join(' · ')}
      </Text>
    </div>
  )
}
