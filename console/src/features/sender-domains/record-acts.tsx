import { Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core'
import { isEmail, useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { IconDownload, IconMail } from '@tabler/icons-react'
import { useState } from 'react'
import { getZonefile, type SenderDomain, sendDomainRecords } from '../../../../src/sender-domains/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { addressOf, call } from '../../lib/call.ts'
import { useMay, useSession } from '../../lib/session.ts'
import { FormProblems } from '../../ui/form-problems.tsx'
import { useSubmit } from '../../ui/submit.ts'

type Props = { readonly domain: SenderDomain }
type Language = 'en' | 'pl' | 'de'

/** Each in its own words. */
const languages = [
  { value: 'en', label: 'English' },
  { value: 'pl', label: 'Polski' },
  { value: 'de', label: 'Deutsch' },
]

const SendForm = ({ domain, onClose }: Props & { readonly onClose: () => void }) => {
  const { t, find } = useTexts()
  const { user } = useSession()
  const address = isEmail(find('problems', 'email_invalid'))
  const form = useForm<{ to: string; language: Language }>({
    initialValues: { to: '', language: user.language },
    validate: { to: (value) => address(value.trim()) },
  })
  const { busy, error, submit } = useSubmit(
    form,
    async ({ to, language }) => {
      const sent = await call(sendDomainRecords, {
        params: { id: domain.id },
        body: { to: to.trim(), language },
      })
      notifications.show({ color: 'green', message: t('sender-domains.sent', { to: sent.to }) })
      onClose()
    },
    { codes: { email_invalid: 'to' } },
  )
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Text size="sm">{t('sender-domains.send-text')}</Text>
        <FormProblems form={form} error={error} labels={{ to: t('sender-domains.send-to') }} />
        <TextInput
          label={t('sender-domains.send-to')}
          type="email"
          maxLength={254}
          required
          data-autofocus
          {...form.getInputProps('to')}
        />
        <Select
          label={t('sender-domains.send-language')}
          data={languages}
          allowDeselect={false}
          {...form.getInputProps('language')}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} disabled={busy}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" loading={busy}>
            {t('sender-domains.send')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** Ways to give all records to somebody, or to a name server, at once. */
export const RecordActs = ({ domain }: Props) => {
  const { t } = useTexts()
  const manages = useMay()('email.senders.manage')
  const [sending, setSending] = useState(false)
  return (
    <Group gap="sm">
      <Button
        component="a"
        variant="default"
        leftSection={<IconDownload size={16} />}
        href={addressOf(getZonefile, { params: { id: domain.id } })}
        download
      >
        {t('sender-domains.zonefile')}
      </Button>
      {manages ? (
        <Button variant="default" leftSection={<IconMail size={16} />} onClick={() => setSending(true)}>
          {t('sender-domains.send-records')}
        </Button>
      ) : null}
      <Modal opened={sending} onClose={() => setSending(false)} title={t('sender-domains.send-title')}>
        <SendForm domain={domain} onClose={() => setSending(false)} />
      </Modal>
    </Group>
  )
}
