import Type from 'typebox'
import { route } from '../http/contract.ts'

/** Each event's data is `{"topic": …, "id"?: …}`: something of that kind changed, read it again. */
export const streamEvents = route({
  method: 'GET',
  path: '/events',
  summary: 'The live stream of the console',
  tag: 'Account',
  access: 'session',
  replyType: 'text/event-stream',
  reply: { 200: Type.String() },
})
