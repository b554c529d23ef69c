import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import {
  type Campaign,
  deleteCampaign,
  duplicateCampaign,
  getCampaign,
  listCampaigns,
} from '../../../../src/campaigns/contract.ts'
import {
  cancelCampaign,
  getAccounting,
  getPace,
  listJournal,
  pauseCampaign,
  resumeCampaign,
  sendCampaign,
  unscheduleCampaign,
} from '../../../../src/campaigns/run/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { keyOf, refresh } from '../../lib/queries.ts'
import { problemTitle } from '../../ui/error-state.tsx'
import { stepPath } from './campaign-path.ts'

const runActs = {
  pause: pauseCampaign,
  resume: resumeCampaign,
  cancel: cancelCampaign,
  start: sendCampaign,
  unschedule: unscheduleCampaign,
} as const
export type RunAct = keyof typeof runActs

/** What the list and the page of a campaign can do with it; each call leaves the screen in the new state. */
export const useCampaignActs = () => {
  const texts = useTexts()
  const client = useQueryClient()
  const navigate = useNavigate()
  const keep = (campaign: Campaign) => {
    client.setQueryData(keyOf(getCampaign, { params: { id: campaign.id } }), campaign)
    void refresh(client, listCampaigns, getAccounting, getPace, listJournal)
  }
  const fail = (error: unknown) => {
    notifications.show({ color: 'red', message: problemTitle(error, texts) })
    void refresh(client, getCampaign, listCampaigns)
  }
  /** Throws what the server refuses: dialogs show it in place. */
  const act = async (name: RunAct, id: string): Promise<void> =>
    keep(await call(runActs[name], { params: { id }, body: {} }))
  return {
    keep,
    act,
    tryAct: (name: RunAct, id: string) => act(name, id).catch(fail),
    edit: async (id: string) => {
      await act('unschedule', id)
      await navigate({ to: stepPath(id, 'settings') })
    },
    duplicate: async ({ id, name }: { id: string; name: string }) => {
      try {
        const copy = texts.t('campaigns.copy-of', { name: name.slice(0, 130) })
        const made = await call(duplicateCampaign, { params: { id }, body: { name: copy } })
        keep(made)
        notifications.show({ color: 'green', message: texts.t('campaigns.duplicated') })
        await navigate({ to: stepPath(made.id, 'settings') })
      } catch (error) {
        fail(error)
      }
    },
    remove: async ({ id, version }: { id: string; version: number }) => {
      await call(deleteCampaign, { params: { id }, ifMatch: version })
      client.removeQueries({ queryKey: keyOf(getCampaign, { params: { id } }) })
      await refresh(client, listCampaigns)
    },
  }
}
