import Type, { type Static } from 'typebox'
import { Obj } from '../http/contract.ts'

export const OutboxQuery = Obj({
  to: Type.Optional(Type.String({ maxLength: 320 })),
  kind: Type.Optional(Type.String({ maxLength: 60 })),
  since: Type.Optional(Type.String({ format: 'date-time' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
})
export type OutboxQuery = Static<typeof OutboxQuery>

export const LimiterSwitch = Obj({ available: Type.Boolean() })
export type LimiterSwitch = Static<typeof LimiterSwitch>

const Addresses = Type.Array(Type.String({ maxLength: 64 }), { maxItems: 50 })
export const DnsRecords = Obj({
  records: Type.Record(Type.String({ maxLength: 253 }), Type.Array(Addresses, { minItems: 1, maxItems: 50 })),
})
export type DnsRecords = Static<typeof DnsRecords>
