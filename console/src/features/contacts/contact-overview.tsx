import { Anchor, Badge, Group as Row, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { Contact } from '../../../../src/contacts/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { countries } from '../../lib/regions.ts'
import { Time } from '../../ui/figures.tsx'
import { FieldText, fieldLabel, useFields } from '../fields/index.ts'
import { ChannelCard } from './channel-card.tsx'
import classes from './contact-page.module.css'
import { FactCard, Facts } from './fact.tsx'
import { languageChoices } from './language-choices.ts'

type Props = { readonly contact: Contact }

const nameIn = (choices: readonly { value: string; label: string }[], value: string | null) =>
  choices.find((choice) => choice.value === value)?.label ?? value

const Person = ({ contact }: Props) => {
  const { t, language } = useTexts()
  const words = {
    first_name: contact.first_name,
    last_name: contact.last_name,
    company: contact.company,
    language: nameIn(languageChoices(language, contact.language ?? ''), contact.language),
    country: nameIn(countries(language), contact.country),
    time_zone: contact.time_zone?.replaceAll('_', ' ') ?? null,
  } as const
  return (
    <FactCard title={t('contacts.person')}>
      <Facts
        facts={(Object.keys(words) as (keyof typeof words)[]).map((name) => ({
          id: name,
          label: t(`contacts.field-${name}`),
          value: words[name],
        }))}
      />
    </FactCard>
  )
}

const OwnFields = ({ contact }: Props) => {
  const { t, language } = useTexts()
  const fields = useFields()
  if (fields.length === 0) return null
  return (
    <FactCard title={t('contacts.additional-fields')}>
      <Facts
        facts={fields.map((field) => {
          const value = contact.fields[field.name] ?? null
          return {
            id: field.name,
            label: fieldLabel(field, language),
            value: value === null ? null : <FieldText type={field.type} value={value} />,
          }
        })}
      />
    </FactCard>
  )
}

const Groups = ({ contact }: Props) => {
  const { t } = useTexts()
  return (
    <FactCard title={t('contacts.groups')}>
      {contact.groups.length === 0 ? (
        <Text size="sm" c="dimmed" mt="sm">
          {t('contacts.no-groups')}
        </Text>
      ) : (
        <Row gap={6} mt="sm">
          {contact.groups.map((group) => (
            <Anchor key={group.id} component={Link} to={`/contacts/groups/${group.id}`}>
              <Badge
                variant="light"
                color={group.state === 'member' ? 'indigo' : 'gray'}
                radius="sm"
                size="lg"
                tt="none"
                fw={550}
              >
                {group.state === 'member'
                  ? group.name
                  : `${group.name} · ${t(`groups.member-${group.state}`)}`}
              </Badge>
            </Anchor>
          ))}
        </Row>
      )}
    </FactCard>
  )
}

const Origin = ({ contact }: Props) => {
  const { t } = useTexts()
  return (
    <FactCard title={t('contacts.origin')}>
      <Facts
        facts={[
          { id: 'source', label: t('contacts.source'), value: t(`contacts.source-${contact.source}`) },
          { id: 'created', label: t('contacts.created'), value: <Time at={contact.created_at} /> },
          { id: 'updated', label: t('contacts.updated'), value: <Time at={contact.updated_at} /> },
          {
            id: 'activity',
            label: t('contacts.last-activity'),
            value: <Time at={contact.last_activity_at} />,
          },
        ]}
      />
    </FactCard>
  )
}

/** What is known of this person, and whether he may be written to. */
export const ContactOverview = ({ contact }: Props) => (
  <div className={classes.columns}>
    <div className={classes.stack}>
      <Person contact={contact} />
      <OwnFields contact={contact} />
    </div>
    <div className={classes.stack}>
      <ChannelCard contact={contact} channel="email" />
      {contact.phone === null ? null : <ChannelCard contact={contact} channel="sms" />}
      <Groups contact={contact} />
      <Origin contact={contact} />
    </div>
  </div>
)
