import { Tooltip } from '@mantine/core'
import type { Contact } from '../../../../src/contacts/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'

/** Why this contact gets no campaign by e-mail, as far as the list knows; the contact's page asks the server. */
export const emailReason = (contact: Contact): string | null => {
  const { suppressed, suppression_reason, blocked_at, unsubscribed_at, consent } = contact.channels.email
  if (contact.email === null) return 'no_address'
  if (suppressed) return suppression_reason ?? 'blacklisted_address'
  if (contact.state !== 'active') return contact.state
  if (blocked_at !== null) return 'channel_blocked'
  if (unsubscribed_at !== null) return 'unsubscribed'
  return consent['marketing'] === 'withdrawn' ? 'no_consent' : null
}

export const EmailState = ({ contact }: { readonly contact: Contact }) => {
  const { t, find } = useTexts()
  const reason = emailReason(contact)
  if (reason === null) return <StatusBadge state="active" label={t('contacts.reachable')} />
  return (
    <Tooltip label={find('send-reasons', `${reason}.text`) ?? reason}>
      <span>
        <StatusBadge state="suppressed" label={find('send-reasons', reason) ?? reason} />
      </span>
    </Tooltip>
  )
}
