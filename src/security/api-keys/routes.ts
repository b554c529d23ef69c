import { type ServeScope, serve } from '../../http/serve.ts'
import {
  changeApiKey,
  createApiKey,
  listApiKeyPresets,
  listApiKeys,
  revokeApiKey,
  rotateApiKey,
} from './contract.ts'
import { addKey, editKey, type KeyWork, listKeys, revokeKey, rotateKey } from './key.ts'
import { presetsFor } from './presets.ts'

export const apiKeyRoutes = (scope: ServeScope): void => {
  const { deps } = scope
  const work = ({ actor, now }: Pick<KeyWork, 'actor' | 'now'>): KeyWork => ({ deps, actor, now })
  serve(scope, listApiKeys, (call) => listKeys(work(call), call.query))
  serve(scope, listApiKeyPresets, async ({ actor }) => presetsFor(actor))
  serve(scope, createApiKey, (call) => addKey(work(call), call.body))
  serve(scope, changeApiKey, (call) => editKey(work(call), call.params.id, call.body))
  serve(scope, rotateApiKey, (call) => rotateKey(work(call), call.params.id))
  serve(scope, revokeApiKey, (call) => revokeKey(work(call), call.params.id))
}
