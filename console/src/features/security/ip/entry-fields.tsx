import { Checkbox, Group, SimpleGrid, TextInput } from '@mantine/core'
import type { BodyOf } from '../../../../../src/http/contract.ts'
import type { addIpEntry, IpEntry } from '../../../../../src/security/network/contract.ts'
import { useTexts } from '../../../i18n/texts.tsx'

type Scope = IpEntry['scopes'][number]
export const scopes: readonly Scope[] = ['panel', 'api', 'smtp']

export type EntryDraft = {
  readonly address: string
  readonly label: string
  readonly scopes: readonly string[]
  /** As `<input type="datetime-local">` writes it. */
  readonly until: string
}
export const emptyDraft: EntryDraft = { address: '', label: '', scopes: ['panel'], until: '' }

const twoDigits = (part: number): string => String(part).padStart(2, '0')

/** The moment in the notation of the field, in the zone of the browser. */
export const toLocal = (at: string | null): string => {
  if (at === null) return ''
  const date = new Date(at)
  const day = [date.getFullYear(), twoDigits(date.getMonth() + 1), twoDigits(date.getDate())].join('-')
  return `${day}T${twoDigits(date.getHours())}:${twoDigits(date.getMinutes())}`
}

const toMoment = (local: string): string | null => {
  const at = new Date(local)
  return local === '' || Number.isNaN(at.getTime()) ? null : at.toISOString()
}

export const toBody = (draft: EntryDraft): Omit<BodyOf<typeof addIpEntry>, 'address'> => {
  const expires_at = toMoment(draft.until)
  return {
    scopes: scopes.filter((scope) => draft.scopes.includes(scope)),
    ...(draft.label.trim() === '' ? {} : { label: draft.label }),
    ...(expires_at === null ? {} : { expires_at }),
  }
}

export const toChange = (draft: EntryDraft) => ({
  scopes: scopes.filter((scope) => draft.scopes.includes(scope)),
  label: draft.label.trim() === '' ? null : draft.label,
  expires_at: toMoment(draft.until),
})

type Props = {
  readonly draft: EntryDraft
  readonly onChange: (draft: EntryDraft) => void
  readonly personal?: boolean
}

export const EntryFields = ({ draft, onChange, personal = false }: Props) => {
  const { t } = useTexts()
  return (
    <SimpleGrid cols={{ base: 1, sm: personal ? 2 : 3 }} pt="xs">
      <TextInput
        label={t('networks.label')}
        description={t('networks.label-hint')}
        maxLength={120}
        value={draft.label}
        onChange={(event) => onChange({ ...draft, label: event.currentTarget.value })}
      />
      {personal ? null : (
        <Checkbox.Group
          label={t('networks.scopes')}
          description={t('networks.scopes-hint')}
          value={[...draft.scopes]}
          onChange={(chosen) => onChange({ ...draft, scopes: chosen })}
        >
          <Group gap="md" pt={6}>
            {scopes.map((scope) => (
              <Checkbox key={scope} value={scope} label={t(`networks.scope-${scope}`)} />
            ))}
          </Group>
        </Checkbox.Group>
      )}
      <TextInput
        type="datetime-local"
        label={t('networks.until')}
        description={t('networks.until-hint')}
        value={draft.until}
        onChange={(event) => onChange({ ...draft, until: event.currentTarget.value })}
      />
    </SimpleGrid>
  )
}
