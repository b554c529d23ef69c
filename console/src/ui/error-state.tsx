import { Alert, Button, Code, Group, Stack, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { Texts } from '../i18n/message.ts'
import { useTexts } from '../i18n/texts.tsx'
import { isProblem, ProblemError } from '../lib/problem.ts'
import { CopyButton } from './copy-button.tsx'

/** What people read for a refusal: our own words for its code, else the server's. */
export const problemTitle = (error: unknown, { t, find }: Texts): string => {
  if (!isProblem(error)) return t('ui.error-title')
  const reason = error.word('reason')
  const weak = error.code === 'password_weak' && reason !== null ? find('problems', `weak.${reason}`) : null
  const words = weak ?? find('problems', error.code) ?? error.message
  const seconds = error.retryAfterSeconds
  return seconds === null ? words : `${words}. ${t('ui.retry-after', { minutes: Math.ceil(seconds / 60) })}`
}

/** The server's detail, unless it only repeats the title. */
export const problemDetail = (error: unknown): string | null =>
  isProblem(error) && error.detail !== '' && error.detail !== error.message ? error.detail : null

const Fingerprint = ({ error }: { readonly error: ProblemError }) => {
  const { t } = useTexts()
  const request = error.requestId
  const text = request === null ? error.code : `${error.code} ${request}`
  return (
    <Group gap="xs">
      <Text size="xs" c="dimmed">
        {t('ui.error-code')} <Code>{error.code}</Code>
        {request === null ? null : (
          <>
            {' · '}
            {t('ui.error-request')} <Code>{request}</Code>
          </>
        )}
      </Text>
      <CopyButton value={text} label={t('ui.error-copy')} />
    </Group>
  )
}

type Props = { readonly error: unknown; readonly onRetry?: () => void }

/** What happened, why, what to do; code and request id can be copied. */
export const ErrorState = ({ error, onRetry }: Props) => {
  const texts = useTexts()
  const detail = problemDetail(error)
  return (
    <Alert
      color="red"
      variant="light"
      icon={<IconAlertTriangle size={20} />}
      title={problemTitle(error, texts)}
      role="alert"
      my="md"
    >
      <Stack gap="xs" align="flex-start">
        {detail === null ? null : <Text size="sm">{detail}</Text>}
        {isProblem(error, 'offline') ? <Text size="sm">{texts.t('ui.offline')}</Text> : null}
        {error instanceof ProblemError ? <Fingerprint error={error} /> : null}
        {onRetry === undefined ? null : (
          <Button size="xs" variant="default" onClick={onRetry}>
            {texts.t('ui.retry')}
          </Button>
        )}
      </Stack>
    </Alert>
  )
}
