import type { SenderDomainItem } from '../../../../src/sender-domains/contract.ts'

/** Settings as the fields hold them; DMARC is one flat part of the form. */
export type SettingsValues = {
  mode: 'direct' | 'delegated'
  return_path_label: string
  tracking_label: string
  ed25519: boolean
  policy: 'none' | 'quarantine' | 'reject'
  subdomain_policy: '' | 'none' | 'quarantine' | 'reject'
  pct: number
  rua: string
  strict: boolean
  allowed_role_ids: string[]
}

export const freshSettings: SettingsValues = {
  mode: 'direct',
  return_path_label: 'bounce',
  tracking_label: 'click',
  ed25519: false,
  policy: 'none',
  subdomain_policy: '',
  pct: 100,
  rua: '',
  strict: false,
  allowed_role_ids: [],
}

export const settingsOf = (domain: SenderDomainItem): SettingsValues => ({
  mode: domain.mode,
  return_path_label: domain.return_path_label,
  tracking_label: domain.tracking_label,
  ed25519: domain.dkim_key === 'rsa_2048_ed25519',
  policy: domain.dmarc.policy,
  subdomain_policy: domain.dmarc.subdomain_policy ?? '',
  pct: domain.dmarc.pct,
  rua: domain.dmarc.rua.join(', '),
  strict: domain.dmarc.adkim === 'strict',
  allowed_role_ids: domain.allowed_role_ids,
})

const addressesOf = (text: string): string[] =>
  text
    .split(/[\s,;]+/)
    .map((part) => part.trim())
    .filter((part) => part !== '')

export const toSettings = (values: SettingsValues) => ({
  mode: values.mode,
  return_path_label: values.return_path_label.trim(),
  tracking_label: values.tracking_label.trim(),
  dkim_key: values.ed25519 ? ('rsa_2048_ed25519' as const) : ('rsa_2048' as const),
  allowed_role_ids: values.allowed_role_ids,
  dmarc: {
    policy: values.policy,
    subdomain_policy: values.subdomain_policy === '' ? null : values.subdomain_policy,
    pct: values.pct,
    rua: addressesOf(values.rua),
    adkim: values.strict ? ('strict' as const) : ('relaxed' as const),
  },
})
