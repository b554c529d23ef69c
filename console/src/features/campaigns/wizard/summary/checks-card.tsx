import { Alert, Button, Card, Group, Text, Title } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import type { Preflight } from '../../../../../../src/campaigns/contract.ts'
import { useFormats, useTexts } from '../../../../i18n/texts.tsx'
import { ErrorState } from '../../../../ui/error-state.tsx'
import { RowsSkeleton } from '../../../../ui/skeletons.tsx'
import { CheckRow } from './check-row.tsx'
import classes from './checks.module.css'
import { type Overrides, openBlocks, type PreflightQuery } from './preflight.ts'

type Props = {
  readonly id: string
  readonly preflight: PreflightQuery
  readonly overrides: Overrides
  readonly onOverride: (code: string, reason: string | null) => void
}

const Verdict = ({ result, open }: { readonly result: Preflight; readonly open: number }) => {
  const { t } = useTexts()
  const warnings = result.checks.filter((check) => check.level === 'warn').length
  if (open > 0) {
    return (
      <Alert
        color="red"
        variant="light"
        icon={<IconCircleX size={20} />}
        title={t('launch.blocked', { count: open })}
      >
        {t('launch.blocked-text')}
      </Alert>
    )
  }
  if (warnings > 0) {
    return (
      <Alert
        color="yellow"
        variant="light"
        icon={<IconAlertTriangle size={20} />}
        title={t('launch.warned', { count: warnings })}
      >
        {t('launch.warned-text')}
      </Alert>
    )
  }
  return (
    <Alert color="green" variant="light" icon={<IconCircleCheck size={20} />} title={t('launch.all-good')} />
  )
}

/** What the check before sending found, gravest first. */
export const ChecksCard = ({ id, preflight, overrides, onOverride }: Props) => {
  const { t } = useTexts()
  const formats = useFormats()
  const { data, error, refetch, isFetching } = preflight
  const checks = (data?.checks ?? []).toSorted((a, b) => a.level.localeCompare(b.level))
  return (
    <Card withBorder padding="lg" component="section" aria-label={t('launch.checks')}>
      <Group justify="space-between" mb="sm">
        <Title order={2}>{t('launch.checks')}</Title>
        <Group gap="xs">
          <Text size="xs" c="dimmed" className="tabular">
            {data === undefined ? '' : t('launch.checked-at', { time: formats.time(data.at) })}
          </Text>
          <Button size="xs" variant="default" loading={isFetching} onClick={() => void refetch()}>
            {t('launch.check-again')}
          </Button>
        </Group>
      </Group>
      {error === null ? null : <ErrorState error={error} onRetry={() => void refetch()} />}
      {data === undefined ? (
        error === null ? (
          <RowsSkeleton rows={3} />
        ) : null
      ) : (
        <>
          <Verdict result={data} open={openBlocks(checks, overrides).length} />
          <ul className={classes.checks}>
            {checks.map((check) => (
              <CheckRow
                key={`${check.code} ${check.pointer}`}
                id={id}
                check={check}
                reason={overrides[check.code] ?? null}
                onOverride={(reason) => onOverride(check.code, reason)}
              />
            ))}
          </ul>
        </>
      )}
    </Card>
  )
}
