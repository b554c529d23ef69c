import { useQuery } from '@tanstack/react-query'
import type { CampaignRow } from '../../../../src/campaigns/contract.ts'
import { listContacts } from '../../../../src/contacts/contract.ts'
import { useLive } from '../../lib/events.ts'
import { read } from '../../lib/queries.ts'
import { useMay } from '../../lib/session.ts'

export type StepsDone = Readonly<Record<'import' | 'write' | 'send' | 'read', boolean>>

/** The sample campaign is nobody's own first step. */
const own = (campaigns: readonly CampaignRow[]) => campaigns.filter((campaign) => !campaign.demo)

/** The report is read last, once somebody's own campaign has reached its end. */
export const isUnderWay = (campaigns: readonly CampaignRow[]): boolean =>
  own(campaigns).some((campaign) => campaign.status === 'finished')

export const useStepsDone = (campaigns: readonly CampaignRow[]): StepsDone => {
  const allowed = useMay()('contacts.view')
  const contacts = useQuery({ ...read(listContacts, { query: { limit: 1 } }), enabled: allowed })
  useLive('contact', listContacts)
  return {
    import: (contacts.data?.data.length ?? 0) > 0,
    write: own(campaigns).length > 0,
    send: own(campaigns).some((campaign) => campaign.started_at !== null),
    read: false,
  }
}
