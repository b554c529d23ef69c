import { Button, Card, Group, Progress, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useFormats, useTexts } from '../i18n/texts.tsx'

type Props = {
  readonly title: string
  readonly done: number
  /** Null while the whole is not known yet. */
  readonly total: number | null
  readonly ratePerSecond?: number | null
  readonly leftMs?: number | null
  readonly color?: string
  /** Other than plain numbers: bytes of an upload. */
  readonly figures?: (value: number) => string
  readonly onCancel?: () => void
  readonly cancelling?: boolean
  readonly children?: ReactNode
}

/** Long work: count, rate, time left, a cancel button. Leaving the page does not stop it. */
export const ProgressPanel = (props: Props) => {
  const { title, done, total, ratePerSecond = null, leftMs = null, color = 'indigo', onCancel } = props
  const { t } = useTexts()
  const formats = useFormats()
  const figures = props.figures ?? formats.number
  const share = total === null || total === 0 ? 0 : Math.min(1, done / total)
  const count = () => {
    if (total !== null) return t('ui.progress', { done: figures(done), total: figures(total) })
    return done === 0 ? null : figures(done)
  }
  const facts = [
    count(),
    ratePerSecond === null
      ? null
      : t('ui.progress-rate', { rate: formats.number(Math.round(ratePerSecond)) }),
    leftMs === null ? null : t('ui.progress-left', { duration: formats.duration(leftMs) }),
  ].filter((fact) => fact !== null)
  return (
    <Card withBorder padding="lg">
      <Stack gap="sm">
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <div>
            <Text fw={600}>{title}</Text>
            <Text size="sm" c="dimmed" className="tabular">
              {facts.join(' · ')}
            </Text>
          </div>
          <Text fw={600} className="tabular" aria-hidden>
            {total === null ? '' : formats.percent(share)}
          </Text>
        </Group>
        <Progress.Root size="lg" radius="xl">
          <Progress.Section
            value={total === null ? 100 : share * 100}
            color={color}
            animated={total === null}
            aria-label={[title, ...facts].join(', ')}
          />
        </Progress.Root>
        {props.children}
        {onCancel === undefined ? null : (
          <Group justify="flex-end">
            <Button variant="default" size="xs" onClick={onCancel} loading={props.cancelling ?? false}>
              {t('ui.progress-cancel')}
            </Button>
          </Group>
        )}
      </Stack>
    </Card>
  )
}
