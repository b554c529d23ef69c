import type { Actor } from '../http/actor.ts'
import { answer, type ServeScope, serve } from '../http/serve.ts'
import { actInBulk } from './bulk/bulk.ts'
import { listChangePage } from './changes/change-list.ts'
import { listContactChanges } from './changes/contract.ts'
import { addConsentEntry, listConsentPage, resubscribe, setBlock, unsubscribe } from './consents/acts.ts'
import { addConsent, listConsents } from './consents/contract.ts'
import { addContact, type ContactWork, editContact, readContact, removeContact } from './contact.ts'
import { countContactList, listContactPage } from './contact-list.ts'
import {
  blockContact,
  bulkContacts,
  changeContact,
  changeContactByKey,
  countContacts,
  createContact,
  deleteContact,
  deleteContactByKey,
  getContact,
  getContactByKey,
  getSendability,
  listContacts,
  resubscribeContact,
  unblockContact,
  unsubscribeContact,
} from './contract.ts'
import { fieldRoutes } from './fields/routes.ts'
import { groupRoutes } from './groups/routes.ts'
import { importRoutes } from './import/routes.ts'
import { findIdByKey } from './keys.ts'
import { readSendability } from './send-decision/sendability.ts'
import { suppressionRoutes } from './suppressions/routes.ts'
import { type UsedInSource, usedInNothing } from './used-in.ts'

type Called = { readonly actor: Actor; readonly now: Date }
type Key = { readonly key: 'external_id' | 'email' | 'phone'; readonly value: string }

/** `usedIn` tells what features above this one do with a group or a field. */
export const contactRoutes = (scope: ServeScope, usedIn: UsedInSource = usedInNothing): void => {
  const work = ({ actor, now }: Called): ContactWork => ({ deps: scope.deps, actor, now })
  const byId = (id: string) => async () => id
  const byKey =
    (actor: Actor, { key, value }: Key) =>
    (trx: Parameters<typeof findIdByKey>[0]) =>
      findIdByKey(trx, actor, key, value)

  serve(scope, listContacts, ({ actor, query, now }) => listContactPage(scope.deps, actor, query, now))
  serve(scope, countContacts, ({ actor, query, now }) => countContactList(scope.deps, actor, query, now))
  serve(scope, createContact, async (call) => {
    const { contact, isNew } = await addContact(work(call), call.body)
    return answer(isNew ? 201 : 200, contact)
  })
  serve(scope, bulkContacts, async (call) => {
    const done = await actInBulk(work(call), call.body)
    if (done.operation_id === null) return answer(200, { count: done.count, operation_id: null })
    call.reply.header('location', `/api/v1/operations/${done.operation_id}`)
    return answer(202, { count: done.count, operation_id: done.operation_id })
  })
  serve(scope, getContact, (call) => readContact(work(call), byId(call.params.id)))
  serve(scope, changeContact, (call) =>
    editContact(work(call), byId(call.params.id), call.body, call.ifMatch),
  )
  serve(scope, deleteContact, async (call) => {
    await removeContact(work(call), byId(call.params.id), call.ifMatch)
    return null
  })
  serve(scope, getContactByKey, (call) => readContact(work(call), byKey(call.actor, call.params)))
  serve(scope, changeContactByKey, (call) =>
    editContact(work(call), byKey(call.actor, call.params), call.body, call.ifMatch),
  )
  serve(scope, deleteContactByKey, async (call) => {
    await removeContact(work(call), byKey(call.actor, call.params), call.ifMatch)
    return null
  })
  serve(scope, getSendability, (call) => readSendability(work(call), call.params.id, call.query))
  serve(scope, unsubscribeContact, (call) => unsubscribe(work(call), call.params.id, call.body))
  serve(scope, resubscribeContact, (call) => resubscribe(work(call), call.params.id, call.body))
  serve(scope, blockContact, (call) => setBlock(work(call), call.params.id, call.body, true))
  serve(scope, unblockContact, (call) => setBlock(work(call), call.params.id, call.body, false))
  serve(scope, listConsents, (call) => listConsentPage(work(call), call.params.id, call.query))
  serve(scope, addConsent, (call) => addConsentEntry(work(call), call.params.id, call.body))
  serve(scope, listContactChanges, (call) => listChangePage(work(call), call.params.id, call.query))
  fieldRoutes(scope, usedIn)
  groupRoutes(scope, usedIn)
  importRoutes(scope)
  suppressionRoutes(scope)
}
