import { sql } from 'kysely'
import type { SubmitAnswer } from '../../channels/channel.ts'
import { inAccount } from '../../db/pool.ts'
import { drainChunk, type Engine } from '../../messages/engine/drain.ts'
import type { OutboundRoute } from '../../messages/index.ts'
import type { TestApp } from '../../test/app.ts'
import { makeRun, plainSource, routeWith, type Submit } from '../../test/run.ts'
import { planCampaign } from '../run/plan.ts'
import { sweepCampaigns } from '../run/sweep.ts'
import { admitByWindows } from '../windows/admit.ts'
import type { SendWindow } from '../windows/contract.ts'

const accepted: SubmitAnswer = { kind: 'accepted', providerRef: null, text: '250 ok' }

/** A provider that answers by the local part of the address; what it leaves out is never answered. */
export const answering =
  (answers: Readonly<Record<string, SubmitAnswer | null>>): Submit =>
  async (batch, context) => {
    for (const { messageId, recipient } of batch) {
      const word = /^[a-z]+/.exec(recipient)?.[0] ?? ''
      const answer = answers[word] === undefined ? accepted : answers[word]
      if (answer) context.report(messageId, answer)
    }
  }

export const hard: SubmitAnswer = {
  kind: 'permanent',
  code: '550',
  class: 'unknown_user',
  text: '550 5.1.1 <somebody@else.example>: no such user',
}
export const soft: SubmitAnswer = { kind: 'permanent', code: '552', class: 'mailbox_full', text: '552 full' }
export const later: SubmitAnswer = { kind: 'temporary', code: '451', text: '451 4.7.1 later' }

let crowds = 0
/** New addresses whose local part begins with a word. */
export const people = (word: string, n: number): string[] => {
  crowds += 1
  return Array.from({ length: n }, (_, index) => `${word}${index}@crowd${crowds}.example`)
}

export const sendingWith = (
  app: TestApp,
  submit: Submit,
  route: Partial<OutboundRoute> = {},
  parts: Partial<Engine> = {},
) => {
  const { deps, accountId } = app
  const engine = (windows: readonly SendWindow[] = []): Engine => ({
    deps,
    nodeId: '00000000-0000-7000-8000-00000000cccc',
    sources: {
      campaign: {
        ...plainSource,
        load: async (trx, inner, ref) => {
          const prepared = await plainSource.load(trx, inner, ref)
          return (
            prepared && {
              ...prepared,
              admit: windows.length > 0 ? admitByWindows(deps, ref, windows) : undefined,
            }
          )
        },
      },
    },
    resolveRoutes: async () => [{ ...routeWith(submit), ...route }],
    signal: new AbortController().signal,
    closedGates: new Set(),
    ...parts,
  })
  return {
    /** A planned run with these settings in its row. */
    start: async (addresses: readonly string[], settings: Record<string, unknown> = {}): Promise<string> => {
      const id = await makeRun(app, addresses)
      for (const [column, value] of Object.entries(settings)) {
        const stored = typeof value === 'object' && value !== null ? JSON.stringify(value) : value
        await inAccount(app.db, accountId, (trx) =>
          column === 'audience'
            ? sql`update campaigns set audience = audience || ${stored}::jsonb where account_id = ${accountId} and id = ${id}`.execute(
                trx,
              )
            : sql`update campaigns set ${sql.ref(column)} = ${stored} where account_id = ${accountId} and id = ${id}`.execute(
                trx,
              ),
        )
      }
      await planCampaign(deps, { account_id: accountId, id })
      return id
    },
    drain: async (id: string, windows: readonly SendWindow[] = []): Promise<void> => {
      while (await drainChunk(engine(windows), { accountId, sourceId: id, kind: 'campaign' }));
    },
    sweep: () => sweepCampaigns(deps),
  }
}

export const figuresOf = async (app: TestApp, id: string) =>
  (await app.owner.get(`/campaigns/${id}/accounting`)).body
export const campaignOf = async (app: TestApp, id: string) => (await app.owner.get(`/campaigns/${id}`)).body
