import { useForm } from '@mantine/form'
import { useQueryClient } from '@tanstack/react-query'
import {
  changeProvider,
  createProvider,
  listProviders,
  type Provider,
} from '../../../../src/providers/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { readDraft, useDraft } from '../../lib/draft.ts'
import { refresh } from '../../lib/queries.ts'
import { useSubmit } from '../../ui/submit.ts'

export type Tls = 'starttls' | 'tls' | 'none'
export type Values = {
  name: string
  host: string
  port: number | string
  tls: Tls
  username: string
  password: string
  ehlo_name: string
  enabled: boolean
  /** One per line or separated by commas. */
  source_addresses: string
  shape_by_receiver: boolean
  per_second: number | string
  per_minute: number | string
  per_hour: number | string
  per_day: number | string
  concurrent: number | string
}
export type Kind = Provider['kind']

const fresh: Values = {
  name: '',
  host: '',
  port: 587,
  tls: 'starttls',
  username: '',
  password: '',
  ehlo_name: '',
  enabled: true,
  source_addresses: '',
  shape_by_receiver: false,
  per_second: '',
  per_minute: '',
  per_hour: '',
  per_day: '',
  concurrent: '',
}

export const limitNames = ['per_second', 'per_minute', 'per_hour', 'per_day', 'concurrent'] as const

/** What each port is used for (RFC 8314 §3.3); null = a port that says nothing. */
export const usualTls = (port: number | string): Tls | null => {
  if (Number(port) === 465) return 'tls'
  return [25, 587, 2525].includes(Number(port)) ? 'starttls' : null
}

export const toValues = (provider: Provider | null): Values => {
  if (provider === null) return { ...fresh, ...readDraft<Partial<Values>>('provider') }
  const { config, limits, name, enabled, shape_by_receiver } = provider
  return {
    ...fresh,
    name,
    enabled,
    shape_by_receiver,
    ...Object.fromEntries(limitNames.map((limit) => [limit, limits[limit] ?? ''])),
    source_addresses: (config.source_addresses ?? []).join('\n'),
    host: config.host ?? '',
    port: config.port ?? 587,
    tls: config.tls ?? 'starttls',
    username: config.username ?? '',
    ehlo_name: config.ehlo_name ?? '',
  }
}

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim())

/** An empty password field keeps the saved one; without a login there is no password either. */
export const toConfig = (values: Values) => ({
  host: values.host.trim(),
  port: Number(values.port),
  tls: values.tls,
  username: orNull(values.username),
  ehlo_name: orNull(values.ehlo_name),
  ...(orNull(values.username) === null
    ? { password: null }
    : values.password === ''
      ? {}
      : { password: values.password }),
})

export const toAddresses = (text: string): string[] =>
  text.split(/[\s,;]+/).filter((address) => address !== '')

const toDirectConfig = (values: Values) => ({
  ehlo_name: orNull(values.ehlo_name),
  source_addresses: toAddresses(values.source_addresses),
})

const limitOf = (value: number | string): number | null => (value === '' ? null : Number(value))

const toBody = (kind: Kind, values: Values) => ({
  name: values.name.trim(),
  enabled: values.enabled,
  ...(kind === 'simulator' ? {} : { config: kind === 'mx' ? toDirectConfig(values) : toConfig(values) }),
  ...(kind === 'smtp' ? { shape_by_receiver: values.shape_by_receiver } : {}),
  limits: {
    per_second: limitOf(values.per_second),
    per_minute: limitOf(values.per_minute),
    per_hour: limitOf(values.per_hour),
    per_day: limitOf(values.per_day),
    concurrent: limitOf(values.concurrent),
  },
})

const save = (kind: Kind, provider: Provider | null, values: Values): Promise<Provider> => {
  const body = toBody(kind, values)
  if (provider !== null)
    return call(changeProvider, { params: { id: provider.id }, body, ifMatch: provider.version })
  return call(createProvider, { body: { channel: 'email', kind, config: {}, ...body } })
}

const rename = Object.fromEntries([
  ...['host', 'port', 'tls', 'username', 'password', 'ehlo_name', 'source_addresses'].map((field) => [
    `config.${field}`,
    field,
  ]),
  ...limitNames.map((limit) => [`limits.${limit}`, limit]),
])

export const useProviderForm = (
  kind: Kind,
  provider: Provider | null,
  onSaved: (provider: Provider) => void,
) => {
  const { t, find } = useTexts()
  const client = useQueryClient()
  const { keep, drop } = useDraft<Partial<Values>>('provider')
  const isSmtp = kind === 'smtp'
  const filled = (value: string) => (value.trim() === '' ? find('problems', 'field.required') : null)
  const hasPassword = provider?.config.has_password === true
  const form = useForm<Values>({
    initialValues: toValues(provider),
    onValuesChange: ({ password, ...rest }) => {
      if (provider === null) keep(rest)
    },
    validate: {
      name: filled,
      host: (value) => (isSmtp ? filled(value) : null),
      port: (value) =>
        isSmtp && !(Number(value) >= 1 && Number(value) <= 65_535)
          ? find('problems', 'field.out_of_range')
          : null,
      password: (value, { username }) =>
        isSmtp && username.trim() !== '' && value === '' && !hasPassword
          ? t('providers.password-needed')
          : null,
    },
  })
  const submitting = useSubmit(
    form,
    async (values) => {
      const saved = await save(kind, provider, values)
      drop()
      form.setFieldValue('password', '')
      form.resetDirty({ ...values, password: '' })
      await refresh(client, listProviders)
      onSaved(saved)
    },
    { rename, codes: { name_taken: 'name', url_refused: 'host' } },
  )
  return { form, drop, isSmtp, hasPassword, ...submitting }
}
export type ProviderForm = ReturnType<typeof useProviderForm>['form']
