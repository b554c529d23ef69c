import { Anchor, Button, Checkbox, Collapse, Group, Stack, Text, TextInput } from '@mantine/core'
import { type FormEvent, useRef, useState } from 'react'
import { addIpEntry, type IpPolicy } from '../../../../../src/security/network/contract.ts'
import { useTexts } from '../../../i18n/texts.tsx'
import { callWithEtag } from '../../../lib/call.ts'
import { isProblem } from '../../../lib/problem.ts'
import { ErrorState, problemDetail, problemTitle } from '../../../ui/error-state.tsx'
import { type EntryDraft, EntryFields, emptyDraft, toBody } from './entry-fields.tsx'
import { useAfterChange } from './use-ip.ts'

type Props = { readonly policy: IpPolicy }

/** Refusals about the typed text stand under the field; all others beneath the form. */
const ofField = [
  'bad_address',
  'host_bits_set',
  'mask_not_contiguous',
  'range_invalid',
  'mapped_prefix',
  'embedded_ipv4',
  'reserved_address',
  'private_address',
  'too_wide',
  'duplicate',
]
export const isOfField = (error: unknown): boolean => isProblem(error) && ofField.includes(error.code)

const useAdding = (draft: EntryDraft, advance: boolean) => {
  const after = useAfterChange()
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const add = async (address: string): Promise<boolean> => {
    setBusy(true)
    setError(null)
    try {
      const { status } = await callWithEtag(addIpEntry, {
        body: { address, ...toBody(draft), activate: !advance },
      })
      await after(status === 200 ? 'networks.covered' : 'networks.added', { address })
      return true
    } catch (failure) {
      setError(failure)
      return false
    } finally {
      setBusy(false)
    }
  }
  return { add, busy, error }
}

type FieldProps = {
  readonly address: string
  readonly error: unknown
  readonly onChange: (address: string) => void
}

const Suggestion = ({ error, onChange }: Pick<FieldProps, 'error' | 'onChange'>) => {
  const { t } = useTexts()
  const suggestion = isProblem(error) ? error.word('suggestion') : null
  if (suggestion === null) return null
  return (
    <Anchor component="button" type="button" size="sm" onClick={() => onChange(suggestion)}>
      {t('networks.use-suggestion', { suggestion })}
    </Anchor>
  )
}

const Refusal = ({ error }: { readonly error: unknown }) => {
  const texts = useTexts()
  if (error === null) return null
  if (!isOfField(error)) return <ErrorState error={error} />
  return (
    <Text size="sm" c="red" role="alert" id="ip-address-error">
      {problemTitle(error, texts)}
      {problemDetail(error) === null ? '' : `. ${problemDetail(error)}`}
    </Text>
  )
}

/** Enter adds; what is wrong is said under the field, with a one-click suggestion where there is one. */
export const AddEntry = ({ policy }: Props) => {
  const { t } = useTexts()
  const field = useRef<HTMLInputElement>(null)
  const [draft, setDraft] = useState<EntryDraft>(emptyDraft)
  const [more, setMore] = useState(false)
  const [advance, setAdvance] = useState(false)
  const { add, busy, error } = useAdding(draft, advance)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (await add(draft.address)) setDraft(emptyDraft)
    field.current?.focus()
  }
  const own = policy.current_address
  return (
    <Stack component="form" gap="xs" onSubmit={(event) => void submit(event)}>
      <Group align="flex-end" gap="sm">
        <TextInput
          ref={field}
          flex={1}
          miw={200}
          label={t('networks.field')}
          description={t('networks.examples')}
          inputWrapperOrder={['label', 'input', 'description']}
          value={draft.address}
          error={isOfField(error)}
          aria-describedby={isOfField(error) ? 'ip-address-error' : undefined}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setDraft({ ...draft, address: event.currentTarget.value })}
        />
        <Button type="submit" loading={busy} mb={26}>
          {t('networks.add')}
        </Button>
      </Group>
      <Refusal error={error} />
      <Suggestion error={error} onChange={(address) => setDraft({ ...draft, address })} />
      <Text size="sm" c="dimmed">
        {t('networks.add-warning')}
      </Text>
      <Group gap="md">
        {own === null ? null : (
          <Button variant="default" size="xs" disabled={busy} onClick={() => void add(own)}>
            {t('networks.add-own', { address: own })}
          </Button>
        )}
        <Button variant="subtle" size="xs" aria-expanded={more} onClick={() => setMore(!more)}>
          {t(more ? 'networks.less' : 'networks.more')}
        </Button>
        {policy.state === 'off' ? (
          <Checkbox
            size="sm"
            label={t('networks.in-advance')}
            checked={advance}
            onChange={(event) => setAdvance(event.currentTarget.checked)}
          />
        ) : null}
      </Group>
      <Collapse expanded={more}>
        <EntryFields draft={draft} onChange={setDraft} />
      </Collapse>
    </Stack>
  )
}
