import { Alert, Button, Checkbox, Group, List, Modal, Stack, TagsInput, Text } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useState } from 'react'
import type { Campaign } from '../../../../../../src/campaigns/contract.ts'
import { type Preview, testCampaign } from '../../../../../../src/campaigns/preview/contract.ts'
import type { ReplyOf } from '../../../../../../src/http/contract.ts'
import { useTexts } from '../../../../i18n/texts.tsx'
import { call } from '../../../../lib/call.ts'
import { useSeesPersonalData } from '../../../../lib/personal-data.ts'
import { useSession } from '../../../../lib/session.ts'
import { FormProblems } from '../../../../ui/form-problems.tsx'
import { StatusBadge } from '../../../../ui/status-badge.tsx'
import { useSubmit } from '../../../../ui/submit.ts'

const addressesMax = 10
type Outcome = ReplyOf<typeof testCampaign>['data']

type Props = {
  readonly opened: boolean
  readonly onClose: () => void
  readonly campaign: Campaign
  readonly contact: Preview['contact']
  /** Stores what stands in the editor; false: it could not be stored. */
  readonly before: () => Promise<boolean>
}

const Outcomes = ({ outcome }: { readonly outcome: Outcome }) => {
  const { t } = useTexts()
  return (
    <Alert color="green" variant="light" role="status" title={t('content.test-done')}>
      <List size="sm" listStyleType="none" spacing={4}>
        {outcome.map(({ id, to, status }) => (
          <List.Item key={id}>
            {to} <StatusBadge state={status} size="sm" />
          </List.Item>
        ))}
      </List>
    </Alert>
  )
}

const TestForm = ({ onClose, campaign, contact: shown, before }: Props) => {
  const { t } = useTexts()
  // A contact's own message could carry the address that is masked here.
  const contact = useSeesPersonalData() ? shown : null
  const { user } = useSession()
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const form = useForm({
    initialValues: { to: [user.email], mark_as_test: false },
    validate: { to: (to) => (to.length === 0 ? t('content.test-to-needed') : null) },
  })
  const { busy, error, submit } = useSubmit(
    form,
    async (values) => {
      setOutcome(null)
      if (!(await before())) throw new Error(t('content.test-unsaved'))
      const reply = await call(testCampaign, {
        params: { id: campaign.id },
        body: { ...values, contact_id: contact?.id ?? null },
      })
      setOutcome(reply.data)
    },
    { codes: { email_invalid: 'to' } },
  )
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Text size="sm">
          {contact === null
            ? t('content.test-text-nobody')
            : t('content.test-text', { name: contact.name === '' ? (contact.email ?? '–') : contact.name })}
        </Text>
        <FormProblems form={form} error={error} labels={{ to: t('content.test-to') }} />
        <TagsInput
          label={t('content.test-to')}
          description={t('content.test-to-hint', { count: addressesMax })}
          maxTags={addressesMax}
          splitChars={[',', ';', ' ']}
          acceptValueOnBlur
          data-autofocus
          {...form.getInputProps('to')}
        />
        <Checkbox
          label={t('content.mark-as-test')}
          {...form.getInputProps('mark_as_test', { type: 'checkbox' })}
        />
        {outcome === null ? null : <Outcomes outcome={outcome} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('ui.close')}
          </Button>
          <Button type="submit" loading={busy}>
            {t('content.test-go')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** Real messages to a few addresses of one's own; they count nowhere. */
export const TestSendDialog = (props: Props) => {
  const { t } = useTexts()
  return (
    <Modal opened={props.opened} onClose={props.onClose} title={t('content.test')}>
      <TestForm {...props} />
    </Modal>
  )
}
