import type { Channel } from '../../../../src/contacts/shapes/contract.ts'

/** Channels a person can choose in forms: those whose address a contact may carry. */
export const shownChannels = ['email', 'sms'] as const satisfies readonly Channel[]
