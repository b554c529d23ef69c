import Type, { type Static } from 'typebox'
import { Obj, OneOf } from '../../http/contract.ts'

const clockTime = '([01]\\d|2[0-3]):[0-5]\\d'

/** When messages may leave; `to` before `from` ends on the next day. Without windows they always may. */
export const SendWindow = Obj({
  weekdays: Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), {
    minItems: 1,
    maxItems: 7,
    uniqueItems: true,
    description: '1 is Monday',
  }),
  from: Type.String({ pattern: `^${clockTime}$` }),
  to: Type.String({ pattern: `^(${clockTime}|24:00)$` }),
  zone: OneOf(['contact', 'account']),
})
export type SendWindow = Static<typeof SendWindow>
export const SendWindows = Type.Array(SendWindow, { maxItems: 20 })
