import { uuidV7 } from '../../lib/ids.ts'
import type { Provision } from '../setup/people.ts'
import { insertStream } from './queries.ts'

/** A fresh account has one stream, so that its first credential has something to belong to. */
export const provideStream: Provision = async (trx, account, deps) => {
  await insertStream(trx, account.id, { id: uuidV7(deps.clock.now()), name: 'Main', slug: 'main' })
}
