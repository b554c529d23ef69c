import { Drawer, Stack, Textarea, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { Group } from '../../../../src/contacts/groups/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { FormFoot } from '../../ui/form-foot.tsx'
import { FormProblems } from '../../ui/form-problems.tsx'
import { ColourChoice } from './colour-choice.tsx'
import { useGroupForm } from './group-form.ts'

type Props = {
  readonly opened: boolean
  readonly onClose: () => void
  readonly group?: Group
  readonly onSaved?: (group: Group) => void
}

const Form = ({ onClose, group, onSaved }: Props) => {
  const { t } = useTexts()
  const { form, dropDraft, busy, error, submit } = useGroupForm(group ?? null, (saved) => {
    notifications.show({ color: 'green', message: t('groups.saved', { name: saved.name }) })
    onSaved?.(saved)
    onClose()
  })
  const labels = {
    name: t('groups.name'),
    description: t('groups.description'),
    external_id: t('groups.external-id'),
    colour: t('groups.colour'),
  }
  const leave = () => {
    dropDraft()
    onClose()
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <FormProblems form={form} error={error} labels={labels} />
        <TextInput
          label={labels.name}
          required
          maxLength={150}
          data-autofocus
          {...form.getInputProps('name')}
        />
        <Textarea
          label={labels.description}
          autosize
          minRows={2}
          maxLength={500}
          {...form.getInputProps('description')}
        />
        <ColourChoice
          value={form.getValues().colour}
          onChange={(colour) => form.setFieldValue('colour', colour)}
        />
        <TextInput
          label={labels.external_id}
          description={t('groups.external-id-hint')}
          maxLength={150}
          {...form.getInputProps('external_id')}
        />
        <FormFoot
          action={t(group === undefined ? 'groups.create' : 'ui.save')}
          busy={busy}
          onCancel={leave}
        />
      </Stack>
    </form>
  )
}

export const GroupDrawer = (props: Props) => {
  const { t } = useTexts()
  return (
    <Drawer
      opened={props.opened}
      onClose={props.onClose}
      position="right"
      size={440}
      title={t(props.group === undefined ? 'groups.new' : 'groups.edit')}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
    >
      <Form {...props} />
    </Drawer>
  )
}
