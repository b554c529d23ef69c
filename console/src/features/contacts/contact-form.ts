import { useForm } from '@mantine/form'
import { useQueryClient } from '@tanstack/react-query'
import { listContactChanges } from '../../../../src/contacts/changes/contract.ts'
import { listConsents } from '../../../../src/contacts/consents/contract.ts'
import {
  type Contact,
  changeContact,
  countContacts,
  createContact,
  getContact,
  getSendability,
  listContacts,
} from '../../../../src/contacts/contract.ts'
import { getGroup, listGroups, listMembers } from '../../../../src/contacts/groups/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { readDraft, useDraft } from '../../lib/draft.ts'
import { refresh } from '../../lib/queries.ts'
import { useSubmit } from '../../ui/submit.ts'
import { useFields } from '../fields/index.ts'
import { type ContactValues, toContactChange, toContactValues, toNewContact } from './contact-values.ts'

const read = [
  getContact,
  getSendability,
  listContacts,
  countContacts,
  listConsents,
  listContactChanges,
  listGroups,
  getGroup,
  listMembers,
]

/** After any change of a contact everything that shows it is read again. */
export const useContactRefresh = () => {
  const client = useQueryClient()
  return () => refresh(client, ...read)
}

const codes = { email_invalid: 'email', phone_invalid: 'phone', key_required: 'email' }

/** Adds a contact, or changes the one given; the entries outlive a reload. */
export const useContactForm = (
  contact: Contact | null,
  onSaved: (contact: Contact, onto: 'new' | 'existing') => void,
) => {
  const { t } = useTexts()
  const fields = useFields()
  const readAgain = useContactRefresh()
  const name = `contact:${contact?.id ?? 'new'}`
  const draft = useDraft<ContactValues>(name)
  const form = useForm<ContactValues>({
    initialValues: readDraft<ContactValues>(name) ?? toContactValues(contact),
    onValuesChange: draft.keep,
    validate: {
      consent_text: (text, { consent_basis }) =>
        consent_basis === 'consent' && text.trim() === '' ? t('contacts.consent-text-needed') : null,
    },
  })
  const save = async (values: ContactValues, onConflict?: 'update') => {
    const saved =
      contact === null
        ? await call(createContact, {
            body: {
              ...toNewContact(values, fields),
              ...(onConflict === undefined ? {} : { on_conflict: onConflict }),
            },
          })
        : await call(changeContact, {
            params: { id: contact.id },
            body: toContactChange(contact, values, fields),
            ifMatch: contact.version,
          })
    draft.drop()
    await readAgain()
    onSaved(saved, contact === null && onConflict === undefined ? 'new' : 'existing')
  }
  const submitting = useSubmit(form, save, { codes })
  return {
    form,
    fields,
    dropDraft: draft.drop,
    updateExisting: () => save(form.getValues(), 'update'),
    ...submitting,
  }
}
export type ContactForm = ReturnType<typeof useContactForm>['form']
