import { ActionIcon, Button, Divider, Popover, Select, Stack, TextInput, Tooltip } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconBraces } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { listFields } from '../../../../../../src/contacts/fields/contract.ts'
import { useTexts } from '../../../../i18n/texts.tsx'
import { read } from '../../../../lib/queries.ts'
import { useMay } from '../../../../lib/session.ts'
import { toVariable } from './variable.ts'

const standard = ['first_name', 'last_name', 'email', 'company', 'phone', 'language', 'country'] as const
const links = ['unsubscribe', 'web_version'] as const
type LinkName = (typeof links)[number]

const useFieldChoice = () => {
  const { t, language } = useTexts()
  const may = useMay()('contacts.fields.view')
  const { data } = useQuery({ ...read(listFields, { query: { limit: 1000 } }), enabled: may })
  const own = data?.data.filter((field) => field.archived_at === null) ?? []
  const label = (field: (typeof own)[number]) => field.label[language] ?? field.label.en ?? field.name
  return [
    {
      group: t('content.fields-standard'),
      items: standard.map((name) => ({ value: name, label: t(`content.field-${name}`) })),
    },
    ...(own.length === 0
      ? []
      : [
          {
            group: t('content.fields-own'),
            items: own.map((field) => ({ value: field.name, label: label(field) })),
          },
        ]),
  ]
}

type Props = {
  readonly onInsert: (text: string) => void
  /** How a link looks where it is put; without it only fields are offered. */
  readonly linkText?: (name: LinkName, words: string) => string
  readonly compact?: boolean
}

const InsertForm = ({ onInsert, linkText }: Props) => {
  const { t } = useTexts()
  const choice = useFieldChoice()
  const [field, setField] = useState('first_name')
  const [instead, setInstead] = useState(t('starter.friend'))
  return (
    <Stack gap="sm">
      <Select
        label={t('content.field')}
        data={choice}
        value={field}
        onChange={(next) => setField(next ?? field)}
        searchable
        allowDeselect={false}
        comboboxProps={{ withinPortal: false }}
      />
      <TextInput
        label={t('content.instead')}
        description={t('content.instead-hint')}
        value={instead}
        maxLength={100}
        onChange={(event) => setInstead(event.currentTarget.value)}
      />
      <Button size="xs" onClick={() => onInsert(toVariable(field, instead))} data-autofocus>
        {t('content.insert-field')}
      </Button>
      {linkText === undefined ? null : (
        <>
          <Divider />
          {links.map((name) => (
            <Button
              key={name}
              size="xs"
              variant="default"
              onClick={() => onInsert(linkText(name, t(`content.link-${name}`)))}
            >
              {t(`content.insert-${name}`)}
            </Button>
          ))}
        </>
      )}
    </Stack>
  )
}

/** Personal fields with a word for those without a value, and the links every message needs. */
export const InsertMenu = ({ onInsert, compact = false, ...props }: Props) => {
  const { t } = useTexts()
  const [opened, { toggle, close }] = useDisclosure(false)
  const insert = (text: string) => {
    close()
    onInsert(text)
  }
  return (
    <Popover
      opened={opened}
      onChange={(next) => next || close()}
      position={compact ? 'bottom-end' : 'bottom-start'}
      shadow="md"
      width={280}
      trapFocus
      returnFocus
    >
      <Popover.Target>
        {compact ? (
          <Tooltip label={t('content.insert')}>
            <ActionIcon variant="subtle" color="gray" onClick={toggle} aria-label={t('content.insert')}>
              <IconBraces size={18} />
            </ActionIcon>
          </Tooltip>
        ) : (
          <Button variant="default" size="xs" leftSection={<IconBraces size={16} />} onClick={toggle}>
            {t('content.insert')}
          </Button>
        )}
      </Popover.Target>
      <Popover.Dropdown>
        <InsertForm onInsert={insert} {...props} />
      </Popover.Dropdown>
    </Popover>
  )
}
