import type { Import } from '../../../../src/contacts/import/contract.ts'

/** The steps after the file is there; each has an address, so that the wizard can be left and entered again. */
export const steps = ['summary', 'fields', 'settings'] as const
export type Step = (typeof steps)[number]

export const toStep = (text: string): Step | null => steps.find((step) => step === text) ?? null

export const stepPath = (id: string, step: Step): string => `/contacts/imports/${id}/${step}`

/** Where somebody who comes back goes on. */
export const openStep = (run: Pick<Import, 'mapping'>): Step =>
  run.mapping === null ? 'summary' : 'settings'

export const isOver = ({ state }: Pick<Import, 'state'>): boolean =>
  state === 'completed' || state === 'failed' || state === 'canceled'
