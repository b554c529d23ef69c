import { Alert, List, Modal, Stack, Text, Textarea } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import {
  addMembers,
  type Group,
  getGroup,
  listGroups,
  listMembers,
  type MemberResults,
} from '../../../../src/contacts/groups/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { isProblem } from '../../lib/problem.ts'
import { refresh } from '../../lib/queries.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { FormFoot } from '../../ui/form-foot.tsx'
import { ContactSearch } from './contact-search.tsx'
import { readMemberLines, toMemberKey } from './member-keys.ts'

const membersMax = 1000

type Refusal = { readonly entry: string; readonly reason: string }

/** Refused entries in words; a batch of which nothing was taken comes as a problem with the same members. */
const useRefusals = () => {
  const { find } = useTexts()
  return (results: MemberResults, entries: readonly string[]): Refusal[] =>
    results.data.flatMap(({ index, error }) =>
      error === undefined
        ? []
        : [{ entry: entries[index] ?? '', reason: find('problems', error.code) ?? error.detail }],
    )
}

const resultsOf = (failure: unknown): MemberResults | null =>
  isProblem(failure) && Array.isArray(failure.members['data'])
    ? (failure.members as unknown as MemberResults)
    : null

const Refusals = ({ refusals }: { readonly refusals: readonly Refusal[] }) => {
  const { t } = useTexts()
  return (
    <Alert color="yellow" role="alert" title={t('groups.not-added', { count: refusals.length })}>
      <List size="sm">
        {refusals.map(({ entry, reason }) => (
          <List.Item key={entry}>
            {entry}: {reason}
          </List.Item>
        ))}
      </List>
    </Alert>
  )
}

type Props = { readonly group: Group; readonly opened: boolean; readonly onClose: () => void }

const useAddMembers = (group: Group, onSettled: (refused: readonly string[]) => void) => {
  const { t } = useTexts()
  const client = useQueryClient()
  const toRefusals = useRefusals()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const [refusals, setRefusals] = useState<readonly Refusal[]>([])
  const settle = (results: MemberResults, entries: readonly string[]) => {
    if (results.accepted > 0) {
      notifications.show({ color: 'green', message: t('groups.added', { count: results.accepted }) })
    }
    const refused = toRefusals(results, entries)
    setRefusals(refused)
    onSettled(refused.map(({ entry }) => entry))
  }
  const add = async (ids: readonly string[], lines: readonly string[]) => {
    const items = [...ids.map((contact_id) => ({ contact_id })), ...lines.map(toMemberKey)]
    const entries = [...ids, ...lines]
    setBusy(true)
    setError(null)
    try {
      settle(await call(addMembers, { params: { id: group.id }, body: { items } }), entries)
    } catch (failure) {
      const results = resultsOf(failure)
      if (results === null) setError(failure)
      else settle(results, entries)
    } finally {
      setBusy(false)
      void refresh(client, listMembers, getGroup, listGroups)
    }
  }
  return { add, busy, error, refusals }
}

const Form = ({ group, onClose }: Props) => {
  const { t } = useTexts()
  const [ids, setIds] = useState<string[]>([])
  const [text, setText] = useState('')
  const { add, busy, error, refusals } = useAddMembers(group, (refused) => {
    if (refused.length === 0) return onClose()
    // Who was added is done with; what was refused stays to be put right.
    setIds([])
    setText(refused.join('\n'))
  })
  const lines = readMemberLines(text)
  const count = ids.length + lines.length
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void add(ids, lines)
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        {error === null ? null : <ErrorState error={error} />}
        {refusals.length === 0 ? null : <Refusals refusals={refusals} />}
        <ContactSearch value={ids} onChange={setIds} />
        <Textarea
          label={t('groups.paste')}
          description={t('groups.paste-hint')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          autosize
          minRows={3}
          maxRows={10}
          error={count > membersMax ? t('groups.paste-too-many', { count: membersMax }) : null}
        />
        <Text size="sm" c="dimmed">
          {t('groups.add-text')}
        </Text>
        <FormFoot
          action={t('groups.add-count', { count })}
          busy={busy}
          onCancel={onClose}
          disabled={count === 0 || count > membersMax}
        />
      </Stack>
    </form>
  )
}

export const AddMembersDialog = (props: Props) => {
  const { t } = useTexts()
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      size={560}
      title={t('groups.add-title', { name: props.group.name })}
    >
      <Form {...props} />
    </Modal>
  )
}
