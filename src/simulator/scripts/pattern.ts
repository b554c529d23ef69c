/**
 * Whether a text fits a pattern in which `*` stands for any characters. After a misfit only the last star takes one
 * character more, so that no pattern costs more than pattern times text.
 */
export const fitsPattern = (text: string, pattern: string): boolean => {
  let at = 0
  let next = 0
  let star = -1
  let taken = 0
  while (at < text.length) {
    if (pattern[next] === '*') {
      star = next
      taken = at
      next += 1
    } else if (pattern[next] === text[at]) {
      next += 1
      at += 1
    } else if (star >= 0) {
      taken += 1
      at = taken
      next = star + 1
    } else return false
  }
  while (pattern[next] === '*') next += 1
  return next === pattern.length
}
