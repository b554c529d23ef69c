/** What a simulated receiver answers to a mail (sending.md §14). */
export const answerClasses = [
  'ok',
  'hard',
  'soft',
  'full',
  'defer',
  'spam',
  'throttle',
  'down',
  'cut',
  'drop',
  'slow',
] as const
export type AnswerClass = (typeof answerClasses)[number]

/** What a simulated recipient does with a mail that was taken. */
export const actClasses = [
  'open',
  'click',
  'human',
  'unsubscribe',
  'complain',
  'late-bounce',
  'late-soft',
  'ooo',
  'scanner',
  'proxy',
] as const
export type ActClass = (typeof actClasses)[number]

/** Mail to it is answered by its local part, whatever the account's rules say of everybody. */
export const magicDomain = 'sim.campanile.test'

/** Local parts at that domain, each with `+anything` behind it. */
export const magicWords = [
  'ok',
  'hard',
  'soft',
  'full',
  'defer',
  'spam',
  'late-bounce',
  'complain',
  'ooo',
  'human',
  'scanner',
  'proxy',
  'cut',
  'slow',
] as const satisfies readonly (AnswerClass | ActClass)[]
