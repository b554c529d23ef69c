import { useForm } from '@mantine/form'
import { useQueryClient } from '@tanstack/react-query'
import {
  type ApiKey,
  changeApiKey,
  createApiKey,
  listApiKeys,
} from '../../../../src/security/api-keys/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { refresh } from '../../lib/queries.ts'
import { useSubmit } from '../../ui/submit.ts'
import type { ShownSecret } from './secret-dialog.tsx'

export type KeyValues = {
  readonly name: string
  readonly mode: 'live' | 'test'
  readonly scopes: readonly string[]
  readonly cidrs: string[]
  readonly days: string
}

const fresh: KeyValues = { name: '', mode: 'live', scopes: [], cidrs: [], days: '365' }

const addressCodes = {
  bad_address: 'cidrs',
  host_bits_set: 'cidrs',
  mask_not_contiguous: 'cidrs',
  range_invalid: 'cidrs',
  mapped_prefix: 'cidrs',
  embedded_ipv4: 'cidrs',
  reserved_address: 'cidrs',
  private_address: 'cidrs',
  too_wide: 'cidrs',
  scope_exceeds: 'scopes',
  expiry_invalid: 'days',
} as const

const dayMs = 86_400_000
/** The server's clock decides; a few seconds of difference are nothing on a scale of days. */
export const expiryOf = (days: string, now: Date): string =>
  new Date(now.getTime() + Number(days) * dayMs).toISOString()

const create = async (values: KeyValues): Promise<ShownSecret> => {
  const { days, scopes, ...rest } = values
  const body = { ...rest, scopes: [...scopes], expires_at: expiryOf(days, new Date()) }
  const made = await call(createApiKey, { body })
  return { name: made.name, secret: made.secret, scopes: made.scopes, oldUntil: null }
}

export const useKeyForm = (
  edited: ApiKey | 'new',
  done: { readonly onSecret: (secret: ShownSecret) => void; readonly onSaved: () => void },
) => {
  const { t, find } = useTexts()
  const client = useQueryClient()
  const known = edited === 'new' ? null : edited
  const form = useForm<KeyValues>({
    validate: {
      name: (name) => (name.trim() === '' ? find('problems', 'field.required') : null),
      scopes: (scopes) => (scopes.length === 0 ? t('api-keys.scopes-needed') : null),
    },
    initialValues: known
      ? { ...fresh, name: known.name, scopes: known.scopes, cidrs: [...known.cidrs] }
      : fresh,
  })
  const submitting = useSubmit(
    form,
    async (values) => {
      if (known) {
        const { name, cidrs } = values
        await call(changeApiKey, { params: { id: known.id }, body: { name, cidrs } })
        done.onSaved()
      } else done.onSecret(await create(values))
      await refresh(client, listApiKeys)
    },
    { codes: addressCodes },
  )
  return { form, known, ...submitting }
}
