import type { AuditRecord } from '../../../../src/audit/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'

/** How the log speaks of who acted, of what happened and to what. */
export const useWords = () => {
  const { t, find } = useTexts()
  return {
    action: (record: AuditRecord): string => t(`audit-actions.${record.action}`),
    section: (record: AuditRecord): string => t(`audit.section-${record.section}`),
    actor: ({ actor }: AuditRecord): string => {
      if (actor.type === 'system') return t('audit.actor-system')
      const known = actor.login ?? actor.name
      if (known !== null) return known
      return actor.id === null ? t(`audit.actor-${actor.type}`) : t('audit.erased')
    },
    /** Whoever is not simply a user is marked. */
    marker: ({ actor }: AuditRecord): string | null =>
      actor.type === 'user' || actor.type === 'system' ? null : t(`audit.actor-${actor.type}`),
    address: ({ address, actor }: AuditRecord): string => {
      if (address === 'unresolved') return t('audit.unresolved')
      if (address !== null) return address
      return actor.type === 'system' ? '–' : t('audit.erased')
    },
    result: (record: AuditRecord): string => t(`audit.result-${record.result}`),
    reason: ({ reason }: AuditRecord): string | null =>
      reason === null ? null : (find('problems', reason) ?? reason),
    object: ({ object }: AuditRecord): string =>
      object === null ? '–' : object.id === null ? object.type : `${object.type} ${object.id}`,
  }
}
