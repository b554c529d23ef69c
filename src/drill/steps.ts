/** Where a sender can be when it dies, in the order of a message's way (sending.md §9). */
export const steps = [
  'freezing',
  'planning',
  'claimed',
  'handed',
  'begun',
  'sent',
  'answered',
  'replaying',
  'storing',
  'settling',
] as const
export type Step = (typeof steps)[number]

export const stepMeaning: Readonly<Record<Step, string>> = {
  freezing: 'while the audience is frozen',
  planning: 'while ledger rows are written',
  claimed: 'rows claimed, nothing rendered',
  handed: 'rows handed, no byte begun',
  begun: 'bytes begun, not yet arrived',
  sent: 'arrived, the answer not yet noted',
  answered: 'answer in the journal, not yet stored',
  replaying: 'while a new process reads the journal of the dead one',
  storing: 'while answers are stored',
  settling: 'all stored, the lease not yet ended',
}
