import { Drawer, Stack } from '@mantine/core'
import { useState } from 'react'
import type { Contact } from '../../../../src/contacts/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { isProblem } from '../../lib/problem.ts'
import { useMay } from '../../lib/session.ts'
import { FormFoot } from '../../ui/form-foot.tsx'
import { FormProblems } from '../../ui/form-problems.tsx'
import { fieldLabel } from '../fields/index.ts'
import { GroupPicker } from '../groups/index.ts'
import { ContactExists } from './contact-exists.tsx'
import { useContactForm } from './contact-form.ts'
import { KeyInputs, OwnFieldInputs, PersonInputs } from './contact-inputs.tsx'
import { standardFields } from './contact-values.ts'
import { PermissionInputs } from './permission-inputs.tsx'

type Props = {
  readonly opened: boolean
  readonly onClose: () => void
  /** The contact to change; left out, a new one is added. */
  readonly contact?: Contact
  readonly onSaved: (contact: Contact, onto: 'new' | 'existing') => void
}

const useLabels = (fields: ReturnType<typeof useContactForm>['fields']) => {
  const { t, language } = useTexts()
  return {
    ...Object.fromEntries(standardFields.map((name) => [name, t(`contacts.field-${name}`)])),
    ...Object.fromEntries(fields.map((field) => [`fields.${field.name}`, fieldLabel(field, language)])),
    consent_text: t('contacts.consent-text'),
    groups_add: t('contacts.groups'),
  }
}

type ProblemsProps = { readonly given: ReturnType<typeof useContactForm>; readonly isNew: boolean }

/** A key that is taken gets its own words and ways on; everything else the common summary. */
const Problems = ({ given, isNew }: ProblemsProps) => {
  const [failure, setFailure] = useState<{ after: unknown; error: unknown } | null>(null)
  const [busy, setBusy] = useState(false)
  const labels = useLabels(given.fields)
  const error = failure !== null && failure.after === given.error ? failure.error : given.error
  const update = async () => {
    setBusy(true)
    await given.updateExisting().catch((thrown: unknown) => {
      setFailure({ after: given.error, error: thrown })
    })
    setBusy(false)
  }
  if (isProblem(error, 'contact_exists')) {
    return <ContactExists problem={error} busy={busy} {...(isNew ? { onUpdate: () => void update() } : {})} />
  }
  return <FormProblems form={given.form} error={error} labels={labels} />
}

const Form = ({ onClose, contact, onSaved }: Props) => {
  const { t } = useTexts()
  const may = useMay()
  const given = useContactForm(contact ?? null, (saved, onto) => {
    onSaved(saved, onto)
    onClose()
  })
  const { form, fields, busy, submit, dropDraft } = given
  const leave = () => {
    dropDraft()
    onClose()
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg">
        <Problems given={given} isNew={contact === undefined} />
        <KeyInputs form={form} isNew={contact === undefined} />
        <PersonInputs form={form} />
        <OwnFieldInputs form={form} fields={fields} />
        {may('contacts.groups.view') ? (
          <GroupPicker
            label={t('contacts.groups')}
            value={form.getValues().groups}
            onChange={(groups) => form.setFieldValue('groups', groups)}
            error={form.errors['groups_add']}
          />
        ) : null}
        {contact === undefined ? <PermissionInputs form={form} /> : null}
        <FormFoot
          action={t(contact === undefined ? 'contacts.add' : 'ui.save')}
          busy={busy}
          onCancel={leave}
        />
      </Stack>
    </form>
  )
}

/** The form of a contact. Closing it keeps what was typed; only Cancel throws it away. */
export const ContactDrawer = (props: Props) => {
  const { t } = useTexts()
  return (
    <Drawer
      opened={props.opened}
      onClose={props.onClose}
      position="right"
      size={560}
      title={t(props.contact === undefined ? 'contacts.add' : 'contacts.edit')}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
    >
      <Form {...props} />
    </Drawer>
  )
}
