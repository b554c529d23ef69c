import { uuidV7 } from '../lib/ids.ts'
import type { Provision } from '../security/index.ts'
import { insertSender } from './queries.ts'

const nameLengthMax = 150
/** It becomes part of a header, the name of the account does not. */
const oneLine = (name: string): string =>
  name.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').slice(0, nameLengthMax)

/** The first sender of an account carries its name and the owner's address. */
export const provideSender: Provision = async (trx, account, deps) => {
  await insertSender(trx, account.id, {
    id: uuidV7(deps.clock.now()),
    name: oneLine(account.name),
    value: account.ownerEmail,
    reply_to: null,
    is_default: true,
    allowed_role_ids: [],
    state: 'verified',
    // The owner's own address: the links of the account go to it.
    confirmed_at: deps.clock.now(),
  })
}
