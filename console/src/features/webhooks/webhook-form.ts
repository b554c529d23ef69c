import { useForm } from '@mantine/form'
import { useQueryClient } from '@tanstack/react-query'
import {
  changeWebhook,
  createWebhook,
  listWebhooks,
  type Webhook,
  type WebhookAuth,
} from '../../../../src/webhooks/contract.ts'
import { call } from '../../lib/call.ts'
import { refresh } from '../../lib/queries.ts'
import { useSubmit } from '../../ui/submit.ts'
import type { ShownSecret } from './secret-dialog.tsx'

export type WebhookValues = {
  readonly name: string
  readonly url: string
  readonly secondary_url: string
  readonly events: string[]
  /** `keep`: credentials are never shown again, so leaving them alone is a choice of its own. */
  readonly kind: WebhookAuth['type'] | 'keep'
  readonly auth: { readonly username: string; readonly password: string; readonly token: string }
  readonly retry_rule: Webhook['retry_rule']
  readonly personal_data: Webhook['personal_data']
}

const fresh: WebhookValues = {
  name: '',
  url: '',
  secondary_url: '',
  events: [],
  kind: 'none',
  auth: { username: '', password: '', token: '' },
  retry_rule: 'standard',
  personal_data: 'full',
}

const valuesOf = (known: Webhook): WebhookValues => ({
  name: known.name,
  url: known.url,
  secondary_url: known.secondary_url ?? '',
  events: [...known.events],
  kind: known.auth.type === 'none' ? 'none' : 'keep',
  auth: { ...fresh.auth, username: known.auth.username ?? '' },
  retry_rule: known.retry_rule,
  personal_data: known.personal_data,
})

const authOf = ({ kind, auth }: WebhookValues): WebhookAuth | null => {
  if (kind === 'keep') return null
  if (kind === 'none') return { type: kind }
  return kind === 'bearer'
    ? { type: kind, token: auth.token }
    : { type: kind, username: auth.username, password: auth.password }
}

/** Credentials that stay as they are are not sent: sending them would ask for a new test. */
const bodyOf = (values: WebhookValues, known: Webhook | null) => {
  const { url, events, retry_rule, personal_data } = values
  const auth = authOf(values)
  const unchanged = auth === null || (auth.type === 'none' && known?.auth.type === 'none')
  return {
    url,
    events,
    retry_rule,
    personal_data,
    ...(values.name === '' ? {} : { name: values.name }),
    secondary_url: values.secondary_url === '' ? null : values.secondary_url,
    ...(unchanged ? {} : { auth }),
  }
}

const codes = { url_refused: 'url', unknown_event: 'events' } as const

type Done = {
  readonly onSecret: (secret: ShownSecret) => void
  readonly onSaved: (saved: Webhook, before: Webhook) => void
}

export const useWebhookForm = (edited: Webhook | 'new', done: Done) => {
  const client = useQueryClient()
  const known = edited === 'new' ? null : edited
  const form = useForm<WebhookValues>({ initialValues: known ? valuesOf(known) : fresh })
  const submitting = useSubmit(
    form,
    async (values) => {
      const body = bodyOf(values, known)
      if (known) {
        const params = { id: known.id }
        done.onSaved(await call(changeWebhook, { params, body, ifMatch: known.version }), known)
      } else {
        const { name, secret } = await call(createWebhook, { body })
        done.onSecret({ name, secret, oldUntil: null })
      }
      await refresh(client, listWebhooks)
    },
    { codes },
  )
  return { form, known, ...submitting }
}
