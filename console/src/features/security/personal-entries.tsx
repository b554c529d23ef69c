import { Button, Group, Stack, Text, TextInput, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { addIpEntry, deleteIpEntry, listIpEntries } from '../../../../src/security/network/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { read } from '../../lib/queries.ts'
import { useMay } from '../../lib/session.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { RowsSkeleton } from '../../ui/skeletons.tsx'
import { type EntryDraft, EntryFields, emptyDraft, toBody } from './ip/entry-fields.tsx'
import { useAfterChange } from './ip/use-ip.ts'
import { NetworkRows } from './network-rows.tsx'

const useActs = (userId: string, version: number | undefined) => {
  const after = useAfterChange()
  const [error, setError] = useState<unknown>(null)
  const run = async (act: () => Promise<unknown>): Promise<boolean> => {
    setError(null)
    try {
      await act()
      await after('networks.personal-saved')
      return true
    } catch (failure) {
      setError(failure)
      return false
    }
  }
  const add = (draft: EntryDraft) =>
    run(() =>
      call(addIpEntry, {
        body: { address: draft.address, ...toBody(draft), target: { type: 'user', user_id: userId } },
      }),
    )
  const remove = (id: string) =>
    run(() => call(deleteIpEntry, { params: { id }, query: {}, ifMatch: version ?? 0 }))
  return { add, remove, error }
}

/** Further places for one person, beside the account's list. */
export const PersonalEntries = ({ userId }: { readonly userId: string }) => {
  const { t } = useTexts()
  const editable = useMay()('account.security.manage')
  const query = { target: 'user' as const, user_id: userId, limit: 1000 }
  const { data, error, refetch } = useQuery(read(listIpEntries, { query }))
  const acts = useActs(userId, data?.version)
  const [draft, setDraft] = useState<EntryDraft>(emptyDraft)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (await acts.add(draft)) setDraft(emptyDraft)
  }
  return (
    <Stack gap="sm" component="section" aria-label={t('networks.personal-title')}>
      <Title order={2}>{t('networks.personal-title')}</Title>
      <Text size="sm" c="dimmed" maw="72ch">
        {t('networks.personal-text')}
      </Text>
      {error === null ? null : <ErrorState error={error} onRetry={() => void refetch()} />}
      {data === undefined ? (
        error === null ? (
          <RowsSkeleton rows={2} />
        ) : null
      ) : (
        <NetworkRows
          rows={data.data}
          onDelete={editable ? (id) => void acts.remove(id) : null}
          empty={t('networks.personal-empty')}
        />
      )}
      {editable ? (
        <Stack component="form" gap="xs" onSubmit={(event) => void submit(event)}>
          <Group align="flex-end" gap="sm">
            <TextInput
              flex={1}
              miw={200}
              label={t('networks.field')}
              value={draft.address}
              autoComplete="off"
              onChange={(event) => setDraft({ ...draft, address: event.currentTarget.value })}
            />
            <Button type="submit" disabled={draft.address.trim() === ''}>
              {t('networks.add')}
            </Button>
          </Group>
          <EntryFields draft={draft} onChange={setDraft} personal />
        </Stack>
      ) : null}
      {acts.error === null ? null : <ErrorState error={acts.error} />}
    </Stack>
  )
}
