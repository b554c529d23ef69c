import { Code, Group, Modal, PasswordInput, Select, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { changeProvider, listProviders, type Provider } from '../../../../src/providers/contract.ts'
import { useFormats, useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { refresh } from '../../lib/queries.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Time } from '../../ui/figures.tsx'
import { FormFoot } from '../../ui/form-foot.tsx'
import { FormProblems } from '../../ui/form-problems.tsx'
import { useSubmit } from '../../ui/submit.ts'

const kinds = ['none', 'ses', 'sendgrid', 'mailgun', 'postmark'] as const
type Kind = (typeof kinds)[number]
type Values = { kind: Kind; secret: string; topic_arn: string }

const valuesOf = ({ config }: Provider): Values => ({
  kind: config.receipts?.kind ?? 'none',
  secret: '',
  topic_arn: config.receipts?.topic_arn ?? '',
})

/** An empty secret keeps the saved one of the same provider. */
const receiptsOf = ({ kind, secret, topic_arn }: Values) => {
  if (kind === 'none') return null
  if (kind === 'ses') return { kind, topic_arn: topic_arn.trim() === '' ? null : topic_arn.trim() }
  return secret === '' ? { kind } : { kind, secret }
}

const rename = { 'config.receipts.secret': 'secret', 'config.receipts.topic_arn': 'topic_arn' } as const

const useReceiptsForm = (provider: Provider) => {
  const { t } = useTexts()
  const client = useQueryClient()
  const form = useForm<Values>({ initialValues: valuesOf(provider) })
  const submitting = useSubmit(
    form,
    async (values) => {
      await call(changeProvider, {
        params: { id: provider.id },
        body: { config: { receipts: receiptsOf(values) } },
        ifMatch: provider.version,
      })
      form.setFieldValue('secret', '')
      await refresh(client, listProviders)
      notifications.show({ color: 'green', message: t('providers.receipts-saved') })
    },
    { rename },
  )
  return { form, ...submitting }
}

/** Where the provider calls, and how its calls have fared. */
const Address = ({ provider }: { readonly provider: Provider }) => {
  const { t } = useTexts()
  const formats = useFormats()
  const { receipts_url: url, receipts } = provider
  if (url === null || receipts === null) return null
  return (
    <Stack gap={6}>
      <Text size="sm" fw={500}>
        {t('providers.receipts-url')}
      </Text>
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <Code block style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap', flex: 1 }}>
          {url}
        </Code>
        <CopyButton value={url} />
      </Group>
      <Text size="xs" c="dimmed">
        {t('providers.receipts-url-hint')}
      </Text>
      <Text size="sm" role="status">
        {t('providers.receipts-counts', {
          received: formats.number(receipts.received),
          refused: formats.number(receipts.refused),
        })}{' '}
        {receipts.received_at === null ? null : <Time at={receipts.received_at} />}
      </Text>
      {receipts.refused > 0 ? (
        <Text size="sm" c="orange.8">
          {t('providers.receipts-refused-hint')}
        </Text>
      ) : null}
    </Stack>
  )
}

const Form = ({ provider, onClose }: { readonly provider: Provider; readonly onClose: () => void }) => {
  const { t } = useTexts()
  const { form, busy, error, submit } = useReceiptsForm(provider)
  const { kind } = form.values
  const kept = provider.config.receipts?.kind === kind && provider.config.receipts.has_secret
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Text size="sm">{t('providers.receipts-text')}</Text>
        <FormProblems form={form} error={error} labels={{ secret: t('providers.receipts-secret') }} />
        <Select
          label={t('providers.receipts-kind')}
          allowDeselect={false}
          data={kinds.map((value) => ({ value, label: t(`providers.receipts-${value}`) }))}
          {...form.getInputProps('kind')}
        />
        {kind === 'ses' ? (
          <TextInput
            label={`${t('providers.receipts-topic')} (${t('ui.optional')})`}
            description={t('providers.receipts-topic-hint')}
            placeholder="arn:aws:sns:eu-west-1:123456789012:bounces"
            maxLength={400}
            spellCheck={false}
            {...form.getInputProps('topic_arn')}
          />
        ) : null}
        {kind === 'none' || kind === 'ses' ? null : (
          <PasswordInput
            label={t('providers.receipts-secret')}
            description={t(kept ? 'providers.receipts-secret-kept' : `providers.receipts-${kind}-secret`)}
            autoComplete="new-password"
            maxLength={1024}
            {...form.getInputProps('secret')}
          />
        )}
        <Address provider={provider} />
        <FormFoot action={t('ui.save')} busy={busy} onCancel={onClose} />
      </Stack>
    </form>
  )
}

type Props = { readonly provider: Provider | null; readonly onClose: () => void }

/** How a relay tells of bounces and complaints that reach it and not us. */
export const ReceiptsDialog = ({ provider, onClose }: Props) => {
  const { t } = useTexts()
  return (
    <Modal opened={provider !== null} onClose={onClose} title={t('providers.receipts')} size="lg">
      {provider === null ? null : <Form key={provider.version} provider={provider} onClose={onClose} />}
    </Modal>
  )
}
