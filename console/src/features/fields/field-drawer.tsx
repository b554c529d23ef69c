import { Drawer, Stack } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { Field } from '../../../../src/contacts/fields/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { FormFoot } from '../../ui/form-foot.tsx'
import { FormProblems } from '../../ui/form-problems.tsx'
import { LeaveGuard } from '../../ui/leave-guard.tsx'
import { useFieldForm } from './field-form.ts'
import { FieldFormInputs } from './field-form-inputs.tsx'
import { FieldUsage } from './field-usage.tsx'

type Props = {
  readonly opened: boolean
  readonly onClose: () => void
  /** The field to change; left out, a new one is made. */
  readonly field?: Field | null
  /** What is known of a new field, such as the heading of a file's column. */
  readonly start?: { readonly type?: Field['type']; readonly label?: string }
  readonly onSaved?: (field: Field) => void
}

const Form = ({ onClose, field = null, start = {}, onSaved }: Props) => {
  const { t } = useTexts()
  const { form, busy, error, submit } = useFieldForm(field, start, (saved) => {
    notifications.show({ color: 'green', message: t('fields.saved') })
    onSaved?.(saved)
    onClose()
  })
  const labels = {
    name: t('fields.name'),
    type: t('fields.type'),
    'label.en': t('fields.label'),
    'label.pl': t('fields.label'),
    'label.de': t('fields.label'),
    description: t('fields.description'),
    default: t('fields.default'),
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <FormProblems form={form} error={error} labels={labels} />
        <FieldFormInputs form={form} isNew={field === null} />
        {field === null ? null : <FieldUsage name={field.name} />}
        <FormFoot action={t(field === null ? 'fields.create' : 'ui.save')} busy={busy} onCancel={onClose} />
      </Stack>
      <LeaveGuard when={form.isDirty() && !busy} />
    </form>
  )
}

export const FieldDrawer = (props: Props) => {
  const { t } = useTexts()
  return (
    <Drawer
      opened={props.opened}
      onClose={props.onClose}
      position="right"
      size={480}
      title={t(props.field == null ? 'fields.new' : 'fields.edit')}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
    >
      <Form {...props} />
    </Drawer>
  )
}
