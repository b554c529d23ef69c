import { Button, Popover, Select, SimpleGrid, Stack, TextInput } from '@mantine/core'
import { IconFilter } from '@tabler/icons-react'
import { useTexts } from '../../i18n/texts.tsx'
import { useMay } from '../../lib/session.ts'
import { OneGroupPicker } from '../groups/index.ts'
import { shownChannels } from './channel-words.ts'
import { contactStates, type FilterName, type FilterValues } from './contact-filters.ts'

type Props = {
  readonly values: FilterValues
  readonly onChange: (change: Partial<Record<FilterName, string | undefined>>) => void
}

const Choices = ({ values, onChange }: Props) => {
  const { t } = useTexts()
  const may = useMay()
  const day = (name: 'created_from' | 'created_to') => (
    <TextInput
      type="date"
      label={t(`contacts.filter-${name}`)}
      value={values[name] ?? ''}
      onChange={(event) => onChange({ [name]: event.currentTarget.value || undefined })}
    />
  )
  return (
    <Stack gap="sm">
      {may('contacts.groups.view') ? (
        <OneGroupPicker
          label={t('contacts.filter-group')}
          value={values.group ?? null}
          onChange={(group) => onChange({ group: group ?? undefined })}
        />
      ) : null}
      <Select
        label={t('contacts.filter-state')}
        clearable
        data={contactStates.map((state) => ({ value: state, label: t(`contacts.state-${state}`) }))}
        value={values.state ?? null}
        onChange={(state) => onChange({ state: state ?? undefined })}
      />
      <Select
        label={t('contacts.filter-unsubscribed')}
        clearable
        data={shownChannels.map((channel) => ({ value: channel, label: t(`contacts.channel-${channel}`) }))}
        value={values.unsubscribed ?? null}
        onChange={(unsubscribed) => onChange({ unsubscribed: unsubscribed ?? undefined })}
      />
      <SimpleGrid cols={2} spacing="sm">
        {day('created_from')}
        {day('created_to')}
      </SimpleGrid>
    </Stack>
  )
}

/** Everything the list can be narrowed by; each choice takes effect at once. */
export const ContactFilterMenu = (props: Props) => {
  const { t } = useTexts()
  return (
    <Popover
      position="bottom-start"
      shadow="md"
      width={320}
      trapFocus
      // The lists of the pickers open outside; a click in them must not close this.
      closeOnClickOutside
      clickOutsideEvents={['mousedown', 'touchstart']}
    >
      <Popover.Target>
        <Button variant="default" leftSection={<IconFilter size={16} />}>
          {t('contacts.filters')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Choices {...props} />
      </Popover.Dropdown>
    </Popover>
  )
}
