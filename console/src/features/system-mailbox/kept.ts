import { useQuery } from '@tanstack/react-query'
import { type KeptMessage, listKeptMessages } from '../../../../src/system-stream/mailbox/contract.ts'
import { isDevelopmentHere } from '../../lib/development.ts'
import { read } from '../../lib/queries.ts'

export type Channel = KeptMessage['channel']

const shownMax = 50
/** A code is waited for: it must be there before the hand reaches for the mouse. */
const everyMs = 2_000

/** What the system wrote to nobody, newest first, read again and again while the page is open. */
export const useKept = (channel: Channel) =>
  useQuery({
    ...read(listKeptMessages, { query: { channel, limit: shownMax }, background: true }),
    enabled: isDevelopmentHere(),
    refetchInterval: everyMs,
    retry: false,
  })
export type Kept = ReturnType<typeof useKept>

/** The same page under the name this browser uses: cookies of `localhost` are none of `127.0.0.1`. */
export const pathOf = (link: string): string => {
  const { pathname, search, hash } = new URL(link)
  return `${pathname}${search}${hash}`
}
