import Type, { type Static } from 'typebox'
import { actClasses, answerClasses } from '../../channels/email/simulator/contract.ts'
import {
  Id,
  IdParams,
  NoContent,
  Nullable,
  Obj,
  OneOf,
  Page,
  pageQuery,
  route,
  Timestamp,
} from '../../http/contract.ts'

export const outcomeClasses = [...answerClasses, ...actClasses] as const
export type OutcomeClass = (typeof outcomeClasses)[number]

/** A receiver takes its time to answer; a recipient may act days later. */
export const answerLatencyMsMax = 60_000
export const actLatencyMsMax = 604_800_000

const Address = Type.String({
  minLength: 1,
  maxLength: 254,
  pattern: '^[^\\s]+$',
  description: 'An address; `*` stands for any characters',
})
const Domain = Type.String({
  minLength: 1,
  maxLength: 253,
  pattern: '^[^\\s@*]+$',
  description: 'The part behind the @, exactly',
})

const Outcome = Obj({
  class: OneOf(outcomeClasses),
  rate: Type.Number({ minimum: 0, maximum: 1, description: 'Share of the recipients: 0.25 is 25 %' }),
  latency_ms: Type.Integer({
    minimum: 0,
    maximum: actLatencyMsMax,
    description: 'Before the answer (at most 60,000), or from acceptance to the act; 0 = the usual time',
  }),
})
const Seed = Type.Union([
  Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
  Type.String({ minLength: 1, maxLength: 64 }),
])

export const SimulatorScript = Obj({
  id: Id,
  version: Type.Integer(),
  created_at: Timestamp,
  updated_at: Timestamp,
  name: Nullable(Type.String()),
  enabled: Type.Boolean(),
  match: Obj({
    address: Nullable(Type.String()),
    domain: Nullable(Type.String()),
    campaign_id: Nullable(Id),
  }),
  outcome: Outcome,
  seed: Seed,
})
export type SimulatorScript = Static<typeof SimulatorScript>

const Name = Nullable(Type.String({ maxLength: 100 }))
const Match = Obj({
  address: Type.Optional(Nullable(Address)),
  domain: Type.Optional(Nullable(Domain)),
  campaign_id: Type.Optional(Nullable(Id)),
})
export const NewSimulatorScript = Obj({
  name: Type.Optional(Name),
  enabled: Type.Optional(Type.Boolean()),
  match: Match,
  outcome: Obj({
    class: Outcome.properties.class,
    rate: Type.Optional(Outcome.properties.rate),
    latency_ms: Type.Optional(Outcome.properties.latency_ms),
  }),
  seed: Type.Optional(Seed),
})
export type NewSimulatorScript = Static<typeof NewSimulatorScript>
export const SimulatorScriptChange = Obj({
  name: Type.Optional(Name),
  enabled: Type.Optional(Type.Boolean()),
  match: Type.Optional(Match),
  outcome: Type.Optional(
    Obj({
      class: Type.Optional(Outcome.properties.class),
      rate: Type.Optional(Outcome.properties.rate),
      latency_ms: Type.Optional(Outcome.properties.latency_ms),
    }),
  ),
  seed: Type.Optional(Seed),
})
export type SimulatorScriptChange = Static<typeof SimulatorScriptChange>

const common = { tag: 'Simulator', access: 'sending.simulator.use' } as const
const records = { nothing: 'tells simulated recipients what to do; nobody outside is reached' } as const

export const listSimulatorScripts = route({
  ...common,
  method: 'GET',
  path: '/simulator/scripts',
  summary: 'Rules of the built-in mailbox, in the order in which they are asked',
  query: Obj(pageQuery),
  reply: { 200: Page(SimulatorScript) },
})
export const createSimulatorScript = route({
  ...common,
  method: 'POST',
  path: '/simulator/scripts',
  summary: 'Tell recipients of the built-in mailbox how to behave',
  body: NewSimulatorScript,
  records,
  reply: { 201: SimulatorScript },
  problems: ['limit_reached'],
})
export const getSimulatorScript = route({
  ...common,
  method: 'GET',
  path: '/simulator/scripts/{id}',
  summary: 'One rule of the built-in mailbox',
  params: IdParams,
  reply: { 200: SimulatorScript },
})
export const changeSimulatorScript = route({
  ...common,
  method: 'PATCH',
  path: '/simulator/scripts/{id}',
  summary: 'Change a rule of the built-in mailbox',
  ifMatch: 'optional',
  params: IdParams,
  body: SimulatorScriptChange,
  records,
  reply: { 200: SimulatorScript },
})
export const deleteSimulatorScript = route({
  ...common,
  method: 'DELETE',
  path: '/simulator/scripts/{id}',
  summary: 'Remove a rule of the built-in mailbox',
  ifMatch: 'optional',
  params: IdParams,
  records,
  reply: { 204: NoContent },
})
