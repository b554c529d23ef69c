import type { Consent } from '../../../../src/contacts/consents/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'

/** Shown by themselves, in this order; what else was kept follows with its name. */
const spoken = ['act', 'text', 'reason', 'source', 'wording'] as const
/** Left out: nobody reads them. */
const ids = /(?:^|_)(?:id|sha256)$/

/** What stands behind an entry of the ledger, as one line of text. */
export const useProofWords = () => {
  const { find } = useTexts()
  return ({ proof }: Pick<Consent, 'proof'>): string => {
    const text = (name: string): string | null => {
      const value = proof[name]
      return typeof value === 'string' && value !== '' ? value : null
    }
    const first = spoken.flatMap((name) => {
      const value = text(name)
      if (value === null) return []
      return name === 'act' ? (find('contacts', `proof-${value}`) ?? []) : value
    })
    const rest = Object.keys(proof)
      .filter((name) => !spoken.some((one) => one === name) && !ids.test(name))
      .flatMap((name) => {
        const value = text(name)
        return value === null ? [] : `${find('contacts', `proof-${name}`) ?? name}: ${value}`
      })
    return [...first, ...rest].join(' · ')
  }
}
