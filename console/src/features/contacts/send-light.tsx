import { Tooltip } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type Contact, getSendability } from '../../../../src/contacts/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { read } from '../../lib/queries.ts'
import { StatusBadge } from '../../ui/status-badge.tsx'

/** Beside the name: do campaigns by e-mail reach this person, and if not, why. */
export const SendLight = ({ contact }: { readonly contact: Contact }) => {
  const { t, find } = useTexts()
  const { data } = useQuery({
    ...read(getSendability, {
      params: { id: contact.id },
      query: { channel: 'email', purpose: 'marketing' },
    }),
    staleTime: 0,
  })
  if (data === undefined) return null
  if (data.reason === null) return <StatusBadge state="active" label={t('contacts.light-yes')} />
  const reason = find('send-reasons', data.reason) ?? data.reason
  return (
    <Tooltip label={find('send-reasons', `${data.reason}.text`) ?? reason}>
      <span>
        <StatusBadge state="suppressed" label={t('contacts.light-no', { reason })} />
      </span>
    </Tooltip>
  )
}
