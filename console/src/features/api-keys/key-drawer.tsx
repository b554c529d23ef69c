import { Drawer, Radio, Select, SimpleGrid, Stack, TagsInput, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { ApiKey } from '../../../../src/security/api-keys/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { FormFoot } from '../../ui/form-foot.tsx'
import { FormProblems } from '../../ui/form-problems.tsx'
import { RadioChoice } from '../../ui/radio-choice.tsx'
import { useKeyForm } from './key-form.ts'
import { ScopePicker } from './scope-picker.tsx'
import type { ShownSecret } from './secret-dialog.tsx'

type Props = {
  readonly edited: ApiKey | 'new' | null
  readonly onClose: () => void
  readonly onSecret: (secret: ShownSecret) => void
}

const lives = ['30', '90', '365', '730'] as const

const NewParts = ({ form }: { readonly form: ReturnType<typeof useKeyForm>['form'] }) => {
  const { t } = useTexts()
  return (
    <>
      <Radio.Group label={t('api-keys.mode')} {...form.getInputProps('mode')}>
        <SimpleGrid cols={{ base: 1, xs: 2 }} mt={6}>
          {(['live', 'test'] as const).map((mode) => (
            <RadioChoice
              key={mode}
              value={mode}
              title={t(`api-keys.mode-${mode}`)}
              hint={t(`api-keys.mode-${mode}-text`)}
            />
          ))}
        </SimpleGrid>
      </Radio.Group>
      <ScopePicker
        chosen={form.values.scopes}
        onChange={(scopes) => form.setFieldValue('scopes', scopes)}
        error={form.errors['scopes']}
      />
      <Select
        label={t('api-keys.life')}
        description={t('api-keys.life-hint')}
        allowDeselect={false}
        data={lives.map((days) => ({ value: days, label: t(`api-keys.life-${days}`) }))}
        {...form.getInputProps('days')}
      />
    </>
  )
}

const Form = ({ edited, onClose, onSecret }: Props & { readonly edited: ApiKey | 'new' }) => {
  const { t } = useTexts()
  const onSaved = () => {
    notifications.show({ color: 'green', message: t('api-keys.saved') })
    onClose()
  }
  const { form, known, busy, error, submit } = useKeyForm(edited, { onSecret, onSaved })
  const labels = { name: t('api-keys.name'), cidrs: t('api-keys.networks'), scopes: t('api-keys.scopes') }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <FormProblems form={form} error={error} labels={labels} />
        <TextInput
          label={labels.name}
          description={t('api-keys.name-hint')}
          maxLength={60}
          required
          data-autofocus
          {...form.getInputProps('name')}
        />
        {known ? null : <NewParts form={form} />}
        <TagsInput
          label={`${labels.cidrs} (${t('ui.optional')})`}
          description={t('api-keys.networks-hint')}
          placeholder="203.0.113.0/24"
          maxTags={50}
          splitChars={[',', ' ']}
          {...form.getInputProps('cidrs')}
        />
        <FormFoot action={t(known ? 'ui.save' : 'api-keys.create')} busy={busy} onCancel={onClose} />
      </Stack>
    </form>
  )
}

export const KeyDrawer = (props: Props) => {
  const { t } = useTexts()
  const { edited, onClose } = props
  const title = edited === 'new' || edited === null ? t('api-keys.add') : edited.name
  return (
    <Drawer opened={edited !== null} onClose={onClose} title={title} position="right" size="lg">
      {edited === null ? null : <Form {...props} edited={edited} />}
    </Drawer>
  )
}
