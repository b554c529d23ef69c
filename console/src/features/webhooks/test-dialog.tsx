import { Alert, Button, Code, Group, Modal, Stack, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { listWebhooks, testWebhook, type Webhook } from '../../../../src/webhooks/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { type AnswerOf, call } from '../../lib/call.ts'
import { refresh } from '../../lib/queries.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { useFailure } from './failure.ts'
import classes from './webhooks.module.css'

type Verdict = AnswerOf<typeof testWebhook>

const useVerdict = (verdict: Verdict): string => {
  const { t } = useTexts()
  const failure = useFailure()
  const { status } = verdict
  if (verdict.proven) return t('webhooks.test-proven')
  if (status === null) return t('webhooks.test-unanswered', { failure: failure(verdict.failure) })
  return t(status >= 200 && status <= 299 ? 'webhooks.test-answered' : 'webhooks.test-refused', { status })
}

const VerdictPanel = ({ verdict }: { readonly verdict: Verdict }) => {
  const { t } = useTexts()
  return (
    <Alert color={verdict.proven ? 'green' : 'red'} title={useVerdict(verdict)}>
      <Stack gap="xs">
        <Text size="sm">{t('webhooks.test-duration', { ms: verdict.duration_ms })}</Text>
        {verdict.excerpt === '' ? null : (
          <div>
            <Text size="sm" fw={550}>
              {t('webhooks.test-answer')}
            </Text>
            <Code block className={classes['secret'] ?? ''}>
              {verdict.excerpt}
            </Code>
          </div>
        )}
      </Stack>
    </Alert>
  )
}

const useTest = (id: string) => {
  const client = useQueryClient()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const [verdict, setVerdict] = useState<Verdict | null>(null)
  const send = async () => {
    setBusy(true)
    setError(null)
    try {
      setVerdict(await call(testWebhook, { params: { id }, body: {} }))
    } catch (failure) {
      setVerdict(null)
      setError(failure)
    } finally {
      setBusy(false)
      await refresh(client, listWebhooks)
    }
  }
  return { busy, error, verdict, send }
}

const Body = ({ webhook, onClose }: { readonly webhook: Webhook; readonly onClose: () => void }) => {
  const { t } = useTexts()
  const { busy, error, verdict, send } = useTest(webhook.id)
  const tried = verdict !== null || error !== null
  return (
    <Stack gap="md">
      <Text size="sm">{t('webhooks.test-text')}</Text>
      <Code block className={classes['secret'] ?? ''}>
        {webhook.url}
      </Code>
      <div role="status">
        {verdict === null ? null : <VerdictPanel verdict={verdict} />}
        {error === null ? null : <ErrorState error={error} />}
      </div>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('ui.close')}
        </Button>
        <Button onClick={() => void send()} loading={busy} data-autofocus>
          {t(tried ? 'webhooks.test-again' : 'webhooks.test-send')}
        </Button>
      </Group>
    </Stack>
  )
}

type Props = { readonly webhook: Webhook | null; readonly onClose: () => void }

export const TestDialog = ({ webhook, onClose }: Props) => {
  const { t } = useTexts()
  return (
    <Modal
      opened={webhook !== null}
      onClose={onClose}
      size="lg"
      title={t('webhooks.test-title', { name: webhook?.name ?? '' })}
    >
      {webhook === null ? null : <Body webhook={webhook} onClose={onClose} />}
    </Modal>
  )
}
