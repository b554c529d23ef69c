import { useLocation, useNavigate } from '@tanstack/react-router'
import type { SimulatorMessageHead } from '../../../../src/simulator/contract.ts'
import { useFilters } from '../../lib/route.ts'

export type Mailbox = SimulatorMessageHead['mailbox']
/** Beside them, in development, what the system itself wrote. */
export type Shown = Mailbox | 'system'

export const mailboxPath = '/simulator/mailbox'
export const messagePath = (id: string): string => `${mailboxPath}?message=${id}`

/**
 * Where in the mailbox somebody is: filters and the open mail stand in the address. Opening a mail is a step of the
 * history, so that the back button of a phone leads to the list.
 */
export const usePlace = () => {
  const [filters, setFilters] = useFilters('q', 'to', 'campaign')
  const search = useLocation().search as Readonly<Record<string, string | undefined>>
  const navigate = useNavigate()
  const go = (change: Readonly<Record<string, string | undefined>>, replace: boolean) =>
    void navigate({
      to: mailboxPath,
      search: { ...search, ...change } as never,
      replace,
      resetScroll: false,
    })
  return {
    filters,
    setFilters,
    search,
    mailbox: search['mailbox'],
    openId: search['message'],
    open: (id: string) => go({ message: id }, search['message'] !== undefined),
    close: () => go({ message: undefined }, true),
    turnTo: (mailbox: Shown) =>
      go({ mailbox, q: undefined, to: undefined, campaign: undefined, message: undefined }, true),
  }
}
export type Place = ReturnType<typeof usePlace>
