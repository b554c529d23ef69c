import type { SubmitAnswer } from '../../channels/channel.ts'

const rateText =
  /\brate\b|too many|too fast|throttl|slow(?:ing)? down|limit|exceed|volume|concurren|connections|unusual|try again later|temporar(?:il)?y (?:deferred|suspended)|\[?TSS?\d\d/i
const rateCode = /^4\.7\.\d{1,3}$/
const closing = /^421\b/

/** 421, or 4.7.x whose text speaks of our rate (email.md §16). */
export const isSlowing = (answer: SubmitAnswer): boolean => {
  if (answer.kind !== 'temporary' && answer.kind !== 'throttled') return false
  if (closing.test(answer.text) || answer.code === '421') return true
  return rateCode.test(answer.code) && rateText.test(answer.text)
}
