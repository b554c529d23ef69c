import Type, { type Static } from 'typebox'
import {
  Count,
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

const SubjectKind = OneOf(['sender_domain', 'source_ip'])
const Rest = OneOf(['wait', 'established'])
const State = OneOf(['active', 'stopped', 'finished'])
const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'Day of the account’s calendar' })

const PerDay = Type.Integer({ minimum: 1, maximum: 100_000_000 })
const Growth = Type.Number({ minimum: 1, maximum: 5 })
const Days = Type.Integer({ minimum: 1, maximum: 365 })

export const WarmupDay = Obj({
  /** From 1. */
  n: Type.Integer(),
  day: Day,
  cap: Type.Integer(),
  /** Null for days to come. */
  sent: Nullable(Count),
})
export const WarmupPlan = Obj({
  id: Id,
  subject_kind: SubjectKind,
  subject: Type.String(),
  start_per_day: Type.Integer(),
  growth: Type.Number(),
  target_per_day: Type.Integer(),
  days: Type.Integer(),
  rest: Rest,
  established_provider_id: Nullable(Id),
  state: State,
  stop_reason: Nullable(OneOf(['person', 'hard_bounces', 'complaints', 'blocks'])),
  started_on: Day,
  today: Nullable(
    Obj({
      n: Type.Integer(),
      day: Day,
      cap: Type.Integer(),
      sent: Count,
      /** Counted in `sent`, never delayed. */
      transactional: Count,
      /** Gone by the established provider. */
      diverted: Count,
      /** Let through, the answer is still open. */
      open: Count,
      hard_bounce_rate: Type.Number(),
      complaint_rate: Type.Number(),
      block_rate: Type.Number(),
    }),
  ),
  schedule: Type.Array(WarmupDay),
  created_at: Timestamp,
  updated_at: Timestamp,
  version: Type.Integer(),
})
export type WarmupPlan = Static<typeof WarmupPlan>

const plan = {
  start_per_day: Type.Optional(PerDay),
  growth: Type.Optional(Growth),
  target_per_day: PerDay,
  days: Days,
  /** What happens with campaign messages beyond the day's cap. */
  rest: Type.Optional(Rest),
  /** Needed with `established`, and only then. */
  established_provider_id: Type.Optional(Nullable(Id)),
}
export const NewWarmupPlan = Obj({
  subject_kind: SubjectKind,
  /** A domain senders write from, or a source address of a provider of kind `mx`. */
  subject: Type.String({ minLength: 1, maxLength: 253 }),
  ...plan,
})
export type NewWarmupPlan = Static<typeof NewWarmupPlan>
export const WarmupPlanChange = Obj({
  ...plan,
  target_per_day: Type.Optional(PerDay),
  days: Type.Optional(Days),
  /** `active` goes on with the day at which the plan stopped. */
  state: Type.Optional(OneOf(['active', 'stopped'])),
})
export type WarmupPlanChange = Static<typeof WarmupPlanChange>

export const listWarmups = route({
  method: 'GET',
  path: '/email/warmups',
  summary: 'Warm-up plans with their days, newest first',
  tag: 'Sending',
  access: 'email.settings.view',
  query: Obj(pageQuery),
  reply: { 200: Page(WarmupPlan) },
})
export const createWarmup = route({
  method: 'POST',
  path: '/email/warmups',
  summary: 'Warm up a sender domain or a source address, from today on',
  tag: 'Sending',
  access: 'email.settings.manage',
  body: NewWarmupPlan,
  records: ['warmup_plan.changed'],
  reply: { 201: WarmupPlan },
  problems: ['duplicate'],
})
export const getWarmup = route({
  method: 'GET',
  path: '/email/warmups/{id}',
  summary: 'One warm-up plan',
  tag: 'Sending',
  access: 'email.settings.view',
  params: IdParams,
  reply: { 200: WarmupPlan },
})
export const changeWarmup = route({
  method: 'PATCH',
  path: '/email/warmups/{id}',
  summary: 'Change, stop or resume a warm-up plan; a finished one stays as it is',
  tag: 'Sending',
  access: 'email.settings.manage',
  ifMatch: 'optional',
  params: IdParams,
  body: WarmupPlanChange,
  records: ['warmup_plan.changed'],
  reply: { 200: WarmupPlan },
  problems: ['not_active'],
})
export const deleteWarmup = route({
  method: 'DELETE',
  path: '/email/warmups/{id}',
  summary: 'Remove a warm-up plan: its cap no longer holds',
  tag: 'Sending',
  access: 'email.settings.manage',
  ifMatch: 'optional',
  params: IdParams,
  records: ['warmup_plan.changed'],
  reply: { 204: NoContent },
})
