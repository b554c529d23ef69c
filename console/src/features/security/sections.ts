import type { ComponentType } from 'react'
import { IpSection } from './ip/ip-section.tsx'
import { MfaSection } from './mfa/mfa-section.tsx'

/** The parts of the page in their order; each reads and guards itself. */
export const securitySections: readonly { readonly id: string; readonly part: ComponentType }[] = [
  { id: 'ip', part: IpSection },
  { id: 'mfa', part: MfaSection },
]
