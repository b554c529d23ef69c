import { ActionIcon, Anchor, Badge, Group, Text, Title, Tooltip } from '@mantine/core'
import { IconFilter } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { SimulatorMessage } from '../../../../../src/simulator/contract.ts'
import { useFormats, useTexts } from '../../../i18n/texts.tsx'
import { Time } from '../../../ui/figures.tsx'
import { OriginBadge } from '../mailbox-list.tsx'
import type { Place } from '../place.ts'
import { isOurs } from './acts.ts'
import { MailActs } from './mail-acts.tsx'
import classes from './message.module.css'

const PersonName = ({ person }: { readonly person: SimulatorMessage['from'] }) => (
  <>
    {person.name === null ? null : <strong>{person.name} </strong>}
    <span className={classes.address}>{person.name === null ? person.email : `<${person.email}>`}</span>
  </>
)

const Fact = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </>
)

const Unsubscribe = ({ given }: { readonly given: NonNullable<SimulatorMessage['list_unsubscribe']> }) => {
  const { t } = useTexts()
  const addresses = [given.https, given.mailto].filter((address) => address !== null).join(' · ')
  return (
    <span className={classes.unsubscribe}>
      <span className={classes.cutAddress} title={addresses}>
        {addresses}
      </span>
      {given.one_click ? (
        <Badge variant="light" color="green" size="sm" radius="sm" tt="none" fw={550} flex="none">
          {t('simulator.unsubscribe-one-click')}
        </Badge>
      ) : null}
    </span>
  )
}

const proofColors = { pass: 'green', fail: 'red', permerror: 'red', none: 'gray' } as const

const Proofs = ({ given }: { readonly given: NonNullable<SimulatorMessage['authentication']> }) => {
  const { t } = useTexts()
  const proofs = [
    ...given.dkim.map(({ domain, selector, result }) => ({
      name: 'DKIM',
      result,
      detail: `${selector}._domainkey.${domain}`,
    })),
    { name: 'SPF', result: given.spf, detail: '' },
    { name: 'DMARC', result: given.dmarc, detail: '' },
  ]
  return (
    <Group gap={6}>
      {proofs.map(({ name, result, detail }) => (
        <Tooltip key={name + detail} label={detail} disabled={detail === ''}>
          <Badge variant="light" color={proofColors[result]} size="sm" radius="sm" tt="none" fw={550}>
            {name}: {t(`simulator.proof-${result}`)}
          </Badge>
        </Tooltip>
      ))}
    </Group>
  )
}

type Props = { readonly mail: SimulatorMessage; readonly place: Place }

export const MessageHead = ({ mail, place }: Props) => {
  const { t } = useTexts()
  const formats = useFormats()
  return (
    <header className={classes.head}>
      <Group gap="xs" align="center" className={classes.title ?? ''}>
        <Title order={2} className={classes.subject}>
          {mail.subject ?? t('simulator.no-subject')}
        </Title>
        <OriginBadge origin={mail.origin} />
      </Group>
      <dl className={classes.facts}>
        <Fact name={t('simulator.from')}>
          <PersonName person={mail.from} />
        </Fact>
        <Fact name={t('simulator.to')}>
          <PersonName person={mail.to} />
          <Tooltip label={t('simulator.only-recipient')}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="xs"
              ml={6}
              aria-label={t('simulator.only-recipient')}
              onClick={() => place.setFilters({ to: mail.to.email })}
            >
              <IconFilter size={13} />
            </ActionIcon>
          </Tooltip>
        </Fact>
        <Fact name={t('simulator.received')}>
          <Time at={mail.received_at} />
          <Text span c="dimmed" size="sm">
            {' '}
            · {formats.bytes(mail.size)}
          </Text>
        </Fact>
        {mail.envelope_from === null || mail.envelope_from === mail.from.email ? null : (
          <Fact name={t('simulator.return-path')}>
            <span className={classes.address}>{mail.envelope_from}</span>
          </Fact>
        )}
        {mail.authentication === null ? null : (
          <Fact name={t('simulator.authentication')}>
            <Proofs given={mail.authentication} />
          </Fact>
        )}
        {mail.campaign_id === null ? null : (
          <Fact name={t('simulator.campaign')}>
            <Anchor component={Link} to={`/email/campaigns/${mail.campaign_id}`} size="sm">
              {t('simulator.open-campaign')}
            </Anchor>
          </Fact>
        )}
        {mail.list_unsubscribe === null ? null : (
          <Fact name={t('simulator.unsubscribe')}>
            <Unsubscribe given={mail.list_unsubscribe} />
          </Fact>
        )}
      </dl>
      {isOurs(mail) ? <MailActs mail={mail} /> : null}
    </header>
  )
}
