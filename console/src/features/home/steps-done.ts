export type StepsDone = Readonly<Record<'import' | 'write' | 'send' | 'read', boolean>>

const nothingYet: StepsDone = { import: false, write: false, send: false, read: false }

export const useStepsDone = (): StepsDone => nothingYet
