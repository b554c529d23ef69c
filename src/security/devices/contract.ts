import Type from 'typebox'
import { Id, IdParams, NoContent, Obj, Page, pageQuery, route, Timestamp } from '../../http/contract.ts'

const TrustedDevice = Obj({
  id: Id,
  agent: Type.String(),
  address: Type.String(),
  created_at: Timestamp,
  last_used_at: Timestamp,
  expires_at: Timestamp,
})

export const listTrustedDevices = route({
  method: 'GET',
  path: '/me/trusted-devices',
  summary: 'Browsers that are not asked for a code',
  tag: 'Sign-in',
  access: 'session',
  query: Obj(pageQuery),
  reply: { 200: Page(TrustedDevice) },
})

export const forgetTrustedDevice = route({
  method: 'DELETE',
  path: '/me/trusted-devices/{id}',
  summary: 'Ask this browser for a code again',
  tag: 'Sign-in',
  access: 'session',
  whileSuspended: true,
  params: IdParams,
  records: ['trusted_device.removed'],
  reply: { 204: NoContent },
})

export const forgetTrustedDevices = route({
  method: 'DELETE',
  path: '/me/trusted-devices',
  summary: 'Ask every browser for a code again',
  tag: 'Sign-in',
  access: 'session',
  whileSuspended: true,
  records: ['trusted_device.removed'],
  reply: { 204: NoContent },
})
