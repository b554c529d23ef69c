import { Group as Row, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type Contact, getSendability } from '../../../../src/contacts/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { useLive } from '../../lib/events.ts'
import { read } from '../../lib/queries.ts'
import { Time } from '../../ui/figures.tsx'
import { ChannelActs } from './channel-acts.tsx'
import classes from './contact-page.module.css'
import { FactCard, Facts } from './fact.tsx'

type Channel = 'email' | 'sms'
type Props = { readonly contact: Contact; readonly channel: Channel }
type VerdictProps = Props & { readonly purpose: 'marketing' | 'transactional' }

/** The server's own decision, in words: the same chain that runs before sending. */
const Verdict = ({ contact, channel, purpose }: VerdictProps) => {
  const { t, find } = useTexts()
  const { data, error } = useQuery({
    ...read(getSendability, { params: { id: contact.id }, query: { channel, purpose } }),
    staleTime: 0,
  })
  const reason = data?.reason ?? null
  const words = () => {
    if (error !== null) return t('contacts.verdict-unknown')
    if (data === undefined) return '…'
    if (reason === null) return t('contacts.verdict-yes')
    return find('send-reasons', `${reason}.text`) ?? reason
  }
  return (
    <div className={classes.verdict}>
      <span className={classes.light} data-eligible={data?.eligible} aria-hidden />
      <div>
        <Text size="sm" fw={550}>
          {t(`contacts.purpose-${purpose}`)}
        </Text>
        <Text size="sm" c="dimmed" role="status">
          {words()}
        </Text>
      </div>
    </div>
  )
}

const useChannelFacts = (contact: Contact, channel: Channel) => {
  const { t, find } = useTexts()
  const state = contact.channels[channel]
  const consent = state.consent['marketing'] ?? 'unknown'
  const basis = state.basis['marketing'] ?? 'unknown'
  const consentWords = t(`contacts.consent-${consent}`)
  const time = (id: string, at: string | null) =>
    at === null ? [] : [{ id, label: t(`contacts.${id}` as 'contacts.blocked-at'), value: <Time at={at} /> }]
  return [
    {
      id: 'consent',
      label: t('contacts.consent'),
      value: basis === 'unknown' ? consentWords : `${consentWords} · ${t(`contacts.basis-${basis}`)}`,
    },
    ...time('unsubscribed-at', state.unsubscribed_at),
    ...time('blocked-at', state.blocked_at),
    ...(state.suppressed
      ? [
          {
            id: 'suppressed',
            label: t('contacts.suppressed'),
            value:
              find('send-reasons', state.suppression_reason ?? '') ?? state.suppression_reason ?? t('ui.yes'),
          },
        ]
      : []),
  ]
}

/** May this person be written to in a channel, why not, and what can be done about it. */
export const ChannelCard = ({ contact, channel }: Props) => {
  const { t } = useTexts()
  useLive('contact', getSendability)
  return (
    <FactCard
      title={t(`contacts.channel-${channel}`)}
      action={
        <Row mt="md" gap="xs">
          <ChannelActs contact={contact} channel={channel} />
        </Row>
      }
    >
      <Stack gap="sm" mt="sm">
        <Verdict contact={contact} channel={channel} purpose="marketing" />
        <Verdict contact={contact} channel={channel} purpose="transactional" />
      </Stack>
      <Facts facts={useChannelFacts(contact, channel)} />
    </FactCard>
  )
}
