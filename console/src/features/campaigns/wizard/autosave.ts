import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import {
  type Campaign,
  type CampaignChange,
  changeCampaign,
  getCampaign,
  listCampaigns,
} from '../../../../../src/campaigns/contract.ts'
import { call } from '../../../lib/call.ts'
import { readDraft, useDraft } from '../../../lib/draft.ts'
import { isProblem } from '../../../lib/problem.ts'
import { keyOf, refresh } from '../../../lib/queries.ts'

const quietMs = 900

export type SaveState = 'saved' | 'saving' | 'changed' | 'failed'
export type Kept<Values> = { readonly version: number; readonly values: Values }

const draftName = (id: string, step: string): string => `campaign-${id}-${step}`

/** What was typed in this tab and has not reached the server yet. */
export const keptValues = <Values>(id: string, step: string): Kept<Values> | null =>
  readDraft<Kept<Values>>(draftName(id, step))

type Options<Values> = {
  readonly campaign: Campaign
  readonly step: string
  readonly toChange: (values: Values) => CampaignChange
  /** Values left over from before a reload: they are saved at once. */
  readonly kept: Kept<Values> | null
  /** Off for a run that is paused: every save is a new revision of what people get. */
  readonly automatic?: boolean
}

/**
 * Saves a step by itself once the fingers rest. Saves never overlap; the version the person has seen goes along, so a
 * change made elsewhere is never overwritten unseen.
 */
export const useAutosave = <Values extends object>(options: Options<Values>) => {
  const { campaign, step, kept, automatic = true } = options
  const client = useQueryClient()
  const { keep, drop } = useDraft<Kept<Values>>(draftName(campaign.id, step))
  const [state, setState] = useState<SaveState>(kept === null ? 'saved' : 'changed')
  const [savedAt, setSavedAt] = useState<string | null>(null)
  const [error, setError] = useState<unknown>(null)
  const version = useRef(kept?.version ?? campaign.version)
  const values = useRef<Values | null>(kept?.values ?? null)
  const running = useRef<Promise<boolean> | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const latest = useRef({ toChange: options.toChange, drop })
  latest.current = { toChange: options.toChange, drop }

  const store = useCallback(
    async (change: Values): Promise<boolean> => {
      setState('saving')
      try {
        const saved = await call(changeCampaign, {
          params: { id: campaign.id },
          body: latest.current.toChange(change),
          ifMatch: version.current,
        })
        version.current = saved.version
        client.setQueryData(keyOf(getCampaign, { params: { id: campaign.id } }), saved)
        void refresh(client, listCampaigns)
        setError(null)
        setSavedAt(saved.updated_at)
        if (values.current === change) {
          values.current = null
          latest.current.drop()
          setState('saved')
        } else setState('changed')
        return true
      } catch (failure) {
        setError(failure)
        setState('failed')
        return false
      }
    },
    [campaign.id, client],
  )

  /** Resolves to true once nothing is unsaved any more. */
  const flush = useCallback(async (): Promise<boolean> => {
    clearTimeout(timer.current)
    if (running.current !== null) await running.current
    const change = values.current
    if (change === null) return true
    const work = store(change)
    running.current = work
    const done = await work
    running.current = null
    return done && (values.current === null || flush())
  }, [store])

  const changed = (next: Values) => {
    values.current = next
    keep({ version: version.current, values: next })
    setState((now) => (now === 'saving' ? now : 'changed'))
    clearTimeout(timer.current)
    if (automatic) timer.current = setTimeout(() => void flush(), quietMs)
  }

  useEffect(() => {
    if (automatic && values.current !== null) void flush()
    return () => {
      if (automatic) void flush()
    }
  }, [automatic, flush])

  useEffect(() => {
    if (state === 'saved') return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [state])

  const isConflict = isProblem(error, 'version_conflict')
  return {
    state,
    savedAt,
    error,
    isConflict,
    changed,
    flush,
    /** Somebody else changed it while nothing was typed here. */
    isStale: state === 'saved' && campaign.version > version.current,
    /** Writes over what somebody else changed meanwhile; the person has decided so. */
    keepMine: async () => {
      version.current = (await client.fetchQuery(freshOne(campaign.id))).version
      setError(null)
      return flush()
    },
    /** Forgets what was typed here. */
    takeTheirs: async () => {
      values.current = null
      drop()
      clearTimeout(timer.current)
      await client.fetchQuery(freshOne(campaign.id))
    },
  }
}
/** What the frame of a step needs of it, whatever the step holds. */
export type Autosave = Omit<ReturnType<typeof useAutosave<object>>, 'changed'>

const freshOne = (id: string) => ({
  queryKey: keyOf(getCampaign, { params: { id } }),
  queryFn: () => call(getCampaign, { params: { id } }),
  staleTime: 0,
})
