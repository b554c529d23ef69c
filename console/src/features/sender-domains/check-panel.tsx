import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { IconCircleCheck, IconInfoCircle, IconRefresh } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import {
  changeSenderDomain,
  checkSenderDomain,
  getSenderDomain,
  listSenderDomains,
  type SenderDomain,
} from '../../../../src/sender-domains/contract.ts'
import { useFormats, useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { isProblem } from '../../lib/problem.ts'
import { refresh } from '../../lib/queries.ts'
import { useMay } from '../../lib/session.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { Time } from '../../ui/figures.tsx'

const graceMs = 72 * 3_600_000

/** What the state means and what to do next, in one sentence. */
const useNextStep = (domain: SenderDomain): string => {
  const { t } = useTexts()
  const formats = useFormats()
  if (domain.state === 'broken') {
    if (!domain.may_send.transactional) return t('sender-domains.next-broken-api')
    const until = new Date(Date.parse(domain.broken_at ?? domain.updated_at) + graceMs).toISOString()
    return t('sender-domains.next-broken', { until: formats.exact(until) })
  }
  if (domain.state !== 'authorized') return t(`sender-domains.next-${domain.state}`)
  if (domain.may_send.campaigns) return t('sender-domains.next-authorized')
  const onlyDmarc = domain.records.every(
    ({ kind, state, needed }) => needed !== 'always' || state === 'valid' || kind === 'dkim',
  )
  return t(onlyDmarc ? 'sender-domains.next-dmarc' : 'sender-domains.next-waiting')
}

const colorOf = (domain: SenderDomain): string => {
  if (domain.state === 'broken') return 'red'
  if (domain.state === 'disabled' || domain.state === 'draft') return 'gray'
  return domain.may_send.campaigns ? 'green' : 'yellow'
}

const useCheck = (domain: SenderDomain) => {
  const client = useQueryClient()
  const params = { id: domain.id }
  const done = () => refresh(client, getSenderDomain, listSenderDomains)
  const check = useMutation({
    mutationFn: () => call(checkSenderDomain, { params, body: {} }),
    onSettled: done,
  })
  const generate = useMutation({
    mutationFn: () => call(changeSenderDomain, { params, body: { generate: true } }),
    onSettled: done,
  })
  return { check, generate }
}

const Result = ({ domain, busy, checked }: { domain: SenderDomain; busy: boolean; checked: boolean }) => {
  const { t } = useTexts()
  const present = domain.records.filter(({ retired_until }) => retired_until === null)
  const valid = present.filter(({ state }) => state === 'valid').length
  return (
    <Text size="sm" role="status" mih="1.4em">
      {busy
        ? t('sender-domains.checking')
        : checked
          ? t('sender-domains.check-done', { valid, count: present.length })
          : ''}
    </Text>
  )
}

export const CheckPanel = ({ domain }: { readonly domain: SenderDomain }) => {
  const { t } = useTexts()
  const manages = useMay()('email.senders.manage')
  const { check, generate } = useCheck(domain)
  const next = useNextStep(domain)
  const error = check.error ?? generate.error
  const isSendable = domain.may_send.campaigns
  return (
    <Alert
      color={colorOf(domain)}
      variant="light"
      icon={isSendable ? <IconCircleCheck size={20} /> : <IconInfoCircle size={20} />}
      title={next}
    >
      <Stack gap="xs">
        <Group gap="md">
          <Text size="sm">
            {t('sender-domains.checked')}:{' '}
            {domain.checked_at === null ? t('sender-domains.never-checked') : <Time at={domain.checked_at} />}
          </Text>
          {domain.next_check_at === null ? null : (
            <Text size="sm">
              {t('sender-domains.next-check')}: <Time at={domain.next_check_at} />
            </Text>
          )}
        </Group>
        {domain.suggested_subdomain !== null && !isSendable ? (
          <Text size="sm">{t('sender-domains.domain-suggestion', { name: domain.suggested_subdomain })}</Text>
        ) : null}
        {manages && domain.state === 'draft' ? (
          <Button w="max-content" loading={generate.isPending} onClick={() => generate.mutate()}>
            {t('sender-domains.generate')}
          </Button>
        ) : null}
        {manages && domain.state !== 'draft' && domain.state !== 'disabled' ? (
          <Group gap="md">
            <Button
              leftSection={<IconRefresh size={16} />}
              loading={check.isPending}
              onClick={() => check.mutate()}
            >
              {t('sender-domains.check-now')}
            </Button>
            <Result domain={domain} busy={check.isPending} checked={check.isSuccess} />
          </Group>
        ) : null}
        {error === null ? null : isProblem(error, 'rate_limited') ? (
          <Text size="sm" role="alert">
            {t('sender-domains.check-wait')}
          </Text>
        ) : (
          <ErrorState error={error} />
        )}
      </Stack>
    </Alert>
  )
}
