import {
  type Icon,
  IconAddressBook,
  IconBuildingSkyscraper,
  IconHelpCircle,
  IconHome,
  IconInbox,
  IconMail,
  IconSettings,
} from '@tabler/icons-react'
import type { PermissionKey } from '../../../src/http/permissions/contract.ts'
import type { TextKey } from '../i18n/catalogue.ts'

export type MenuEntry = {
  readonly label: TextKey
  /** For the bar of a phone. */
  readonly short?: TextKey
  readonly to: string
  readonly permission?: PermissionKey
  /** Levels between the section and this page; three levels and more get breadcrumbs. */
  readonly trail?: readonly TextKey[]
  /** Shown to staff of the instance too, whose session holds no permission of an account. */
  readonly orStaff?: true
}

export type MenuSection = {
  readonly label: TextKey
  readonly icon: Icon
  /** Not for staff of the instance, who have no account of their own. */
  readonly tenantOnly?: true
  /** A section with one page of its own and no entries. */
  readonly to?: string
  readonly entries: readonly MenuEntry[]
}

/** The whole menu; entries whose permission is missing are hidden, sections without entries too. */
export const menu: readonly MenuSection[] = [
  { label: 'menu.home', icon: IconHome, to: '/', entries: [] },
  {
    label: 'menu.email',
    icon: IconMail,
    entries: [
      { label: 'menu.overview', to: '/email', permission: 'email.campaigns.view' },
      { label: 'menu.campaigns', to: '/email/campaigns', permission: 'email.campaigns.view' },
      { label: 'menu.delivery', to: '/email/delivery', permission: 'sending.providers.view' },
      {
        label: 'menu.sender-domains',
        to: '/email/settings/domains',
        permission: 'email.senders.view',
        trail: ['menu.settings'],
      },
      { label: 'menu.bounces', to: '/email/bounces', permission: 'suppressions.view' },
      { label: 'menu.suppression', to: '/email/suppression', permission: 'suppressions.view' },
      {
        label: 'menu.senders',
        to: '/email/settings/senders',
        permission: 'email.senders.view',
        trail: ['menu.settings'],
      },
      {
        label: 'menu.shaping',
        to: '/email/settings/warm-up',
        permission: 'email.settings.view',
        trail: ['menu.settings'],
      },
    ],
  },
  {
    label: 'menu.contacts',
    icon: IconAddressBook,
    entries: [
      { label: 'menu.contact-list', short: 'menu.contacts', to: '/contacts', permission: 'contacts.view' },
      { label: 'menu.groups', to: '/contacts/groups', permission: 'contacts.groups.view' },
      { label: 'menu.fields', to: '/contacts/fields', permission: 'contacts.fields.view' },
      { label: 'menu.import', to: '/contacts/imports', permission: 'contacts.import.view' },
    ],
  },
  {
    label: 'menu.simulator',
    icon: IconInbox,
    entries: [
      { label: 'menu.mailbox', to: '/simulator/mailbox', permission: 'sending.simulator.use', orStaff: true },
      { label: 'menu.phone', to: '/simulator/phone', permission: 'sending.simulator.use', orStaff: true },
      { label: 'menu.scripts', to: '/simulator/scripts', permission: 'sending.simulator.use' },
    ],
  },
  {
    label: 'menu.account',
    icon: IconSettings,
    tenantOnly: true,
    entries: [
      { label: 'menu.users', to: '/account/users', permission: 'account.users.view' },
      { label: 'menu.roles', to: '/account/roles', permission: 'account.roles.view' },
      { label: 'menu.approvals', to: '/account/approvals', permission: 'account.approvals.view' },
      {
        label: 'menu.general',
        to: '/account/settings/general',
        permission: 'account.settings.view',
        trail: ['menu.settings'],
      },
      {
        label: 'menu.security',
        to: '/account/settings/security',
        permission: 'account.security.view',
        trail: ['menu.settings'],
      },
      {
        label: 'menu.api',
        to: '/account/settings/api',
        permission: 'account.api_keys.view',
        trail: ['menu.settings'],
      },
      {
        label: 'menu.webhooks',
        to: '/account/settings/webhooks',
        permission: 'account.webhooks.view',
        trail: ['menu.settings'],
      },
      {
        label: 'menu.providers',
        to: '/account/sending/providers',
        permission: 'sending.providers.view',
        trail: ['menu.sending'],
      },
      {
        label: 'menu.health',
        to: '/account/sending/health',
        permission: 'sending.providers.view',
        trail: ['menu.sending'],
      },
      {
        label: 'menu.application-log',
        to: '/account/application-log',
        permission: 'account.audit_log.view',
      },
      { label: 'menu.operations', short: 'menu.operations-short', to: '/account/operations' },
    ],
  },
  {
    label: 'menu.instance',
    icon: IconBuildingSkyscraper,
    entries: [
      { label: 'menu.accounts', to: '/instance/accounts', permission: 'operator.accounts.view' },
      { label: 'menu.approvals', to: '/instance/approvals', permission: 'operator.approvals.decide' },
      { label: 'menu.staff', to: '/instance/staff', permission: 'operator.staff.manage' },
      {
        label: 'menu.application-log',
        to: '/instance/application-log',
        permission: 'operator.audit_log.view',
      },
    ],
  },
  {
    label: 'menu.help',
    icon: IconHelpCircle,
    entries: [{ label: 'menu.api-documentation', to: '/api/docs' }],
  },
]

/** The five places of the bar at the bottom of a phone. */
export const places: readonly string[] = [
  '/',
  '/email/campaigns',
  '/contacts',
  '/simulator/mailbox',
  '/account/operations',
]

type Viewer = { readonly may: (key: PermissionKey) => boolean; readonly kind: 'tenant' | 'operator' }

const isVisible = ({ permission, orStaff }: MenuEntry, { may, kind }: Viewer): boolean =>
  permission === undefined || may(permission) || (orStaff === true && kind === 'operator')

export const visibleMenu = (viewer: Viewer): readonly MenuSection[] =>
  menu
    .filter((section) => viewer.kind === 'tenant' || section.tenantOnly !== true)
    .map((section) => ({
      ...section,
      entries: section.entries.filter((entry) => isVisible(entry, viewer)),
    }))
    .filter((section) => section.to !== undefined || section.entries.length > 0)

/** The entry a path belongs to: the longest one that is a prefix of it. */
export const entryOf = (path: string): { section: MenuSection; entry: MenuEntry } | null => {
  const found = menu
    .flatMap((section) => section.entries.map((entry) => ({ section, entry })))
    .filter(({ entry }) => path === entry.to || path.startsWith(`${entry.to}/`))
  return found.toSorted((a, b) => b.entry.to.length - a.entry.to.length)[0] ?? null
}
