import { useForm } from '@mantine/form'
import { useQueryClient } from '@tanstack/react-query'
import {
  changeGroup,
  createGroup,
  type Group,
  getGroup,
  type groupColours,
  listGroups,
} from '../../../../src/contacts/groups/contract.ts'
import { call } from '../../lib/call.ts'
import { readDraft, useDraft } from '../../lib/draft.ts'
import { refresh } from '../../lib/queries.ts'
import { useSubmit } from '../../ui/submit.ts'

const toValues = (group: Group | null) => ({
  name: group?.name ?? '',
  description: group?.description ?? '',
  external_id: group?.external_id ?? '',
  colour: group?.colour ?? '',
})
export type GroupValues = ReturnType<typeof toValues>

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim())

const toBody = (values: GroupValues) => ({
  name: values.name.trim(),
  description: orNull(values.description),
  external_id: orNull(values.external_id),
  colour: values.colour === '' ? null : (values.colour as (typeof groupColours)[number]),
})

/** Creates a group, or changes the one given. */
export const useGroupForm = (group: Group | null, onSaved: (group: Group) => void) => {
  const client = useQueryClient()
  const draft = useDraft<GroupValues>('group')
  const isNew = group === null
  const form = useForm<GroupValues>({
    initialValues: (isNew ? readDraft<GroupValues>('group') : null) ?? toValues(group),
    onValuesChange: (values) => isNew && draft.keep(values),
  })
  const submitting = useSubmit(
    form,
    async (values) => {
      const saved = isNew
        ? await call(createGroup, { body: toBody(values) })
        : await call(changeGroup, { params: { id: group.id }, body: toBody(values), ifMatch: group.version })
      draft.drop()
      await refresh(client, listGroups, getGroup)
      onSaved(saved)
    },
    { codes: { name_taken: 'name', duplicate_external_id: 'external_id' } },
  )
  return { form, dropDraft: draft.drop, ...submitting }
}
