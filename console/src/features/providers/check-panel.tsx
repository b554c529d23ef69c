import { Alert, Group, List, Loader, Stack, Text } from '@mantine/core'
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { useFormats, useTexts } from '../../i18n/texts.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import type { CheckResult, CheckState } from './check.ts'

const hints = ['host', 'tls', 'login', 'network'] as const

const Result = ({ result, next }: { readonly result: CheckResult; readonly next?: ReactNode }) => {
  const { t } = useTexts()
  const formats = useFormats()
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => place.current?.scrollIntoView({ block: 'nearest' }), [])
  return (
    <Alert
      ref={place}
      color={result.ok ? 'green' : 'red'}
      variant="light"
      icon={result.ok ? <IconCircleCheck size={20} /> : <IconCircleX size={20} />}
      title={t(result.ok ? 'providers.test-passed' : 'providers.test-failed')}
      role="status"
    >
      <Stack gap="xs">
        <Text size="sm">{result.detail}</Text>
        <Text size="xs" c="dimmed" className="tabular">
          {t('providers.test-took', { ms: formats.number(result.duration_ms) })}
        </Text>
        {result.ok ? (
          next
        ) : (
          <div>
            <Text size="sm" fw={550}>
              {t('providers.test-hint-title')}
            </Text>
            <List size="sm" spacing={2}>
              {hints.map((hint) => (
                <List.Item key={hint}>{t(`providers.test-hint-${hint}`)}</List.Item>
              ))}
            </List>
          </div>
        )}
      </Stack>
    </Alert>
  )
}

type Props = {
  readonly state: CheckState
  /** Nothing is connected to: own addresses and names are looked at. */
  readonly direct?: boolean
  /** What to do after a passed test. */
  readonly next?: ReactNode
}

/** What the test found, in the words of the server it talked to. */
export const CheckPanel = ({ state, direct = false, next }: Props) => {
  const { t } = useTexts()
  switch (state.kind) {
    case 'none':
      return (
        <Text size="xs" c="dimmed">
          {t(direct ? 'providers.test-what-direct' : 'providers.test-what')}
        </Text>
      )
    case 'running':
      return (
        <Group gap="sm" role="status">
          <Loader size="sm" />
          <Text size="sm">{t('providers.test-running')}</Text>
        </Group>
      )
    case 'failed':
      return <ErrorState error={state.error} />
    case 'done':
      return <Result result={state.result} next={next} />
  }
}
