import { Fieldset, Modal, Radio, Select, SimpleGrid, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { createAccount, listAccounts } from '../../../../src/operator/accounts/contract.ts'
import { languageNames, languages } from '../../i18n/catalogue.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { refresh } from '../../lib/queries.ts'
import { FormFoot } from '../../ui/form-foot.tsx'
import { FormProblems } from '../../ui/form-problems.tsx'
import { RadioChoice } from '../../ui/radio-choice.tsx'
import { useSubmit } from '../../ui/submit.ts'

const initialValues = {
  name: '',
  status: 'active' as 'active' | 'test',
  owner: { first_name: '', last_name: '', email: '', language: 'en' as (typeof languages)[number] },
}

const useOpening = (onClose: () => void) => {
  const { t, language } = useTexts()
  const client = useQueryClient()
  const router = useRouter()
  const form = useForm({ initialValues: { ...initialValues, owner: { ...initialValues.owner, language } } })
  const submitting = useSubmit(
    form,
    async (values) => {
      const made = await call(createAccount, { body: values })
      notifications.show({ color: 'green', message: t('instance.opened', { email: values.owner.email }) })
      await refresh(client, listAccounts)
      onClose()
      await router.navigate({ to: `/instance/accounts/${made.id}` as never })
    },
    { codes: { name_taken: 'name', email_taken: 'owner.email' } },
  )
  return { form, ...submitting }
}

const Form = ({ onClose }: { readonly onClose: () => void }) => {
  const { t } = useTexts()
  const { form, busy, error, submit } = useOpening(onClose)
  const labels = { name: t('instance.name'), 'owner.email': t('instance.owner-email') }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <FormProblems form={form} error={error} labels={labels} />
        <TextInput label={labels.name} maxLength={120} data-autofocus {...form.getInputProps('name')} />
        <Radio.Group label={t('instance.state')} {...form.getInputProps('status')}>
          <SimpleGrid cols={{ base: 1, xs: 2 }} mt={6}>
            {(['active', 'test'] as const).map((status) => (
              <RadioChoice
                key={status}
                value={status}
                title={t(`instance.state-${status}`)}
                hint={t(`instance.state-${status}-text`)}
              />
            ))}
          </SimpleGrid>
        </Radio.Group>
        <Fieldset legend={t('instance.owner')}>
          <Stack gap="sm">
            <SimpleGrid cols={{ base: 1, xs: 2 }}>
              <TextInput
                label={t('instance.first-name')}
                maxLength={60}
                {...form.getInputProps('owner.first_name')}
              />
              <TextInput
                label={t('instance.last-name')}
                maxLength={60}
                {...form.getInputProps('owner.last_name')}
              />
            </SimpleGrid>
            <TextInput
              type="email"
              label={labels['owner.email']}
              description={t('instance.owner-text')}
              maxLength={254}
              {...form.getInputProps('owner.email')}
            />
            <Select
              label={t('instance.language')}
              allowDeselect={false}
              data={languages.map((one) => ({ value: one, label: languageNames[one] }))}
              {...form.getInputProps('owner.language')}
            />
          </Stack>
        </Fieldset>
        <FormFoot action={t('instance.open')} busy={busy} onCancel={onClose} />
      </Stack>
    </form>
  )
}

export const CreateAccountDialog = (props: { readonly opened: boolean; readonly onClose: () => void }) => {
  const { t } = useTexts()
  return (
    <Modal {...props} title={t('instance.add')} size="lg">
      <Form onClose={props.onClose} />
    </Modal>
  )
}
