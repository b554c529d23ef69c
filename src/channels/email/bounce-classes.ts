/** Words for a refusal and the group a report counts it in (email.md §11.1). */
const groups = {
  unknown_user: 'hard',
  unknown_domain: 'hard',
  disabled: 'hard',
  mailbox_full: 'soft',
  server: 'soft',
  timeout: 'soft',
  greylist: 'soft',
  too_large: 'soft',
  // Retries were used up without a definite answer.
  expired: 'soft',
  spam: 'block',
  policy: 'block',
  reputation: 'block',
  authentication: 'block',
  unknown: 'soft',
} as const

export type BounceClass = keyof typeof groups
export type BounceGroup = (typeof groups)[BounceClass]

/** `hard` → hard_bounce, `soft` → soft_bounce, `block` → spam_bounce; a word of no rule counts as soft. */
export const bounceGroupOf = (word: string): BounceGroup => groups[word as BounceClass] ?? 'soft'

/** All words of one group, for lists behind a report's figure. */
export const bounceWordsOf = (group: BounceGroup): BounceClass[] =>
  (Object.keys(groups) as BounceClass[]).filter((word) => groups[word] === group)
